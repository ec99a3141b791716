/// What two sketches have in common.
struct Overlap: Equatable {
  /// Hashes below the common limit: in both, in the one, in the other.
  var shared = 0
  var inThis = 0
  var inOther = 0

  var shareOfThis: Double { inThis == 0 ? 0 : Double(shared) / Double(inThis) }
  var shareOfOther: Double { inOther == 0 ? 0 : Double(shared) / Double(inOther) }
  /// Jaccard.
  var similarity: Double { shared == 0 ? 0 : Double(shared) / Double(inThis + inOther - shared) }
  var containment: Double { max(shareOfThis, shareOfOther) }

  init() {}

  /// - Parameter limit: up to where both are known whole.
  init(_ this: Span<UInt32>, _ other: Span<UInt32>, limit: UInt32) {
    guard this.count > 0, other.count > 0 else { return }
    var (a, b) = (0, 0)
    while a < this.count, b < other.count {
      let (x, y) = (this[a], other[b])
      if min(x, y) > limit { break }
      // No branches: which side is smaller cannot be foretold.
      shared += x == y ? 1 : 0
      a += x <= y ? 1 : 0
      b += y <= x ? 1 : 0
    }
    while a < this.count, this[a] <= limit { a += 1 }
    while b < other.count, other[b] <= limit { b += 1 }
    (inThis, inOther) = (a, b)
  }

  /// So many hashes of both sides are enough for a first look.
  static let firstLook = 64

  /// Whether the first hashes of another sketch make it next to impossible (four standard errors) that one of the two
  /// shares reaches `share`.
  static func isHopeless(_ this: Span<UInt32>, _ start: Span<UInt32>, reaching share: Double) -> Bool {
    guard start.count == firstLook else { return false }
    var (a, b, shared) = (0, 0, 0)
    while a < this.count, b < start.count {
      let (x, y) = (this[a], start[b])
      shared += x == y ? 1 : 0
      a += x <= y ? 1 : 0
      b += y <= x ? 1 : 0
    }
    guard min(a, b) >= firstLook else { return false }
    let expected = Double(firstLook) * share
    return Double(shared) < expected - 4 * (expected * (1 - share)).squareRoot()
  }
}
