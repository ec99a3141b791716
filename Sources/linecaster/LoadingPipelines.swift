import ArgumentParser
import ArticleIO
import BuiltinStages
import PipelineKit
import StageKit

extension ExitCode {
  /// 65, EX_DATAERR of sysexits.h.
  static let badInput = ExitCode(65)
  /// 74, EX_IOERR.
  static let inputOutput = ExitCode(74)
  /// 75, EX_TEMPFAIL.
  static let temporary = ExitCode(75)
  /// 78, EX_CONFIG.
  static let badConfiguration = ExitCode(78)
}

/// Loads the pipelines and tells everything that is wrong with them on standard error.
///
/// - Throws: exit code 78 where anything is wrong.
func loadPipelines(_ paths: [String]) throws -> [Pipeline] {
  let loaded = Pipeline.load(paths: paths, registry: StageRegistry.builtin, context: .installed)
  let renderer = DiagnosticRenderer(loaded.files, colours: StandardError.isTerminal)
  for diagnostic in loaded.diagnostics { StandardError.write(renderer.render(diagnostic)) }
  if loaded.hasErrors { throw ExitCode.badConfiguration }
  return loaded.pipelines
}

/// For commands that take one pipeline.
func onePipeline(_ path: String) throws -> Pipeline {
  let pipelines = try loadPipelines([path])
  guard pipelines.count == 1, let pipeline = pipelines.first else {
    StandardError.write("linecaster: \(path) holds \(pipelines.count) pipelines; name the file of one\n")
    throw ExitCode.badConfiguration
  }
  return pipeline
}

extension Filter {
  init(pipeline: Pipeline, workers: Int, strict: Bool) {
    self.init(
      caster: Caster(pipeline: pipeline), workers: workers, strict: strict, maxInput: pipeline.inbox.maxInput)
  }
}
