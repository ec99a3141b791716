import ArgumentParser
import PipelineKit
import StageKit
import Terminal

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests that pipelines hold.",
    discussion: """
      Each test’s input goes through the pipeline’s own chain, with dedupe empty, and the record is held against what \
      the test expects: keys may be left out, lists are compared whole. Nothing is written. The exit code is 1 where a \
      test fails, 78 where a pipeline is wrong.

      EXAMPLES
        linecaster test pipelines/news.yaml
        linecaster test pipelines/
      """)

  @Argument(help: "Pipeline files, or directories of them.", completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String]

  func run() throws {
    var (count, failed) = (0, 0)
    for pipeline in try loadPipelines(pipelines, context: .installed) {
      let caster = Caster(pipeline: pipeline)
      for test in pipeline.tests {
        count += 1
        let failures = caster.differences(in: test)
        StandardOutput.write("\(failures.isEmpty ? "ok    " : "FAIL  ")\(pipeline.name): \(test.name)\n")
        if failures.isEmpty { continue }
        failed += 1
        StandardOutput.write("      \(pipeline.file):\(test.expect.start.position.line)\n")
        for failure in failures { StandardOutput.write("      \(failure)\n") }
      }
    }
    StandardOutput.write(
      "\(count) \(count == 1 ? "test" : "tests"), \(failed == 0 ? "all passed" : "\(failed) failed")\n")
    if failed > 0 { throw ExitCode.failure }
  }
}
