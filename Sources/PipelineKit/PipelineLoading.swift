import StageKit

extension Pipeline {
  /// Reads and checks pipeline files; a directory stands for its `*.yaml` and `*.yml` files, sorted by name.
  ///
  /// Never stops at the first fault: everything that is wrong in any file is in the diagnostics.
  public static func load(paths: [String], registry: StageRegistry, context: StageContext) -> LoadedPipelines {
    LoadedPipelines()
  }
}
