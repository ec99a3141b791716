import Bytes
import StageKit

/// What the templates see of one token, gathered once.
struct TokenFeatures: Sendable {
  /// The token's letters as a pattern: “Xx”, “X.X.”, “dd”; a number that stands for it.
  var pattern: UInt64 = 0
  var facts = WordFacts.unknown
  /// The path of the cluster of the form as written.
  var cluster: UInt64 = 0
  /// The code of the label that the rules give it.
  var rule: UInt64 = 0
  /// The place in a name of the lists and its kind, 0 in none.
  var listed: UInt64 = 0
  /// The place in a name of several words of the model's lists and its kinds, 0 in none.
  var phrase: UInt64 = 0
  /// What is known of the same word in the whole article.
  var article = WordUse()
  /// Whether a sentence, a quotation or the like begins with it, so that its capital tells little.
  var isHead = false
  /// The first and the one past the last token of the run of capitals it stands in; empty where it has no capital.
  var run: Range<Int32> = 0..<0
}

/// How an article uses a word that it writes with a capital somewhere.
struct WordUse: Sendable {
  var bits: UInt32 = 0

  static let lower: UInt32 = 1
  static let capitalInside: UInt32 = 1 << 1
  static let afterTitle: UInt32 = 1 << 2
  static let beforePersonVerb: UInt32 = 1 << 3
  static let afterGiven: UInt32 = 1 << 4
  static let afterPreposition: UInt32 = 1 << 5
  static let withHead: UInt32 = 1 << 6
  static let last: UInt32 = 1 << 7
  static let first: UInt32 = 1 << 8
  static let alone: UInt32 = 1 << 9
  static let afterThe: UInt32 = 1 << 10
  static let owner: UInt32 = 1 << 11
  static let beforeLowerNoun: UInt32 = 1 << 12
  static let flagCount = 13

  /// The rules' most frequent type for the word, from counts of up to 15 in the upper half: 0 none, else 1 + its index.
  var ruled: UInt64 {
    var (best, most): (UInt64, UInt32) = (0, 0)
    for kind in 0..<4 {
      let count = bits >> UInt32(16 + 4 * kind) & 15
      if count > most { (best, most) = (UInt64(kind) + 1, count) }
    }
    return best
  }

  mutating func countRuled(_ kind: Int) {
    let shift = UInt32(16 + 4 * kind)
    if bits >> shift & 15 < 15 { bits += 1 << shift }
  }
}

extension TokenFeatures {
  /// Of small letters alone.
  static let plainPattern = UInt64(UInt8(ascii: "x"))

  /// The pattern of a token: capitals X, small letters x, digits d, other bytes as they are, repeats left out; of a
  /// capitalised word of several letters only that it is one.
  static func pattern(_ text: Span<UInt8>, _ span: ByteSpan) -> UInt64 {
    var pattern: UInt64 = 0
    var last: UInt8 = 0
    var repeats = 0
    for at in span.range {
      let byte = text[at]
      let symbol: UInt8 =
        switch byte {
        case 0x41...0x5A: UInt8(ascii: "X")
        case 0x61...0x7A: UInt8(ascii: "x")
        case 0x30...0x39: UInt8(ascii: "d")
        case 0xC3:
          at + 1 < span.end && text[at + 1] < 0x9F ? UInt8(ascii: "X") : UInt8(ascii: "x")
        case 0x80...0xBF: UInt8(ascii: "x")
        default: byte
        }
      if symbol == last {
        repeats += 1
        if repeats > 1 { continue }
      } else {
        last = symbol
        repeats = 0
      }
      if symbol == UInt8(ascii: "x"), repeats > 0 { continue }
      pattern = pattern << 8 | UInt64(symbol)
    }
    return pattern
  }
}
