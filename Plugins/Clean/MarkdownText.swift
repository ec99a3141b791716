import Bytes
import StageKit

/// A text without what Markdown adds to it, and where each piece stood.
struct MarkdownText {
  private(set) var plain = PlainCopy()

  /// Where the next closing brackets stand, at or behind the place that was asked for last.
  private var next = (square: -1, round: -1)

  init(_ source: [UInt8]) {
    let text = source.span
    var at = 0
    while at < text.count {
      let end = mark(text, at)
      if end > at {
        plain.leaveOut(text, from: at, to: end)
        at = end
      } else {
        at += 1
      }
    }
    plain.finish(text)
  }

  /// Bytes of an address or of what stands for a picture.
  private static let longest = 2_000

  /// The end of the mark at `at`; `at` where there is none.
  private mutating func mark(_ text: Span<UInt8>, _ at: Int) -> Int {
    let isLineStart = at == 0 || text[at - 1] == 0x0A
    if isLineStart {
      if let end = Self.endOfLinks(text, at) ?? Self.endOfReference(text, at) { return end }
      if text.holds("> ", at: at) { return at + 2 }
    }
    switch text[at] {
    case UInt8(ascii: "#") where isLineStart:
      var end = at
      while end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
      return end < text.count && text[end] == 0x20 && end - at <= 6 ? end + 1 : at
    case UInt8(ascii: "*") where text.holds("**", at: at): return at + 2
    case UInt8(ascii: "!") where text.holds("![", at: at):
      guard let bracket = square(text, at + 1), text.holds("](", at: bracket), let end = round(text, bracket + 1) else {
        return at
      }
      return end + 1
    case UInt8(ascii: "["):
      guard let bracket = square(text, at), text.holds("](", at: bracket) || text.holds("][", at: bracket) else {
        return at
      }
      return at + 1
    case UInt8(ascii: "]") where text.holds("][", at: at):
      guard let bracket = square(text, at + 1), bracket - at <= Self.longestNumber else { return at }
      return bracket + 1
    case UInt8(ascii: "_") where Self.isEmphasis(text, at): return at + 1
    case UInt8(ascii: "]") where text.holds("](", at: at):
      guard let end = round(text, at + 1) else { return at }
      return end + 1
    default: return at
    }
  }

  /// Bytes of the name of a link’s address.
  private static let longestNumber = 24

  /// The end of a line that says where a link leads: “ [1]: https://…”
  private static func endOfReference(_ text: Span<UInt8>, _ start: Int) -> Int? {
    var at = start
    while at < text.count, text[at] == 0x20, at - start < 4 { at += 1 }
    guard at < text.count, text[at] == UInt8(ascii: "[") else { return nil }
    let close = end(text, at + 1, UInt8(ascii: "]"))
    guard close - at <= longestNumber, text.holds("]: http", at: close) || text.holds("]: /", at: close) else {
      return nil
    }
    return text.firstOffset(of: 0x0A, in: Range(from: close, upTo: text.count))
  }

  /// “_word_”: an underscore between a blank and a letter or the other way round.
  private static func isEmphasis(_ text: Span<UInt8>, _ at: Int) -> Bool {
    func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte >= 0x80 }
    let (before, after) = (at > 0 ? text[at - 1] : 0x20, at + 1 < text.count ? text[at + 1] : 0x20)
    if before == UInt8(ascii: "_") || after == UInt8(ascii: "_") { return false }
    return before <= 0x20 && isWord(after) || (isWord(before) || before == UInt8(ascii: ".")) && !isWord(after)
  }

  /// The end of a line of nothing but links, of which there are several or which is an item of a list: menus and buttons.
  private static func endOfLinks(_ text: Span<UInt8>, _ start: Int) -> Int? {
    var (at, links, isItem, depth) = (start, 0, false, 0)
    while at < text.count, text[at] != 0x0A {
      switch text[at] {
      case UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"):
        depth = max(0, depth - 1)
        if text.holds("](", at: at) { links += 1 }
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"): if depth == 0 { isItem = true }
      case 0x20, 0x09, 0x0D, UInt8(ascii: "|"): break
      default: if depth == 0 { return nil }
      }
      at += 1
    }
    return links > 1 || links == 1 && isItem ? at : nil
  }

  /// Where the bracket that opens at `at` closes, on its line and not far off.
  private mutating func square(_ text: Span<UInt8>, _ at: Int) -> Int? {
    if next.square <= at { next.square = Self.end(text, at + 1, UInt8(ascii: "]")) }
    return Self.isNear(text, at, next.square)
  }

  private mutating func round(_ text: Span<UInt8>, _ at: Int) -> Int? {
    if next.round <= at { next.round = Self.end(text, at + 1, UInt8(ascii: ")")) }
    return Self.isNear(text, at, next.round)
  }

  /// The mark, or the end of the line.
  private static func end(_ text: Span<UInt8>, _ start: Int, _ mark: UInt8) -> Int {
    var at = start
    while at < text.count, text[at] != mark, text[at] != 0x0A { at += 1 }
    return at
  }

  private static func isNear(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    end < text.count && text[end] != 0x0A && end - at <= longest ? end : nil
  }
}
