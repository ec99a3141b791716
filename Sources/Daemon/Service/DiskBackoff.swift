import PipelineKit
import Threads

/// Longer and longer waits while the disk is in trouble; none once the daemon is to end.
final class DiskBackoff: Sendable {
  private struct State {
    var next = Duration.milliseconds(100)
    var last = ContinuousClock.now
    var isEnding = false
    var count = 0
    var trouble = ""
  }

  private let monitor = Monitor(State())

  /// How often it waited.
  var count: Int { monitor.withLock { $0.count } }

  /// What it waits for, or waited for until just now; `nil` for nothing.
  var trouble: String? {
    monitor.withLock { $0.count > 0 && .now - $0.last < .seconds(15) ? $0.trouble : nil }
  }

  /// - Parameter trouble: a sentence without a full stop.
  /// - Returns: whether to try again.
  func wait(for trouble: String) -> Bool {
    let pause = monitor.withLock { state in
      state.trouble = trouble
      // Trouble that is new starts with short waits again.
      if .now - state.last > .seconds(60) { state.next = .milliseconds(100) }
      state.count += 1
      defer { state.next = min(state.next * 2, .seconds(10)) }
      return state.next
    }
    let isEnding = monitor.wait(until: .now + pause) { $0.isEnding ? true : nil } ?? false
    monitor.withLock { $0.last = .now }
    return !isEnding
  }

  func end() { monitor.signal { $0.isEnding = true } }
}
