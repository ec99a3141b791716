/// How long things took: counts in buckets whose bounds double every fourth step, since the start and over the last minutes.
struct Latencies: Sendable {
  /// Seconds that percentiles look back, in steps.
  static let (step, steps) = (60, 5)
  /// Buckets for each doubling.
  private static let perDoubling = 4
  /// The first bucket ends here: microseconds.
  private static let least = 16.0
  /// From 16 µs to about an hour; what takes longer is in the last one.
  static let bucketCount = 28 * perDoubling

  private(set) var buckets = [UInt64](repeating: 0, count: bucketCount)
  private(set) var count: UInt64 = 0
  private(set) var microseconds: UInt64 = 0
  /// What `buckets` were at the end of each of the last steps, the oldest first.
  private var earlier: [(step: Int64, buckets: [UInt64])] = []

  /// - Parameter seconds: of a clock that never goes back.
  mutating func add(microseconds time: Int, at seconds: Int64) {
    turn(to: seconds)
    buckets[Self.bucket(of: time)] += 1
    count += 1
    microseconds += UInt64(max(0, time))
  }

  /// Of what was added in the last minutes: how many, and within what time the given shares of them were done.
  ///
  /// - Parameter shares: from 0 to 1.
  /// - Returns: microseconds, the upper bounds of buckets: at most 19 % too high. Empty where nothing was added.
  mutating func recent(_ shares: [Double], at seconds: Int64) -> (count: UInt64, microseconds: [Double]) {
    turn(to: seconds)
    let before = earlier.first?.buckets
    let recent = buckets.indices.map { buckets[$0] - (before?[$0] ?? 0) }
    let count = recent.reduce(0, +)
    guard count > 0 else { return (0, []) }
    return (
      count,
      shares.map { share in
        let wanted = UInt64((share * Double(count)).rounded(.up))
        var sum: UInt64 = 0
        for (bucket, number) in recent.enumerated() {
          sum += number
          if sum >= max(1, wanted) { return Self.bound(of: bucket) }
        }
        return Self.bound(of: recent.count - 1)
      }
    )
  }

  /// The seconds that `recent` looks back at.
  mutating func window(at seconds: Int64, since start: Int64) -> Int64 {
    turn(to: seconds)
    let first = earlier.first.map { ($0.step + 1) * Int64(Self.step) } ?? start
    return max(1, seconds - max(first, start))
  }

  private mutating func turn(to seconds: Int64) {
    let step = seconds / Int64(Self.step)
    // What stands now is what stood at the end of the step before.
    if earlier.last.map({ $0.step < step - 1 }) ?? true { earlier.append((step - 1, buckets)) }
    earlier.removeAll { $0.step < step - Int64(Self.steps) }
  }

  private static func bucket(of microseconds: Int) -> Int {
    var (bucket, bound) = (0, least)
    let time = Double(microseconds)
    while time > bound * 2, bucket + perDoubling < bucketCount { (bucket, bound) = (bucket + perDoubling, bound * 2) }
    while bucket < bucketCount - 1, time > Self.bound(of: bucket) { bucket += 1 }
    return bucket
  }

  /// Microseconds that a bucket takes in at most.
  static func bound(of bucket: Int) -> Double {
    let fractions = [1, 1.189_207_115_002_721, 1.414_213_562_373_095, 1.681_792_830_507_429]
    return least * Double(UInt64(1) << UInt64(bucket / perDoubling)) * fractions[bucket % perDoubling]
  }

  /// The bounds that double, each with how much was done within it since the start.
  var doublings: [(microseconds: Double, count: UInt64)] {
    var sum: UInt64 = 0
    var found: [(microseconds: Double, count: UInt64)] = []
    for (bucket, number) in buckets.enumerated() {
      sum += number
      if bucket % Self.perDoubling == 0 { found.append((Self.bound(of: bucket), sum)) }
    }
    return found
  }
}
