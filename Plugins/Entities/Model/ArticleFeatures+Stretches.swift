import Bytes
import Lexicon
import StageKit

extension ArticleFeatures {
  /// The stretches of a sentence in which names may stand: tokens with a capital, and small words, marks and numbers
  /// between or beside them. Everything else is outside of every name.
  package func stretches<E: Error>(_ sentence: Range<Int>, _ body: (Range<Int>) throws(E) -> Void) throws(E) {
    var start: Int?
    var end = sentence.lowerBound
    for at in sentence where words[at].isCapital || isOddName(at) {
      if let open = start, reach(before: at, sentence) > end + Self.widestGap {
        end = reach(after: end, sentence)
        try body(Range(from: open, upTo: end))
        start = nil
      }
      if start == nil { start = max(reach(before: at, sentence), end) }
      end = at + 1
    }
    if let start { try body(Range(from: start, upTo: reach(after: end, sentence))) }
  }

  /// Tokens: “of the Prohibition of”.
  private static let widestGap = 3

  /// “iPhone”, “eBay”, “al-Nusra”’s first word
  private func isOddName(_ at: Int) -> Bool {
    words[at].shape.has(.lower) && features[at].pattern != 0x78 && features[at].pattern >> 8 == 0x78
      && UInt8(truncatingIfNeeded: features[at].pattern) == UInt8(ascii: "X")
  }

  /// A small particle or a number before a capital: “de Mistura”, “al-Amr”, “20th Century”.
  private func reach(before at: Int, _ sentence: Range<Int>) -> Int {
    var start = at
    while start > sentence.lowerBound {
      let word = words[start - 1]
      if word.traits.has(.particle) || word.shape.has(.number) || word.shape.contains([.hyphen, .touching]) {
        start -= 1
      } else {
        break
      }
      if at - start == 3 { break }
    }
    return start
  }

  /// A number or the second half of a hyphened name after a capital: “Apollo 11”, “Jong-un”.
  private func reach(after at: Int, _ sentence: Range<Int>) -> Int {
    var end = at
    while end < sentence.upperBound, end < at + 2 {
      let word = words[end]
      guard
        word.shape.has(.number) || word.shape.contains([.hyphen, .touching])
          || end > at && words[end - 1].shape.has(.hyphen)
      else { break }
      end += 1
    }
    return end
  }
}
