import Bytes
import StageKit

/// What agencies and papers put under the end of a text, and where they part it: “Enditem”, “-30-”, “___”, “* * *”.
enum EndMark {
  /// Whether a line is nothing else.
  static func isOne(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    guard span.count <= longest, !span.isEmpty else { return false }
    var (signs, letters) = (0, 0)
    for at in span.range {
      switch bytes[at] {
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "="),
        UInt8(ascii: "~"):
        signs += 1
      case 0x20, 0x09: break
      default: letters += 1
      }
    }
    if letters == 0 { return signs >= 3 }
    return words.contains(bytes, ByteSpan(span.start, span.end)) || words.contains(bytes, inner(bytes, span))
  }

  /// Where the text ends without the mark that stands behind its last full stop; `nil` where there is none.
  static func start(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Int? {
    var at = span.end
    while at > span.start, span.end - at < longest, bytes[at - 1] != 0x20, bytes[at - 1] != 0x0A { at -= 1 }
    let mark = ByteSpan(at, span.end)
    guard at > span.start, at < span.end, words.contains(bytes, mark) || words.contains(bytes, inner(bytes, mark))
    else {
      return nil
    }
    // “Item ends”
    let first = ByteSpan(max(span.start, at - longestKind - 1), at).trimmed(in: bytes)
    for kind in kinds where first.count >= kind.utf8CodeUnitCount {
      let start = first.end - kind.utf8CodeUnitCount
      if bytes.holds(kind, at: start) { at = start }
    }
    while at > span.start, bytes[at - 1] <= 0x20 { at -= 1 }
    guard at > span.start else { return nil }
    switch bytes[at - 1] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\""), 0x9D: return at
    default: return nil
    }
  }

  /// Without brackets, dashes and a full stop around it.
  private static func inner(_ bytes: Span<UInt8>, _ span: ByteSpan) -> ByteSpan {
    var (start, end) = (span.start, span.end)
    while start < end, !bytes[start].isLetter, !bytes[start].isDigit { start += 1 }
    while end > start, !bytes[end - 1].isLetter, !bytes[end - 1].isDigit { end -= 1 }
    return ByteSpan(start, end)
  }

  private static let longest = 24
  private static let words = WordSet([
    "Enditem", "enditem", "ENDITEM", "Endit", "ENDS", "Ends", "(Ends)", "ends-", "(END)", "END", "-30-", "EOM", "ENDS/",
    "(ends)", "/ends", "/ENDS", "ends.", "ends", "(more)", "(MORE)", "-more-", "- more -", "--more--", "- 30 -",
    "--30--",
    "Item ends", "Report ends", "Message ends", "Fin", "FIN", "(Fin)", "(FIN)", "(Ende)", "Koniec",
  ])
  /// What may stand before “ends”.
  private static let kinds: [StaticString] = ["Item", "Report", "Message", "Text"]
  private static let longestKind = 7
}
