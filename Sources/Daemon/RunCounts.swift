import Synchronization

/// What was done since the start.
public final class RunCounts: Sendable {
  public init() {}

  private let recordCount = Atomic(0)
  private let failureCount = Atomic(0)

  private let pipelineCounts = Mutex<[String: PipelineCounts]>([:])
  private let start = ContinuousClock.now

  private let leftCount = Atomic(0)

  /// 0 for none.
  private let lastCommitTime = Atomic<Int64>(0)

  private let pausedPipelines = Mutex<[String: String]>([:])

  /// Why intake is paused somewhere, as a sentence without a full stop; `nil` where it is not.
  public var pause: String? { pausedPipelines.withLock { $0.min { $0.key < $1.key }?.value } }

  func pause(of pipeline: String) -> String? { pausedPipelines.withLock { $0[pipeline] } }

  func setPause(_ reason: String?, of pipeline: String) { pausedPipelines.withLock { $0[pipeline] = reason } }

  public var records: Int { recordCount.load(ordering: .relaxed) }
  /// Articles that came to their end.
  var ended: Int { records &+ failures }
  public var failures: Int { failureCount.load(ordering: .relaxed) }

  /// Files that are left in an inbox or as claims, where a run ends with its inboxes: at least as many.
  public var left: Int { leftCount.load(ordering: .relaxed) }

  func leave(_ files: Int) { leftCount.wrappingAdd(files, ordering: .relaxed) }

  /// Seconds since 1970; `nil` for none since the start.
  var lastCommit: Int64? {
    let time = lastCommitTime.load(ordering: .relaxed)
    return time == 0 ? nil : time
  }

  func noteCommit(at time: Int64) { lastCommitTime.store(time, ordering: .relaxed) }

  /// What a pipeline did, as of now.
  func pipeline(_ name: String) -> PipelineCounts { pipelineCounts.withLock { $0[name] ?? PipelineCounts() } }

  /// Seconds since the start.
  var seconds: Int64 { (.now - start).components.seconds }

  /// What was committed.
  func add(_ batch: [Settled], pipelines: [String]) {
    let (now, seconds) = (ContinuousClock.now, seconds)
    pipelineCounts.withLock { counts in
      for settled in batch {
        counts[pipelines[settled.settlement.lane], default: PipelineCounts()].add(settled, at: now, seconds: seconds)
      }
    }
  }

  func add(records: Int, failures: Int) {
    recordCount.wrappingAdd(records, ordering: .relaxed)
    failureCount.wrappingAdd(failures, ordering: .relaxed)
  }
}
