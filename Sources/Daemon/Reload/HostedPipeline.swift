import Logging
import PipelineKit
import Spool
import StageKit
import Threads
import Workers

/// A pipeline, and where its chain runs.
struct HostedPipeline: Sendable {
  var pipeline: Pipeline
  var host: ChainHost

  /// Starts what the chain needs, which loads it meanwhile.
  init(_ pipeline: Pipeline, _ settings: Daemon.Settings, _ log: Logger) throws(ThreadError) {
    self.pipeline = pipeline
    host = try ChainHost(pipeline, in: settings.place) { sentence in log.warning("\(pipeline.name): \(sentence)") }
  }

  /// Why its chain cannot start, with the file.
  func told(_ problem: ChainProcess.StartProblem) -> String {
    problem.isDiagnostics ? "\(problem)" : "\(pipeline.file): the chain cannot be loaded: \(problem)"
  }

  /// The pipeline's tests that fail, as a message for each; empty where all pass.
  func failedTests() -> [String] {
    pipeline.tests.enumerated().compactMap { number, test in
      let verdict = test.verdict(on: host.outcome(ofTest: number))
      if verdict.isGood { return nil }
      let place = "\(test.file):\(test.expect.start.position.line)"
      return "\(place): the test ‘\(test.name)’ fails\n" + verdict.messages.map { "  \($0)\n" }.joined()
    }
  }
}

extension Pipeline {
  /// Whether its chain can take the place of another's while the daemon goes on: with the same places, the same rules for what
  /// is an input, and the same memory.
  func fits(inPlaceOf other: Pipeline) -> Bool {
    LaneSettings(self) == LaneSettings(other) && inbox.accept == other.inbox.accept && inbox.ready == other.inbox.ready
      && inbox.settle == other.inbox.settle && inbox.subfolders == other.inbox.subfolders && deadline == other.deadline
      && chain.memory?.stage == other.chain.memory?.stage
      && (chain.memory == nil || chain.links.last?.options == other.chain.links.last?.options)
  }
}
