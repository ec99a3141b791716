import Bytes
import StageKit

/// A plain text in which references (“&quot;”) and tags of text markup (`<i>`, `<a href=…>`) were left: without them, and
/// where each piece stood.
struct MarkedText {
  private(set) var plain = PlainCopy()

  init(_ source: [UInt8]) {
    let text = source.span
    var at = 0
    while at < text.count {
      if text[at] == UInt8(ascii: "&"), let found = CharacterReferences.read(text, at: at, end: text.count),
        text[at + found.length - 1] == UInt8(ascii: ";")
      {
        plain.replace(text, from: at, to: at + found.length, with: found.value)
        at += found.length
      } else if text[at] == UInt8(ascii: "<"), let end = Self.endOfTag(text, at) {
        plain.leaveOut(text, from: at, to: end)
        at = end
      } else {
        at += 1
      }
    }
    plain.finish(text)
  }

  /// Bytes of a tag.
  private static let longest = 500

  /// Just past a tag of text markup that opens at `at`; `nil` where there is none.
  static func endOfTag(_ text: Span<UInt8>, _ at: Int) -> Int? {
    var start = at + 1
    if start < text.count, text[start] == UInt8(ascii: "/") { start += 1 }
    var end = start
    while end < text.count, text[end].isLetter, end - start <= 6 { end += 1 }
    guard end > start, end < text.count, names.contains(lowered: text, ByteSpan(start, end)) else { return nil }
    if text[end] == UInt8(ascii: ">") { return end + 1 }
    guard text[end] == 0x20 || text[end] == UInt8(ascii: "/") else { return nil }
    let limit = min(text.count, end + longest)
    while end < limit, text[end] != UInt8(ascii: ">"), text[end] != UInt8(ascii: "<") { end += 1 }
    return end < limit && text[end] == UInt8(ascii: ">") ? end + 1 : nil
  }

  private static let names = WordSet([
    "a", "b", "i", "u", "em", "strong", "span", "font", "small", "sup", "sub", "cite", "q", "mark", "abbr", "ins",
    "del",
  ])
}
