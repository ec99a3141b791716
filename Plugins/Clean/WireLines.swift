import Bytes
import StageKit

/// The lines of raw wire (ANPA 1312) that stand over and under the text: “^BC-Bridge,0412<”, “05-05-16 1422EDT”.
struct WireLines {
  /// The text with blanks in place of the marks that such lines have, as long as it was.
  private(set) var bytes: [UInt8]
  /// Where the text begins: behind the last such line over it.
  private(set) var start = 0
  /// Where it ends: before the stamp.
  private(set) var end: Int

  init(_ source: [UInt8]) {
    bytes = source
    end = source.count
    var at = 0
    while at < source.count {
      let lineEnd = source.span.firstOffset(of: 0x0A, in: Range(from: at, upTo: source.count))
      var last = lineEnd
      while last > at, source[last - 1] <= 0x20 { last -= 1 }
      if source[at] == UInt8(ascii: "^") {
        bytes[at] = 0x20
        if last > at + 1, source[last - 1] == UInt8(ascii: "<") || source[last - 1] == UInt8(ascii: "=") {
          bytes[last - 1] = 0x20
        }
        start = lineEnd
      } else if start > 0, end == source.count, Self.isStamp(source.span, ByteSpan(at, last)) {
        end = at
      }
      at = lineEnd + 1
    }
  }

  /// “05-05-16 1422EDT”
  private static func isStamp(_ text: Span<UInt8>, _ line: ByteSpan) -> Bool {
    // “APTV-05-05-16 1422GMT”
    var start = line.start
    while start < line.end, text[start].isUpper { start += 1 }
    if start > line.start, start < line.end, text[start] == UInt8(ascii: "-") { start += 1 }
    let line = ByteSpan(start, line.end)
    guard line.count >= 15, line.count <= 24, text[line.start].isDigit else { return false }
    let digits = line.range.count { text[$0].isDigit }
    let hyphens = line.range.count { text[$0] == UInt8(ascii: "-") }
    return digits >= 10 && hyphens == 2 && !line.range.contains { text[$0].isLower }
  }
}
