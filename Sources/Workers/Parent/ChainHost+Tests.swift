import PipelineKit
import StageKit

extension ChainHost {
  /// Runs one of the tests that the pipeline's file holds, where its articles would run.
  ///
  /// - Parameter number: from 0.
  public func outcome(ofTest number: Int) -> TestOutcome {
    switch runs {
    case .here(let worker): return worker.outcome(ofTest: number)
    case .elsewhere(let process):
      switch ask(.test(number), of: process, { if case .tested(let outcome) = $0 { outcome } else { nil } }) {
      case .success(let outcome): return outcome
      case .failure(let problem):
        var outcome = TestOutcome()
        outcome.problems = [problem.message]
        return outcome
      }
    }
  }

  /// Runs an article and tells of each stage what it did: an object of JSON.
  public func simulate(_ work: ArticleWork) -> Result<[UInt8], WorkFailure> {
    switch runs {
    case .here(let worker): return .success(worker.simulate(work).encoded)
    case .elsewhere(let process):
      return ask(.simulate(work), of: process) { if case .simulated(let bytes) = $0 { bytes } else { nil } }
    }
  }

  /// Asks a worker of its own, and another one where somebody ended that.
  private func ask<Reply>(
    _ request: Request, of process: ChainProcess, _ reply: (Answer) -> Reply?
  ) -> Result<Reply, WorkFailure> {
    func failure(_ class: FailureClass, _ message: String) -> Result<Reply, WorkFailure> {
      .failure(WorkFailure(stage: nil, class: `class`, message: message))
    }
    var words = ""
    for _ in 0...ChainWorker.mostOutsideDeaths {
      guard let connection = process.waitForWorker() else { return failure(.stopped, "the chain does not run") }
      connection.send(request)
      let patience = ContinuousClock.now + process.startPatience + deadline + ChainWorker.grace(after: deadline)
      answers: while true {
        switch connection.next(until: patience) {
        case .answer(.ready(let report)): process.note(report)
        case .drained: continue
        case .answer(let answer):
          guard let found = reply(answer) else { fallthrough }
          process.release(connection)
          return .success(found)
        case .nonsense:
          end(connection, of: process)
          return failure(.crashed, "the worker sent what no worker sends")
        case .timeout:
          end(connection, of: process)
          return failure(.deadline, "the article took longer than its deadline, and did not stop by itself")
        case .ended:
          let end = process.end(of: connection)
          words = end.words + (end.lastLine.map { "; its last words: \($0)" } ?? "")
          if !end.cameFromOutside { return failure(.crashed, "the article ended its worker, which \(words)") }
          break answers
        }
      }
    }
    return failure(.killed, "workers were ended from outside: the last one \(words)")
  }

  private func end(_ connection: WorkerConnection, of process: ChainProcess) {
    connection.kill()
    process.release(connection)
  }
}
