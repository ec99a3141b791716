import Bytes
import StageKit

/// Plain texts that are not quite plain: HTML under the wrong name, the Markdown that programs make of pages, and raw wire.
enum PlainForm {
  case text
  /// Tags of paragraphs stand in it.
  case html
  /// References and tags of text markup stand in it.
  case marked
  /// Links and headings are marked up.
  case markdown
  /// Lines between `^` and `<` or `=` stand over the text.
  case wire

  /// Bytes that are looked at.
  private static let reach = 1 << 16
  /// As many marks leave no doubt.
  private static let enough = 3

  init(_ text: [UInt8]) {
    let bytes = text.span
    let end = min(text.count, Self.reach)
    func count(_ mark: UInt8, _ isOne: (Int) -> Bool) -> Int {
      var (found, at) = (0, 0)
      while found < Self.enough {
        at = bytes.firstOffset(of: mark, in: Range(from: at, upTo: end))
        if at == end { break }
        if isOne(at) { found += 1 }
        at += 1
      }
      return found
    }
    let tags = count(UInt8(ascii: "<")) { Self.isParagraph(bytes, $0) }
    let links = count(UInt8(ascii: "]")) { at in
      bytes.holds("](http", at: at) || bytes.holds("](/", at: at) || Self.isNumbered(bytes, at)
    }
    let slugs = count(UInt8(ascii: "^")) { $0 == 0 || bytes[$0 - 1] == 0x0A }
    if tags >= Self.enough {
      self = .html
    } else if links >= Self.enough {
      self = .markdown
    } else if slugs >= Self.enough {
      self = .wire
    } else {
      let inline = count(UInt8(ascii: "<")) { !Self.isParagraph(bytes, $0) && MarkedText.endOfTag(bytes, $0) != nil }
      let isMarked = inline >= Self.enoughInline || count(UInt8(ascii: "&")) { Self.isReference(bytes, $0) } > 0
      self = isMarked ? .marked : .text
    }
  }

  /// An opening tag and the one that closes it.
  private static let enoughInline = 2

  /// “&quot;”, “&#39;”, “&lt;p&gt;”: with its semicolon, as nobody writes it.
  private static func isReference(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    guard let found = CharacterReferences.read(bytes, at: at, end: bytes.count) else { return false }
    return bytes[at + found.length - 1] == UInt8(ascii: ";")
  }

  /// “][1]”, or a line that says where it leads: “[1]: https://…”
  private static func isNumbered(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    if bytes.holds("]: http", at: at) { return true }
    guard at + 3 < bytes.count, bytes[at + 1] == UInt8(ascii: "["), bytes[at + 2].isDigit else { return false }
    return bytes[at + 3] == UInt8(ascii: "]") || bytes[at + 3].isDigit
  }

  /// `<p>`, `</p>`, `<p class=…>`, `<br>`, `<br/>`, `<div>`
  private static func isParagraph(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    for tag in ["<p>", "</p>", "<p ", "<br>", "<br/", "<br ", "<P>", "</P>", "<BR>", "<div>", "</div>", "<div "]
      as [StaticString]
    where bytes.holds(tag, at: at) { return true }
    return false
  }
}
