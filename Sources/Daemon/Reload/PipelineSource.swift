import Disk
import PipelineKit

/// Where a daemon's pipelines come from, so that they can be read again.
public struct PipelineSource: Sendable {
  /// Files, or directories of them, as they were named.
  public var paths: [String]
  /// Reads and checks all of them.
  public var load: @Sendable () throws(DiskError) -> LoadedPipelines

  /// Directories of plugins that the pipelines may name, as they are now.
  public var plugins: @Sendable () -> [String]

  public init(
    paths: [String], plugins: @escaping @Sendable () -> [String] = { [] },
    load: @escaping @Sendable () throws(DiskError) -> LoadedPipelines
  ) {
    self.paths = paths
    self.plugins = plugins
    self.load = load
  }
}
