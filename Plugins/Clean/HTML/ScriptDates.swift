import Bytes
import StageKit

/// The day of publication in what a page's scripts hold: `"datePublished": "2017-12-15T10:00:00Z"`.
struct ScriptDates {
  private var spans: [ByteSpan] = []
  private static let most = 64
  /// Bytes of all scripts that are looked at.
  private static let budget = 1 << 19

  mutating func note(_ span: ByteSpan) {
    if spans.count < Self.most, span.count > 24 { spans.append(span) }
  }

  /// What stands behind the keys that say so; `nil` where none does, or where they disagree, as in a list of stories.
  func publication(_ bytes: Span<UInt8>, deadline: Deadline) throws(StageError) -> ByteSpan? {
    var (found, left): (ByteSpan?, Int) = (nil, Self.budget)
    for span in spans {
      try deadline.check()
      var at = span.start
      let end = min(span.end, span.start + left)
      left -= end - span.start
      while at < end {
        at = bytes.firstOffset(of: UInt8(ascii: ":"), in: Range(from: at, upTo: end))
        guard at < end else { break }
        defer { at += 1 }
        guard let value = Self.value(bytes, behind: at, end), Self.isKey(bytes, before: at, span.start) else {
          continue
        }
        if let known = found, DateReader.day(bytes, known) != DateReader.day(bytes, value) { return nil }
        found = found ?? value
      }
    }
    return found
  }

  /// The string behind a colon, where it begins with a digit.
  private static func value(_ bytes: Span<UInt8>, behind colon: Int, _ end: Int) -> ByteSpan? {
    var at = colon + 1
    while at < end, bytes[at] == 0x20 { at += 1 }
    guard at + 1 < end, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"), bytes[at + 1].isDigit else {
      return nil
    }
    let (quote, start) = (bytes[at], at + 1)
    at = start
    while at < end, at - start < 40, bytes[at] != quote { at += 1 }
    guard at < end, bytes[at] == quote, DateReader.day(bytes, ByteSpan(start, at)) != nil else { return nil }
    return ByteSpan(start, at)
  }

  private static func isKey(_ bytes: Span<UInt8>, before colon: Int, _ start: Int) -> Bool {
    var end = colon
    while end > start,
      bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "\"") || bytes[end - 1] == UInt8(ascii: "'")
    {
      end -= 1
    }
    var at = end
    while at > start, end - at < 32, bytes[at - 1].isLetter || bytes[at - 1] == UInt8(ascii: "_") { at -= 1 }
    var word = WordHash.Builder()
    for offset in Range(from: at, upTo: end) where bytes[offset].isLetter { word.add(bytes[offset].lowered) }
    return keys.contains(word.hash)
  }

  private static let keys = WordSet([
    "datepublished", "publishedat", "publisheddate", "publishdate", "publicationdate", "firstpublished",
    "publishedtime",
    "firstpublishedat", "firstpublisheddate", "datepublishediso",
  ])
}
