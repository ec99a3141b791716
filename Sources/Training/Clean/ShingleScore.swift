import Clean

/// The four-word sequences of a text, each with how often it comes.
struct Shingles: Sendable {
  private static let length = 4
  private var counts: [UInt64: Int32] = [:]
  private(set) var total = 0

  init(_ words: [UInt64]) {
    if words.isEmpty { return }
    let length = min(Self.length, words.count)
    for start in 0...words.count - length {
      counts[Words.sequence(words, start, length), default: 0] += 1
      total += 1
    }
  }

  /// How many sequences both texts have.
  func common(with other: Shingles) -> Int {
    var sum = 0
    for (sequence, count) in other.counts { sum += Int(min(count, counts[sequence] ?? 0)) }
    return sum
  }
}

/// How much of the articles was found, and how much of what was found is article: F1 of four-word sequences, as the
/// article extraction benchmark of Scrapinghub defines it. Precision is the mean over pages where anything was found,
/// recall the mean over all pages.
package struct ShingleScore: Sendable {
  package private(set) var pages = 0
  /// Pages with an F1 of their own of 95 % and more.
  package private(set) var nearlyRight = 0
  private var pagesWithText = 0
  private var precisions = 0.0
  private var recalls = 0.0

  mutating func add(gold: Shingles, found: Shingles) {
    let common = Double(gold.common(with: found))
    pages += 1
    if found.total > 0 {
      pagesWithText += 1
      precisions += common / Double(found.total)
    }
    recalls += gold.total > 0 ? common / Double(gold.total) : found.total == 0 ? 1 : 0
    if 2 * common >= 0.95 * Double(gold.total + found.total) { nearlyRight += 1 }
  }

  /// Pages of which nothing was kept.
  package var emptyPages: Int { pages - pagesWithText }

  package var precision: Double { pagesWithText == 0 ? 0 : precisions / Double(pagesWithText) }
  package var recall: Double { pages == 0 ? 0 : recalls / Double(pages) }
  package var f1: Double {
    precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }
}
