import PipelineKit
import Synchronization

/// Whether the threads that matter make progress or have nothing to do. That a process answers does not show it.
final class Liveness: Sendable {
  /// A thread, or several that pass work on.
  struct Part: Sendable {
    var name: String
    /// How long it may stand still while it has work.
    var limit: Duration
    var isBusy: @Sendable () -> Bool
    /// Changes with every step.
    var progress: @Sendable () -> Int
  }

  private struct Seen {
    var progress: Int
    var since: ContinuousClock.Instant
  }

  private let parts: [Part]
  private let seen: Mutex<[Seen?]>

  init(_ parts: [Part]) {
    self.parts = parts
    seen = Mutex(Array(repeating: nil, count: parts.count))
  }

  /// What stands still for too long, as a sentence without a full stop; `nil` where all is well.
  func stalled(at now: ContinuousClock.Instant = .now) -> String? {
    seen.withLock { seen in
      var found: String?
      for (place, part) in parts.enumerated() {
        let progress = part.progress()
        if let old = seen[place], old.progress == progress, part.isBusy() {
          if now - old.since > part.limit { found = found ?? "\(part.name) stands still for \(now - old.since)" }
        } else {
          seen[place] = Seen(progress: progress, since: now)
        }
      }
      return found
    }
  }
}
