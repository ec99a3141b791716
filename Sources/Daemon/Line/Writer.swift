import ArticleIO
import Disk
import Logging
import PipelineKit
import Spool

/// The one writer of a spool. It commits whatever is waiting: while one commit syncs, the next batch gathers.
final class Writer: Sendable {
  private struct State {
    var waiting: [Settlement] = []
    var bytes = 0
    var isFinished = false
    var isCommitting = false
    /// Batches committed.
    var commits = 0
    var isBroken = false
  }

  /// Bytes of settlements that may wait; who adds more waits too.
  private static let limit = 32 << 20
  private let monitor = Monitor(State())
  private let tally: Tally
  private let isolation: Isolation
  private let log: Logger

  init(tally: Tally, isolation: Isolation, log: Logger) {
    self.tally = tally
    self.isolation = isolation
    self.log = log
  }

  /// Hands settlements over in order; waits while too much is waiting already.
  func add(_ settlements: [Settlement]) {
    let bytes = settlements.reduce(0) { $0 + $1.byteCount }
    monitor.wait { state -> Void? in
      if state.isBroken { return () }
      return state.bytes == 0 || state.bytes + bytes <= Self.limit ? () : nil
    }
    monitor.signal { state in
      if state.isBroken { return }
      state.waiting += settlements
      state.bytes += bytes
    }
  }

  /// - Parameter waits: counts the times that a disk in trouble was given; to wait for it is progress.
  func lifeSigns(limit: Duration, waits: @escaping @Sendable () -> Int) -> LifeSigns.Part {
    LifeSigns.Part(
      name: "the writer", limit: limit,
      isBusy: { [monitor] in monitor.withLock { $0.isCommitting || !$0.waiting.isEmpty } },
      progress: { [monitor] in monitor.withLock { $0.commits } + waits() })
  }

  /// Nothing more will be added.
  func finish() { monitor.signal { $0.isFinished = true } }

  /// Runs until `finish`, or until the spool breaks.
  ///
  /// - Returns: what broke it.
  func run(_ spool: Spool) -> SpoolError? {
    do throws(SpoolError) {
      while let batch = next(spool) {
        try spool.commit(batch, now: now())
        monitor.withLock { state in
          state.isCommitting = false
          state.commits += 1
        }
        note(batch)
        isolation.settled(batch)
      }
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

  /// What is waiting; empty when a live file has grown old; `nil` at the end.
  private func next(_ spool: Spool) -> [Settlement]? {
    let take: (inout State) -> [Settlement]?? = { state in
      if state.waiting.isEmpty { return state.isFinished ? .some(nil) : nil }
      defer {
        state.waiting = []
        state.bytes = 0
        state.isCommitting = true
      }
      return state.waiting
    }
    let batch: [Settlement]?
    if let due = spool.nextSeal {
      batch = monitor.wait(until: .now + .seconds(max(0, due - now())), take) ?? []
    } else {
      batch = monitor.wait(take)
    }
    if batch?.isEmpty == false { monitor.signal { _ in } }
    return batch
  }

  private func note(_ batch: [Settlement]) {
    var (records, failures) = (0, 0)
    for settlement in batch {
      switch settlement.verdict {
      case .record: records += 1
      case .failure(let failure):
        failures += 1
        let part = InputKind.part(ofFile: settlement.input.name)
        let line = if case .line(let line) = settlement.part { ", \(part) \(line)" } else { "" }
        let stage = failure.stage.map { " in stage ‘\($0)’" } ?? ""
        log.warning("\(Path.printable(settlement.input.name))\(line) failed\(stage): \(failure.message)")
      case .nothing: break
      }
    }
    tally.add(records: records, failures: failures)
  }
}
