import Bytes
import StageKit

/// Makes small changes of text that leave it valid UTF-8: what no writer does, but converters, editors and scrapers do.
public struct ArticleMutation {
  private var grammar: ArticleGrammar

  public init(seed: UInt64) { grammar = ArticleGrammar(seed: seed) }

  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - other: another text, pieces of which may be taken.
  ///   - limit: bytes that the outcome has at most.
  public mutating func mutate(_ text: [UInt8], with other: [UInt8], upTo limit: Int) -> [UInt8] {
    var text = text
    for _ in 0...grammar.number(4) { edit(&text, other) }
    return text.cut(to: limit)
  }

  private mutating func edit(_ text: inout [UInt8], _ other: [UInt8]) {
    switch grammar.number(18) {
    case 0: text.removeSubrange(stretch(of: text, upTo: 40))
    case 1: text.removeSubrange(stretch(of: text, upTo: 400))
    case 2, 3, 4: text.insert(contentsOf: grammar.phrase(), at: place(in: text))
    case 5, 6: text.replaceSubrange(word(of: text), with: grammar.phrase())
    case 7: text.insert(contentsOf: text[stretch(of: text, upTo: 200)], at: place(in: text))
    case 8: text.insert(contentsOf: other[stretch(of: other, upTo: 400)], at: place(in: text))
    case 9: replace(&text, Phrases.marks)
    case 10: replace(&text, Phrases.stops)
    case 11: replaceSpace(&text)
    case 12: changeCase(&text)
    case 13: text = Array(text[stretch(of: text, upTo: text.count)])
    case 14: swap(&text)
    case 15: text.insert(contentsOf: repeated(grammar.phrase(), 1 << grammar.number(7)), at: place(in: text))
    case 16: text.insert(contentsOf: character(), at: place(in: text))
    default: text.insert(contentsOf: grammar.article(upTo: 300), at: place(in: text))
    }
  }

  /// Changes that leave no promise about what the bytes are.
  public mutating func damage(_ bytes: inout [UInt8]) {
    for _ in 0...grammar.number(3) where !bytes.isEmpty {
      let at = grammar.number(bytes.count)
      switch grammar.number(4) {
      case 0: bytes[at] = UInt8(grammar.number(256))
      case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + grammar.number(8)))
      case 2: bytes.insert(UInt8(grammar.number(256)), at: at)
      default: bytes.swapAt(at, grammar.number(bytes.count))
      }
    }
  }

  // MARK: Edits

  /// Puts one of the phrases in the place of the first one of them behind some place.
  private mutating func replace(_ text: inout [UInt8], _ phrases: [[UInt8]]) {
    let start = place(in: text)
    for at in start..<text.count where text[at] & 0xC0 != 0x80 {
      guard let old = phrases.first(where: { text[at...].starts(with: $0) }) else { continue }
      text.replaceSubrange(at..<at + old.count, with: grammar.one(of: phrases))
      return
    }
  }

  private mutating func replaceSpace(_ text: inout [UInt8]) {
    let start = place(in: text)
    guard let at = text[start...].firstIndex(where: { $0 == 0x20 || $0 == 0x0A }) else { return }
    let spaces = grammar.chance(30) ? Phrases.list("\n|\n\n|\r\n") : Phrases.spaces
    text.replaceSubrange(at...at, with: grammar.one(of: spaces))
  }

  private mutating func changeCase(_ text: inout [UInt8]) {
    let isUpper = grammar.chance(60)
    for at in stretch(of: text, upTo: 60) {
      let isLetter = ByteClass(text[at]).isAny(of: .letter)
      if isLetter { text[at] = isUpper ? text[at] & 0xDF : text[at] | 0x20 }
    }
  }

  private mutating func swap(_ text: inout [UInt8]) {
    let (one, two) = (stretch(of: text, upTo: 80), stretch(of: text, upTo: 80))
    guard one.upperBound <= two.lowerBound else { return }
    let (a, b) = (Array(text[one]), Array(text[two]))
    text.replaceSubrange(two, with: a)
    text.replaceSubrange(one, with: b)
  }

  private mutating func character() -> [UInt8] {
    let high = [0x80, 0x100, 0x800, 0x3000, 0x10000, 0x110000]
    let value = UInt32(grammar.number(grammar.one(of: high)))
    var bytes: [UInt8] = []
    UTF8Scalar.append(0xD800...0xDFFF ~= value ? 0xFFFD : value, to: &bytes)
    return bytes
  }

  // MARK: Places

  /// Before a character, or the end.
  private mutating func place(in text: [UInt8]) -> Int {
    var at = grammar.number(text.count + 1)
    while at > 0, at < text.count, text[at] & 0xC0 == 0x80 { at -= 1 }
    return at
  }

  private mutating func stretch(of text: [UInt8], upTo length: Int) -> Range<Int> {
    let start = place(in: text)
    var end = min(text.count, start + grammar.number(length + 1))
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return start..<end
  }

  private mutating func word(of text: [UInt8]) -> Range<Int> {
    let middle = place(in: text)
    let start = text[..<middle].lastIndex { $0 <= 0x20 }.map { $0 + 1 } ?? 0
    let end = text[middle...].firstIndex { $0 <= 0x20 } ?? text.count
    return start..<end
  }

  private func repeated(_ phrase: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(phrase, count: count).joined(separator: [0x20]))
  }
}
