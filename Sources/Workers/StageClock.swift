import Glibc

/// Measures how long an article is in each stage of its chain.
struct StageClock {
  /// By the stage's place in the chain; 0 for stages that did not run. Behind the last stage, what it took to write the record.
  private(set) var microseconds: [Int] = []
  private var current: (place: Int, since: Int64)?

  /// The stage before is through.
  mutating func enter(_ place: Int) {
    let now = Self.now
    leave(now)
    current = (place, now)
  }

  mutating func stop() { leave(Self.now) }

  private mutating func leave(_ now: Int64) {
    guard let (place, since) = current else { return }
    current = nil
    while microseconds.count <= place { microseconds.append(0) }
    microseconds[place] += Int((now - since) / 1000)
  }

  /// Nanoseconds of a clock that never goes back.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
