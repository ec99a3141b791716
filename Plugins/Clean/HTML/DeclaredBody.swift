import Bytes
import StageKit

/// The text of the article as JSON-LD has it, for pages that show only a fraction of it: a script fills in the rest.
enum DeclaredBody {
  /// Bytes; what is shorter is a summary.
  private static let shortest = 400
  /// How many times what the page shows it must be.
  private static let least = 3

  /// - Parameters:
  ///   - source: the page as it came.
  ///   - found: bytes of the article on the page.
  /// - Returns: a page of the text's paragraphs; `nil` where there is none, or what was found is more than a fraction of it.
  static func page(_ source: [UInt8], _ head: PageHead, found: Int) -> Page? {
    let string = head.linkedData.body
    guard string.count >= shortest, string.count >= least * found else { return nil }
    var page = Page(bytes: [])
    var alignment = Alignment()
    let bytes = source.span
    var (at, start) = (string.start, string.start)
    func add(upTo end: Int) {
      if end <= start { return }
      let text = JSONText.unescape(bytes, ByteSpan(start, end))
      if text.isEmpty { return }
      let from = page.bytes.count
      page.bytes += text
      page.blocks.append(Block(span: ByteSpan(from, page.bytes.count), context: .paragraph))
      alignment.append(length: text.count, from: ByteSpan(start, end))
      page.bytes.append(0x0A)
      alignment.append(length: 1, from: ByteSpan(end, end))
    }
    while at < string.end, page.blocks.count < Page.mostBlocks - 1 {
      let byte = bytes[at]
      let next: UInt8 = at + 1 < string.end ? bytes[at + 1] : 0
      if byte == UInt8(ascii: "\\") {
        if next == UInt8(ascii: "n") || next == UInt8(ascii: "r") {
          add(upTo: at)
          start = at + 2
        }
        at += 2
      } else if byte == UInt8(ascii: "<"), next.isLetter || next == UInt8(ascii: "/") {
        // Tags part paragraphs; those inside a sentence are rare here.
        add(upTo: at)
        at = min(string.end, bytes.firstOffset(of: UInt8(ascii: ">"), in: Range(from: at, upTo: string.end)) + 1)
        start = at
      } else {
        at += 1
      }
    }
    add(upTo: string.end)
    page.alignment = alignment
    return page.bytes.count >= shortest && page.bytes.count >= least * found ? page : nil
  }
}
