import Bytes
import StageKit

/// Wire lead-ins: “MOSCOW (Sputnik) —”, “Moscow, SANA –”, “(Reuters) -”, “MOSCOW, May 8. /TASS/.”.
///
/// Two agencies put different ones before one report, so they must not count. Found by shape alone, so that a text
/// gives the same fingerprint whatever stages ran before.
enum LeadIn {
  /// A lead-in is no longer than this, in bytes.
  private static let longest = 100
  private static let mostWords = 9
  /// What must follow the dash on the line for it to open a report, in bytes: “… - AP” closes a headline.
  private static let shortestReport = 24
  /// The same behind “(Agency) —”, which closes none: a space and a letter.
  private static let shortestAfterAgency = 2

  /// Where the report begins after all lead-ins that stand at `start`, or `start` where there is none.
  static func end(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    // A copy may put its own before the one it took over.
    for _ in 0..<3 {
      guard let next = single(bytes, from: end) else { break }
      end = next
    }
    return end
  }

  private static func single(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var at = start
    while at < bytes.count, bytes[at].isBlank { at += 1 }
    let limit = min(bytes.count, at + longest)
    var words = 0, lowerWords = 0
    var isNamed = false  // A mark that this is more than a capitalised word before a dash.
    var isAgencyLast = false
    while at < limit {
      switch bytes[at] {
      case 0x20, 0x09: at += 1
      case 0xC2:
        guard at + 1 < limit, bytes[at + 1] == 0xA0 else { return nil }
        at += 2
      case UInt8(ascii: ","):
        if words == 0 { return nil }
        isNamed = true
        at += 1
      case UInt8(ascii: "."): at += 1
      case UInt8(ascii: "("), UInt8(ascii: "/"):
        guard let close = closing(bytes, from: at, limit: limit) else { return nil }
        let isSlash = bytes[at] == UInt8(ascii: "/")
        isNamed = true
        isAgencyLast = !isSlash
        at = close + 1
        if isSlash, at < limit, bytes[at] == UInt8(ascii: "."), opensReport(bytes, at + 1) { return at + 1 }
      case UInt8(ascii: "-"), 0xE2:
        let shortest = isAgencyLast && bytes[at] == 0xE2 ? shortestAfterAgency : shortestReport
        guard isNamed, let end = dash(bytes, at, limit: limit), opensReport(bytes, end, shortest) else { return nil }
        return end
      default:
        guard let word = self.word(bytes, from: at, limit: limit) else { return nil }
        if word.isLower { lowerWords += 1 }
        if word.isUpper { isNamed = true }
        words += 1
        isAgencyLast = false
        if words > mostWords || lowerWords > 1 || (word.isLower && words == 1) { return nil }
        at = word.end
      }
    }
    return nil
  }

  private static func closing(_ bytes: Span<UInt8>, from open: Int, limit: Int) -> Int? {
    let close = bytes[open] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "/")
    var at = open + 1
    while at < limit, at - open < 48 {
      if bytes[at] == close { return at > open + 1 ? at : nil }
      if bytes[at] == 0x0A { return nil }
      at += 1
    }
    return nil
  }

  /// The end of the dash at `at`: “—”, “–”, “--”, or a hyphen with a space behind it.
  private static func dash(_ bytes: Span<UInt8>, _ at: Int, limit: Int) -> Int? {
    if bytes[at] == 0xE2 {
      guard at + 2 < limit, bytes[at + 1] == 0x80, bytes[at + 2] == 0x93 || bytes[at + 2] == 0x94 else { return nil }
      return at + 3
    }
    var end = at + 1
    while end < limit, bytes[end] == UInt8(ascii: "-") { end += 1 }
    guard end < limit, bytes[end] == 0x20 || bytes[end] == 0xC2 else { return nil }
    return end
  }

  private static func opensReport(_ bytes: Span<UInt8>, _ end: Int, _ shortest: Int = shortestReport) -> Bool {
    guard end + shortest <= bytes.count else { return false }
    for at in Range(from: end, upTo: end + shortest) where bytes[at] == 0x0A { return false }
    return true
  }

  /// One word, with the hyphens inside it. The case of a word that is not all ASCII does not matter.
  private static func word(
    _ bytes: Span<UInt8>, from start: Int, limit: Int
  ) -> (end: Int, isUpper: Bool, isLower: Bool)? {
    var at = start
    var upper = 0, lower = 0
    while at < limit {
      switch bytes[at] {
      case 0x41...0x5A: upper += 1
      case 0x61...0x7A: lower += 1
      case 0x30...0x39, 0x80...0xC1, 0xC3...0xE1, 0xE3...: break
      case UInt8(ascii: "-") where at > start && at + 1 < limit && bytes[at + 1] != 0x20 && bytes[at + 1] != 0x2D: break
      case UInt8(ascii: "'") where at > start: break
      default:
        return at > start ? (at, upper > 2 && lower == 0, bytes[start].isLower) : nil
      }
      at += 1
    }
    return nil
  }
}
