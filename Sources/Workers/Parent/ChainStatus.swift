import Glibc
import PipelineKit

/// What runs for a chain now.
public struct ChainStatus: Sendable {
  /// The forking parent; `nil` while there is none, or where the chain runs in this process.
  public var parent: pid_t?
  /// Times that one was started.
  public var starts = 0
  public var workers: [pid_t] = []
  /// Workers that ended otherwise than asked.
  public var deaths = 0
  /// What the last worker that came up is confined by; `nil` before the first.
  public var sandbox: SandboxReport?
  /// Of the pipeline, once its chain is loaded.
  public var digest: String?
  /// Of each of its stages.
  public var stageDigests: [StageDigest] = []
  /// How its plugins are.
  public var plugins: [PluginReport] = []
  /// Why no worker will come any more.
  public var problem: String?
}

extension ChainProcess {
  /// As it is now.
  var status: ChainStatus {
    state.withLock { state in
      var status = ChainStatus(
        parent: state.pid > 0 ? state.pid : nil, starts: state.starts, workers: Array(state.living),
        deaths: state.deaths, sandbox: state.sandbox)
      status.stageDigests = state.stageDigests
      status.plugins = state.plugins
      if case .failed(let problem) = state.phase { status.problem = problem.description }
      if case .ready(let digest) = state.phase { status.digest = digest }
      return status
    }
  }

  /// Takes note of what a worker is confined by, and logs once what is missing.
  func note(_ report: SandboxReport) {
    let isNew = state.withLock { state in
      defer { state.sandbox = report }
      return state.sandbox != report
    }
    if isNew { for gap in report.gaps { log("workers are confined less than they should be: \(gap)") } }
  }
}
