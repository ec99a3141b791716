import PipelineKit
import StageKit

extension StageRegistry {
  /// The same with the plugins that were found.
  public func adding(_ found: FoundPlugins) -> StageRegistry {
    StageRegistry(stages + found.manifests.map(StageKind.init(plugin:)), broken: found.broken)
  }
}

extension StageKind {
  /// The stage that a plugin is.
  init(plugin manifest: PluginManifest) {
    self.init(
      name: manifest.name, summary: manifest.summary, discussion: manifest.discussion, requires: manifest.requires,
      provides: manifest.provides, options: manifest.options, plugin: manifest
    ) { options, context throws(StageError) in
      context.note("plugin \(manifest.name)", try PluginFiles(manifest).identity())
      switch manifest.program {
      case .command: return PluginStage(manifest, options: options)
      case .library: return LibraryStage(manifest, options: options)
      }
    }
  }
}
