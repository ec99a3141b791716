import Bytes
import Lexicon
import StageKit

/// A part of a sentence in which names may stand: tokens with a capital, and small words, marks and numbers between or
/// beside them. Everything else is outside of every name.
package struct NameStretch: Sendable {
  package let tokens: Range<Int>
  package let sentence: Int
}

extension ArticleFeatures {
  mutating func findStretches(_ watch: inout DeadlineWatch) throws(StageError) {
    for (index, sentence) in sentences.enumerated() {
      let tokens = sentence.tokens
      var start: Int?
      var end = tokens.lowerBound
      for at in tokens {
        try watch.step()
        guard words[at].isCapital || isOddName(at) else { continue }
        if let open = start, reach(before: at, tokens) > end + Self.widestGap {
          end = reach(after: end, tokens)
          stretches.append(NameStretch(tokens: Range(from: open, upTo: end), sentence: index))
          start = nil
        }
        if start == nil { start = max(reach(before: at, tokens), end) }
        end = at + 1
      }
      if let start {
        stretches.append(NameStretch(tokens: Range(from: start, upTo: reach(after: end, tokens)), sentence: index))
      }
    }
  }

  /// Tokens: “of the Prohibition of”.
  private static let widestGap = 3

  /// “iPhone”, “eBay”, “al-Nusra”’s first word
  private func isOddName(_ at: Int) -> Bool {
    words[at].shape.has(.lower) && features[at].pattern >> 8 == TokenFeatures.plainPattern
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
