import ArgumentParser
import PipelineKit
import StageKit
import Synchronization
import Workers

/// Where plugins are, for every command that reads a pipeline.
struct PluginsOption: ParsableArguments {
  @Option(
    name: .customLong("plugins"),
    help: ArgumentHelp(
      "A plugin’s folder, or one that holds such folders; may be given several times. Those in \(PluginSearch.system.joined(separator: " and ")) are found without it.",
      valueName: "folder"),
    completion: .directory)
  var folders: [String] = []

  func validate() throws { PluginFolders.named = folders }
}

/// The folders of plugins that the command was given.
enum PluginFolders {
  private static let folders = Mutex<[String]>([])

  static var named: [String] {
    get { folders.withLock { $0 } }
    set { folders.withLock { $0 = newValue } }
  }

  /// Those in which a change may make another plugin.
  @Sendable static func watched() -> [String] { PluginSearch.watched(named + PluginSearch.system) }

  /// The plugins that are there now.
  static func find() -> FoundPlugins {
    PluginSearch(besides: .present).find(in: named, optional: PluginSearch.system)
  }
}

extension StageRegistry {
  /// The stages that are compiled in, and the plugins that are there now.
  static var withPlugins: StageRegistry { .present.adding(PluginFolders.find()) }
}

extension Pipeline {
  /// Reads pipelines that may name plugins.
  static func loadWithPlugins(paths: [String], context: StageContext?, environment: Environment = .process)
    -> LoadedPipelines
  {
    let found = PluginFolders.find()
    var loaded = load(paths: paths, registry: .present.adding(found), context: context, environment: environment)
    loaded.files += found.files
    // A plugin that no pipeline names harms nobody.
    loaded.diagnostics += found.diagnostics.map { diagnostic in
      var told = diagnostic
      if told.severity == .error { told.severity = .warning }
      return told
    }
    return loaded
  }
}
