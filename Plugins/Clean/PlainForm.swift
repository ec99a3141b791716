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
    var (tags, links, slugs, at) = (0, 0, 0, 0)
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: "<"): if Self.isParagraph(bytes, at) { tags += 1 }
      case UInt8(ascii: "]"): if bytes.holds("](http", at: at) || bytes.holds("](/", at: at) { links += 1 }
      case UInt8(ascii: "^"): if at == 0 || bytes[at - 1] == 0x0A { slugs += 1 }
      default: break
      }
      at += 1
    }
    self = tags >= Self.enough ? .html : links >= Self.enough ? .markdown : slugs >= Self.enough ? .wire : .text
  }

  /// `<p>`, `</p>`, `<p class=…>`, `<br>`, `<br/>`
  private static func isParagraph(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    for tag in ["<p>", "</p>", "<p ", "<br>", "<br/", "<br ", "<P>", "</P>", "<BR>"] as [StaticString]
    where bytes.holds(tag, at: at) { return true }
    return false
  }
}
