import ArgumentParser
import ArticleIO
import Disk
import PipelineKit
import StageKit
import Terminal

/// Loads the pipelines and tells everything that is wrong with them on standard error.
///
/// - Parameters:
///   - root: the spool that they are to run on; `nil` where their places do not matter.
///   - context: where the stages get their models and lists; `nil` where they are not made in this process, since workers run
///     the chains, or nobody does.
/// - Throws: exit code 78 where anything is wrong.
func loadPipelines(_ paths: [String], root: Path? = nil, context: StageContext? = nil) throws -> [Pipeline] {
  var loaded = Pipeline.loadWithPlugins(paths: paths, context: context)
  if let root { try orExit { try loaded.addPlaceDiagnostics(root) } }
  let renderer = DiagnosticRenderer(loaded.files, colours: StandardError.isTerminal)
  for diagnostic in loaded.diagnostics where diagnostic.severity != .note {
    StandardError.write(renderer.render(diagnostic))
  }
  if loaded.hasErrors { throw ExitCode.badConfiguration }
  return loaded.pipelines
}

extension LoadedPipelines {
  /// Adds what cannot stand side by side in one spool.
  mutating func addPlaceDiagnostics(_ root: Path) throws(DiskError) {
    let found = try PlaceDiagnostics(root: root).diagnostics(of: pipelines)
    pipelines.removeAll { pipeline in found.contains { $0.file == pipeline.file } }
    diagnostics += found
    // By file, then by place.
    let order = Dictionary(files.enumerated().map { ($1.path, $0) }) { first, _ in first }
    diagnostics.sort { a, b in
      let (x, y) = (order[a.file] ?? .max, order[b.file] ?? .max)
      return x != y ? x < y : a.start < b.start
    }
  }
}

/// For commands that take one pipeline.
func onePipeline(_ path: String, context: StageContext? = nil) throws -> Pipeline {
  let pipelines = try loadPipelines([path], context: context)
  guard pipelines.count == 1, let pipeline = pipelines.first else {
    StandardError.write("linecaster: \(path) holds \(pipelines.count) pipelines; name the file of one\n")
    throw ExitCode.badConfiguration
  }
  return pipeline
}
