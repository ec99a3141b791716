import Disk
import Glibc
import Logging
import PipelineKit
import Spool

/// After an unclean end, what was under way runs again one article at a time, of all pipelines, before anything else:
/// what takes the process down again while it is alone is known.
final class Isolation: Sendable {
  private struct State {
    /// The lane that runs its suspects.
    var turn = 0
    var awaited: (claim: UInt64, part: Settlement.Part)?
    var isAborted = false
  }

  /// Lines of one file that can be under way at a time.
  static let lines = 1024

  private let monitor: Monitor<State>
  private let spool: Spool
  private let lanes: Int
  private let log: Logger

  init(_ spool: Spool, log: Logger) {
    self.spool = spool
    self.log = log
    lanes = spool.lanes.count
    let suspects = spool.lanes.reduce(0) { $0 + $1.leftovers.count }
    let isNeeded = spool.followsUncleanEnd && suspects > 0
    monitor = Monitor(State(turn: isNeeded ? 0 : lanes))
    if isNeeded {
      log.notice("the last run did not end by itself: the \(suspects) files that were under way run one at a time now")
    }
  }

  /// Waits for the lane's turn.
  ///
  /// - Returns: whether its leftovers are to run alone; call `finish` after them.
  func begin(_ lane: Int) -> Bool {
    monitor.wait { state in
      if state.isAborted || state.turn >= self.lanes { return false }
      return state.turn == lane ? true : nil
    }
  }

  /// The lane's suspects are through; waits for those of the others.
  func finish() {
    monitor.signal { $0.turn += 1 }
    monitor.wait { state in state.isAborted || state.turn >= self.lanes ? () : nil }
    monitor.signal { state in
      // The last one to come by tidies up.
      if state.turn == self.lanes {
        state.turn += 1
        spool.endAlone()
      }
    }
  }

  /// Submits an article and returns when it is committed.
  func run(_ input: InputIdentity, _ part: Settlement.Part, _ submit: () -> Void) {
    let line = if case .line(let line) = part { line } else { 0 }
    spool.runAlone(input.claim, line: line, now: now())
    monitor.withLock { $0.awaited = (input.claim, part) }
    submit()
    monitor.wait { state in state.isAborted || state.awaited == nil ? () : nil }
    // Until the next one runs, the file is read on.
    read(input.claim)
  }

  /// Notes that a file is read, which is alone too.
  func read(_ claim: UInt64) { spool.runAlone(claim, line: 0, now: now()) }

  /// Tells what was committed.
  func settled(_ settlements: [Settlement]) {
    let isAwaited = monitor.withLock { state in
      guard let awaited = state.awaited else { return false }
      return settlements.contains { $0.input.claim == awaited.claim && $0.part == awaited.part }
    }
    if isAwaited { monitor.signal { $0.awaited = nil } }
  }

  func abort() { monitor.signal { $0.isAborted = true } }

  /// The verdict on an article that ran alone before, or with `part` a file on what was read alone; `nil` where it
  /// is to run.
  func verdict(on input: InputIdentity, _ part: Settlement.Part) -> Failure? {
    let line = if case .line(let line) = part { line } else { 0 }
    guard let accused = spool.accused, accused.claim == input.claim, accused.line == line, accused.isProven else {
      return nil
    }
    let times = accused.strikes == 1 ? "once" : "\(accused.strikes) times"
    let how = accused.signal == 0 ? "it was killed" : "by signal \(accused.signal) (\(Self.name(accused.signal)))"
    return Failure(
      stage: nil, class: "poison",
      message: "linecaster ended while this article was under way, and then \(times) while it ran alone, the last time "
        + (accused.signal == 0 ? "because \(how)" : how), attempts: accused.strikes + 1, first: accused.since)
  }

  private static func name(_ signal: Int) -> String {
    switch Int32(signal) {
    case SIGSEGV: "SIGSEGV, a fault in memory"
    case SIGBUS: "SIGBUS, a fault in memory"
    case SIGILL: "SIGILL, a trap"
    case SIGTRAP: "SIGTRAP, a trap"
    case SIGFPE: "SIGFPE, a fault in arithmetic"
    case SIGABRT: "SIGABRT, it gave up"
    default: "unknown"
    }
  }
}
