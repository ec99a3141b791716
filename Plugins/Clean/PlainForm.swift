import Bytes
import StageKit

/// Plain texts that are not quite plain: HTML under the wrong name, the Markdown that programs make of pages, and raw wire.
enum PlainForm {
  case text
  /// Tags of paragraphs stand in it.
  case html
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
    let links = count(UInt8(ascii: "]")) { bytes.holds("](http", at: $0) || bytes.holds("](/", at: $0) }
    let slugs = count(UInt8(ascii: "^")) { $0 == 0 || bytes[$0 - 1] == 0x0A }
    self = tags >= Self.enough ? .html : links >= Self.enough ? .markdown : slugs >= Self.enough ? .wire : .text
  }

  /// `<p>`, `</p>`, `<p class=…>`, `<br>`, `<br/>`
  private static func isParagraph(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    for tag in ["<p>", "</p>", "<p ", "<br>", "<br/", "<br ", "<P>", "</P>", "<BR>"] as [StaticString]
    where bytes.holds(tag, at: at) { return true }
    return false
  }
}
