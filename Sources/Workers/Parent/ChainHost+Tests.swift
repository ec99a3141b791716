import PipelineKit
import StageKit

extension ChainHost {
  /// Runs one of the tests that the pipeline's file holds, where its articles would run.
  ///
  /// - Parameter number: from 0.
  /// - Returns: in what the record differs; empty where the test passes.
  public func differences(inTest number: Int) -> [String] {
    switch runs {
    case .here(let worker): worker.differences(inTest: number)
    case .elsewhere(let process): differences(inTest: number, by: process)
    }
  }

  private func differences(inTest number: Int, by process: ChainProcess) -> [String] {
    var words = ""
    for _ in 0...ChainWorker.mostOutsideDeaths {
      guard let connection = process.waitForWorker() else { return ["the chain does not run"] }
      connection.send(.test(number))
      let patience = ContinuousClock.now + ChainWorker.startPatience + deadline + ChainWorker.grace(after: deadline)
      answers: while true {
        switch connection.next(until: patience) {
        case .answer(.tested(let differences)):
          process.release(connection)
          return differences
        case .answer(.ready(let report)): process.note(report)
        case .drained: continue
        case .answer, .nonsense:
          end(connection, of: process)
          return ["the worker sent what no worker sends"]
        case .timeout:
          end(connection, of: process)
          return ["the article took longer than its deadline, and did not stop by itself"]
        case .ended:
          let end = process.end(of: connection)
          words = end.words + (end.lastLine.map { "; its last words: \($0)" } ?? "")
          if !end.cameFromOutside { return ["the article ended its worker, which \(words)"] }
          break answers
        }
      }
    }
    return ["workers were ended from outside: the last one \(words)"]
  }

  private func end(_ connection: WorkerConnection, of process: ChainProcess) {
    connection.kill()
    process.release(connection)
  }
}
