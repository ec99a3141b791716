import Bytes

/// The largest shingle hash among the leading keys of an entry, its first 16 bits: below it all of the text's hashes are
/// keys.
struct KeyLimit: Equatable, Sendable {
  let rawValue: UInt16
  init(rawValue: UInt16) { self.rawValue = rawValue }
  init(of sketch: Sketch) {
    let last = sketch.leadingCount > 0 ? sketch.hashes[sketch.leadingCount - 1] : 0
    rawValue = UInt16(last >> (Shingles.bits - 16))
  }
}

/// How many keys two articles have in common where one of them shares much of the other.
///
/// Below the smaller of their key limits the keys of both are samples of their shingles. Of `n` keys there of the one
/// with fewer, as many are shared as heads come up in `n` throws of a coin: articles with so few that they would come
/// up once in a hundred times are not looked at.
struct KeyOdds: Sendable {
  private static let risk = 0.01
  /// Of a larger share more keys could be asked; but `n` is an estimate.
  private static let largestShare = 0.5

  /// For each number of shared keys the least `n` for which they are too few; beyond its end none are.
  let enough: [Int]

  /// - Parameter share: of one of the two articles, that must be found.
  init(share: Double) {
    let share = min(share, Self.largestShare)
    var enough: [Int] = []
    var shared = 0
    while let n = Range(from: 1, upTo: Sketch.fewestKeys + 1).first(where: {
      Self.atMost(shared, of: $0, share) < Self.risk
    }) {
      enough.append(n)
      shared += 1
    }
    self.enough = enough
  }

  /// The binomial distribution.
  private static func atMost(_ most: Int, of count: Int, _ share: Double) -> Double {
    if most >= count { return 1 }
    var term = 1.0
    for _ in 0..<count { term *= 1 - share }
    var sum = term
    for heads in 0..<most {
      term *= Double(count - heads) / Double(heads + 1) * share / (1 - share)
      sum += term
    }
    return sum
  }

  /// For each number of shared keys the key limits of entries for which they are too few.
  ///
  /// An article with the limit `l` has about `fewestKeys * limit / l` of its keys below a smaller limit, and this sketch
  /// `leadingCount * l / limit` of its own below a smaller `l`.
  func limitsNeedingMore(for sketch: Sketch) -> [ClosedRange<UInt16>] {
    let limit = Int(KeyLimit(of: sketch).rawValue) + 1
    return enough.prefix { $0 <= sketch.leadingCount }.map { n in
      let low = UInt16(clamping: limit * n / sketch.leadingCount)
      return low...max(low, UInt16(clamping: limit * Sketch.fewestKeys / n))
    }
  }
}
