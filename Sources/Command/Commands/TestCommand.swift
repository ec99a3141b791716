import ArgumentParser
import PipelineKit
import StageKit
import Terminal
import Workers

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests that pipelines hold.",
    discussion: """
      Each test’s input goes through the pipeline’s own chain, with dedupe empty but for what the test calls earlier, and \
      the record is held against what the test expects: keys may be left out, lists are compared whole. Tests stand under \
      ‘tests’ in the pipeline’s file, or in a file of their own, NAME.tests.yaml, whose path stands there. Nothing is \
      written, but with --update: then the values that differ are written into the tests, as they are now; look at the \
      change before you keep it.

      Exit codes: 0 all pass, 1 a test fails, 78 a pipeline is wrong.

      EXAMPLES
        linecaster test pipelines/news.yaml
        linecaster test pipelines/ --junit report.xml
        linecaster test --update pipelines/news.yaml && git diff
      """)

  @Argument(help: "Pipeline files, or directories of them.", completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String]

  @Flag(help: "Write the values that differ into the tests.")
  var update = false

  @Option(help: ArgumentHelp("Write a report in the form of JUnit, as CI services read it.", valueName: "file"))
  var junit: String?

  @OptionGroup var plugins: PluginsOption

  func run() throws {
    let pipelines = try loadPipelines(pipelines)
    // They load side by side.
    let hosts = try orExit {
      try pipelines.map { pipeline in
        try ChainHost(pipeline, in: .workers(memory: nil)) { complain("\(pipeline.name): \($0)") }
      }
    }
    defer { for host in hosts { host.stop() } }
    var report = TestReport()
    for (pipeline, host) in zip(pipelines, hosts) {
      try host.waitUntilReadyOrExit(pipeline)
      for (number, test) in pipeline.tests.enumerated() {
        let began = ContinuousClock.now
        let verdict = test.verdict(on: host.outcome(ofTest: number))
        report.add(verdict, of: test, in: pipeline, time: .now - began)
      }
    }
    if update { try orExit { try report.update() } }
    if let junit { try orExit { try report.writeJUnit(to: junit) } }
    StandardOutput.write(report.summary)
    if report.failed > 0 { throw ExitCode.failure }
  }
}

extension ChainHost {
  /// - Throws: exit code 78 where the chain cannot be loaded; why is told on standard error.
  func waitUntilReadyOrExit(_ pipeline: Pipeline) throws {
    do throws(ChainProcess.StartProblem) {
      try waitUntilReady()
    } catch {
      if error.isDiagnostics {
        StandardError.write(error.description)
      } else {
        complain("\(pipeline.file): the chain cannot be loaded: \(error)")
      }
      throw ExitCode.badConfiguration
    }
  }
}
