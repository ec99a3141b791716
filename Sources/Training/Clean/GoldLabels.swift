import Bytes
import Clean
import StageKit

/// Which blocks of a page are the article, told by the words of its gold text.
///
/// A block of five words and more is body where most of its four-word sequences stand in the gold text; of blocks with
/// the same words the first. A shorter block is body where its words stand in the gold text between what the body
/// blocks before and after it cover.
struct GoldLabels {
  private(set) var isBody: [Bool]

  /// Share of a block's sequences that must stand in the gold text.
  private static let share = 0.55
  private static let length = 4
  private let blocks: [[UInt64]]
  private let gold: [UInt64]
  /// Of each block that was found by its sequences, the words of the gold text that it covers.
  private var covered: [Range<Int>?]

  /// - Parameters:
  ///   - blocks: the words of each block, lower case.
  ///   - gold: the words of the gold text, lower case.
  init(blocks: [[UInt64]], gold: [UInt64]) {
    self.blocks = blocks
    self.gold = gold
    isBody = Array(repeating: false, count: blocks.count)
    covered = Array(repeating: nil, count: blocks.count)
    findLong()
    findShort()
  }

  private mutating func findLong() {
    var places: [UInt64: [Int]] = [:]
    for start in 0..<max(0, gold.count - Self.length + 1) {
      places[Words.sequence(gold, start, Self.length), default: []].append(start)
    }
    var seen: Set<[UInt64]> = []
    var last = 0
    for (index, words) in blocks.enumerated() where words.count > Self.length {
      let count = words.count - Self.length + 1
      var (hits, first, end) = (0, Int.max, 0)
      for start in 0..<count {
        guard let found = places[Words.sequence(words, start, Self.length)] else { continue }
        hits += 1
        // Of several places the one nearest to where the last block left off.
        let place = found.min { abs($0 - start - last) < abs($1 - start - last) } ?? 0
        (first, end) = (min(first, place), max(end, place + Self.length))
      }
      guard Double(hits) >= Self.share * Double(count), seen.insert(words).inserted else { continue }
      isBody[index] = true
      covered[index] = Range(from: first, upTo: end)
      last = end
    }
  }

  private mutating func findShort() {
    var before = Array(repeating: Int?.none, count: blocks.count)
    var end: Int?
    for index in blocks.indices {
      before[index] = end
      if let range = covered[index] { end = range.upperBound }
    }
    var after: Int?
    for index in blocks.indices.reversed() {
      if let range = covered[index] {
        after = range.lowerBound
        continue
      }
      let words = blocks[index]
      guard !words.isEmpty, words.count <= Self.length else { continue }
      isBody[index] = holds(words, in: window(before[index], after))
    }
  }

  /// The stretch of gold text between two covered places; `nil` where neither is.
  private func window(_ before: Int?, _ after: Int?) -> Range<Int>? {
    let (nearby, longest, slack) = (12, 80, 3)
    guard let low = before ?? after.map({ max(0, $0 - nearby) }) else { return nil }
    var high = after ?? low + nearby
    // The page has the pieces in another order than the gold text.
    if high < low { high = low + nearby }
    high = min(high, low + longest) + slack
    return Range(from: max(0, low - slack), clampedTo: min(gold.count, high))
  }

  private func holds(_ words: [UInt64], in window: Range<Int>?) -> Bool {
    guard let window, window.count >= words.count else { return false }
    return Range(from: window.lowerBound, clampedTo: window.upperBound - words.count + 1).contains { start in
      gold[Range(from: start, upTo: start + words.count)].elementsEqual(words)
    }
  }

  /// Where each block stands as to the article.
  var states: [Labeller.State] {
    guard let first = isBody.firstIndex(of: true), let last = isBody.lastIndex(of: true) else {
      return isBody.map { _ in .before }
    }
    return isBody.indices.map { $0 < first ? .before : $0 > last ? .after : isBody[$0] ? .body : .inside }
  }
}
