import Logging
import PipelineKit
import Spool
import Threads

/// The one writer of a spool. It commits whatever is waiting: while one commit syncs, the next batch gathers.
final class Writer: Sendable {
  private struct State {
    var waiting: [Settled] = []
    var bytes = 0
    var isFinished = false
    /// Lanes whose live files are sealed at the end.
    var toSeal: [Int] = []
    var isCommitting = false
    /// Batches committed.
    var commits = 0
    var isBroken = false
  }

  /// Bytes of settlements that may wait; who adds more waits too.
  private static let limit = 32 << 20
  private let monitor = Monitor(State())
  private let counts: RunCounts
  private let log: Logger
  private let pipelines: [String]
  private let finished: FinishedInputs?

  /// - Parameters:
  ///   - pipelines: names, by lane.
  ///   - finished: is told of what was committed.
  init(counts: RunCounts, pipelines: [String], finished: FinishedInputs? = nil, log: Logger) {
    self.finished = finished
    self.counts = counts
    self.pipelines = pipelines
    self.log = log
  }

  /// Hands settlements over in order; waits while too much is waiting already.
  func add(_ settled: [Settled]) {
    let bytes = settled.reduce(0) { $0 + $1.settlement.byteCount }
    monitor.wait { state -> Void? in
      if state.isBroken { return () }
      return state.bytes == 0 || state.bytes + bytes <= Self.limit ? () : nil
    }
    monitor.signal { state in
      if state.isBroken { return }
      state.waiting += settled
      state.bytes += bytes
    }
  }

  /// - Parameter waits: counts the times that a disk in trouble was given; to wait for it is progress.
  func liveness(limit: Duration, waits: @escaping @Sendable () -> Int) -> Liveness.Part {
    Liveness.Part(
      name: "the writer", limit: limit,
      isBusy: { [monitor] in monitor.withLock { $0.isCommitting || !$0.waiting.isEmpty } },
      progress: { [monitor] in monitor.withLock { $0.commits } + waits() })
  }

  /// Nothing more will be added.
  ///
  /// - Parameter lanes: those whose live files are sealed then.
  func finish(sealing lanes: [Int] = []) { monitor.signal { ($0.isFinished, $0.toSeal) = (true, lanes) } }

  /// Runs until `finish`, or until the spool breaks.
  ///
  /// - Returns: what broke it.
  func run(_ spool: Spool) -> SpoolError? {
    var articles = ArticleLog(log, pipelines: pipelines)
    do throws(SpoolError) {
      while let batch = next(spool, articles.nextDue) {
        let settlements = batch.map(\.settlement)
        try spool.commit(settlements, now: now())
        finished?.note(batch)
        monitor.withLock { state in
          state.isCommitting = false
          state.commits += 1
        }
        if !batch.isEmpty { counts.noteCommit(at: now()) }
        let (records, failures) = articles.note(batch)
        counts.add(records: records, failures: failures)
        counts.add(batch, pipelines: pipelines)
      }
      for lane in monitor.withLock({ $0.toSeal }) { try spool.seal(lane: lane, now: now()) }
      try spool.close()
      return nil
    } catch {
      monitor.signal { state in
        state.isBroken = true
        state.isCommitting = false
        state.waiting = []
        state.bytes = 0
      }
      return error
    }
  }

  /// What is waiting; empty when a live file has grown old, or when `due` comes; `nil` at the end.
  private func next(_ spool: Spool, _ due: ContinuousClock.Instant?) -> [Settled]? {
    let take: (inout State) -> [Settled]?? = { state in
      if state.waiting.isEmpty { return state.isFinished ? .some(nil) : nil }
      defer {
        state.waiting = []
        state.bytes = 0
        state.isCommitting = true
      }
      return state.waiting
    }
    let batch: [Settled]?
    let nextSeal = spool.nextSeal.map { ContinuousClock.now + .seconds(max(0, $0 - now())) }
    if let due = [nextSeal, due].compactMap(\.self).min() {
      batch = monitor.wait(until: due, take) ?? []
    } else {
      batch = monitor.wait(take)
    }
    if batch?.isEmpty == false { monitor.signal { _ in } }
    return batch
  }
}
