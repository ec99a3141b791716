/// Names that could not be claimed. Each has a pause of its own, which grows from try to try and holds up no other.
struct HeldNames {
  private struct Hold {
    var attempts = 0
    var isScheduled = false
    /// It stays as it is until somebody does something about it.
    var isLasting = false
  }

  /// Names that are held at a time; further ones are found again by the next scan.
  private static let capacity = ReadyQueue.capacity

  private var holds: [[UInt8]: Hold] = [:]
  private var agenda = Agenda<[UInt8]>()

  var isEmpty: Bool { holds.isEmpty }
  /// When the first of them is to be tried again.
  var nextDue: ContinuousClock.Instant? { agenda.nextDue }

  func attempts(on name: [UInt8]) -> Int { holds[name]?.attempts ?? 0 }

  /// After a try that failed.
  mutating func hold(_ name: [UInt8], isLasting: Bool, at now: ContinuousClock.Instant = .now) {
    guard var hold = holds[name] ?? (holds.count < Self.capacity ? Hold() : nil) else { return }
    hold.isLasting = isLasting
    if !hold.isScheduled { agenda.add(name, due: now + Backoff.pause(hold.attempts)) }
    hold.isScheduled = true
    hold.attempts += 1
    holds[name] = hold
  }

  /// It was claimed, went away, or is left alone.
  mutating func release(_ name: [UInt8]) { holds[name] = nil }

  /// One that is due.
  mutating func take(at now: ContinuousClock.Instant) -> [UInt8]? {
    while let name = agenda.take(at: now) {
      guard holds[name]?.isScheduled == true else { continue }
      holds[name]?.isScheduled = false
      return name
    }
    return nil
  }

  /// Forgets those that do not become free by waiting.
  mutating func releaseLasting() {
    holds = holds.filter { !$0.value.isLasting }
    if holds.isEmpty { agenda = Agenda() }
  }
}

/// The pause before a try, by how many went before.
enum Backoff {
  static func pause(_ attempts: Int) -> Duration { .milliseconds(min(10_000, 100 << min(attempts, 10))) }
}
