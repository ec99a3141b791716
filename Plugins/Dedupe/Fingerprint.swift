import ArticleFacts
import Bytes
import StageKit

/// All that is kept of an article's text: what `process` hands to the decider.
public struct Fingerprint: Sendable, Equatable {
  /// Over all words in their order; equal for texts of equal words.
  let textHash: UInt64
  /// The same without a headline above the text; 0 where there is none.
  let bodyHash: UInt64
  let wordCount: Int
  let sketch: Sketch

  /// Words that a first line may have and be one.
  private static let longestHeadline = 20

  init(textHash: UInt64, bodyHash: UInt64, wordCount: Int, sketch: Sketch) {
    self.textHash = textHash
    self.bodyHash = bodyHash
    self.wordCount = wordCount
    self.sketch = sketch
  }

  /// - Parameter datelines: of the text; `nil` where nobody has read them. Two agencies put different ones before one
  ///   report, so they do not count.
  init(
    of text: [UInt8], datelines: [Article.Dateline]? = nil, deadline: Deadline = .none
  ) throws(StageError) {
    let bytes = text.span
    var shingles = Shingles(byteCount: bytes.count)
    var at = 0
    let datelines = datelines ?? Article.datelines(of: text)
    while at < bytes.count, bytes[at].isBlank { at += 1 }
    let endOfLine = bytes.firstOffset(of: 0x0A, in: Range(from: at, upTo: bytes.count))
    if datelines.first?.span.start ?? .max > endOfLine {
      try WordScanner.scan(bytes, from: at, to: endOfLine, into: &shingles, deadline: deadline)
      at = endOfLine
      if shingles.wordCount <= Self.longestHeadline { shingles.beginBody() }
    }
    for dateline in datelines {
      try WordScanner.scan(bytes, from: at, to: dateline.span.start, into: &shingles, deadline: deadline)
      at = dateline.span.end
    }
    try WordScanner.scan(bytes, from: at, to: bytes.count, into: &shingles, deadline: deadline)
    textHash = shingles.textHash
    let headline = shingles.headlineWordCount
    bodyHash = headline > 0 && shingles.wordCount >= 4 * headline ? shingles.bodyHash : 0
    wordCount = shingles.wordCount
    sketch = Sketch(of: shingles.hashes)
  }
}

/// A bottom-k MinHash sketch: the smallest distinct hashes of a set, sorted.
///
/// Below the largest hash of either of two sketches both sets are known whole, so that shares of each, and not only
/// their resemblance, can be counted there.
struct Sketch: Sendable, Equatable {
  let hashes: [UInt32]
  /// Nothing was left out.
  let isComplete: Bool

  static let smallest = 192
  static let largest = 4096

  /// How many hashes a text with this many shingles keeps: an eighth of a long text, so that a short one that stands
  /// in it is still seen.
  static func capacity(shingles count: Int) -> Int { min(max(smallest, count / 8), largest) }

  init(hashes: [UInt32], isComplete: Bool) {
    self.hashes = hashes
    self.isComplete = isComplete
  }

  /// - Parameter shingles: hashes spread evenly over `Shingles.bits`, with repeats, in any order.
  init(of shingles: [UInt32]) {
    let capacity = Self.capacity(shingles: shingles.count)
    // Sort only what can be among the smallest: a quarter more than that, or twice as much where repeats take it.
    var factor = 5
    while true {
      let part = shingles.isEmpty ? .max : UInt64(capacity * factor / 4 + 16) << Shingles.bits / UInt64(shingles.count)
      let isAll = part >= 1 << Shingles.bits
      var kept: [UInt32] = []
      if isAll {
        kept = shingles
      } else {
        kept.reserveCapacity(capacity * factor / 4 + 64)
        let bound = UInt32(part)
        for hash in shingles where hash < bound { kept.append(hash) }
      }
      kept.sort()
      let distinct = removeRepeats(&kept)
      if distinct >= capacity || isAll {
        isComplete = isAll && distinct <= capacity
        kept.removeLast(kept.count - min(distinct, capacity))
        hashes = kept
        return
      }
      factor *= 2
    }
  }
}

/// Moves the distinct values of a sorted array to its front; their number.
private func removeRepeats(_ values: inout [UInt32]) -> Int {
  var count = 0
  for at in values.indices where count == 0 || values[at] != values[count - 1] {
    values[count] = values[at]
    count += 1
  }
  return count
}

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

  init(_ this: Span<UInt32>, isComplete thisIsComplete: Bool, _ other: Span<UInt32>, isComplete otherIsComplete: Bool) {
    guard this.count > 0, other.count > 0 else { return }
    let limit = min(
      thisIsComplete ? .max : this[this.count - 1], otherIsComplete ? .max : other[other.count - 1])
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
