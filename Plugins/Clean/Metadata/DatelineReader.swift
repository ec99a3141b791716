import Bytes
import Lexicon
import StageKit

/// Reads the dateline that opens a report: “MOSCOW (Sputnik) —”, “Moscow, SANA –”, “LONDON, May 4 (Reuters) -”.
enum DatelineReader {
  private static let furthestDash = 120

  /// The dateline at the start of the paragraph.
  static func read(_ bytes: Span<UInt8>, _ paragraph: ByteSpan) -> Article.Dateline? {
    let limit = min(paragraph.end, paragraph.start + furthestDash)
    var groups: [ByteSpan] = []
    var agency: ByteSpan?
    var (at, groupStart) = (paragraph.start, paragraph.start)
    func close(_ end: Int) {
      var (low, high) = (groupStart, end)
      while low < high, let length = spaceLength(bytes, low) { low += length }
      while high > low, let length = spaceLength(bytes, UTF8Scalar.start(before: high, in: bytes)) { high -= length }
      if low < high { groups.append(ByteSpan(low, high)) }
    }
    while at < limit {
      let byte = bytes[at]
      if byte == UInt8(ascii: ",") {
        close(at)
        at += 1
        groupStart = at
      } else if byte == UInt8(ascii: "(") {
        guard agency == nil else { return nil }
        close(at)
        let start = at + 1
        while at < limit, bytes[at] != UInt8(ascii: ")") { at += 1 }
        guard at < limit, at - start >= 2, at - start <= 48 else { return nil }
        agency = ByteSpan(start, at)
        at += 1
        groupStart = at
      } else if let length = dash(bytes, at, limit, afterSpace: at > paragraph.start && bytes[at - 1] == 0x20) {
        close(at)
        return dateline(bytes, groups, agency, ByteSpan(paragraph.start, at + length), isLong: byte >= 0x80)
      } else if isEndOfSentence(bytes, at, limit) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ":") {
        return nil
      } else {
        at += UTF8Scalar.length(first: byte)
      }
    }
    return nil
  }

  /// Bytes of the dash that closes a dateline; a hyphen only where white space follows it.
  private static func dash(_ bytes: Span<UInt8>, _ at: Int, _ limit: Int, afterSpace: Bool) -> Int? {
    if bytes[at] == 0xE2, at + 2 < limit, bytes[at + 1] == 0x80 {
      return bytes[at + 2] >= 0x92 && bytes[at + 2] <= 0x95 ? 3 : nil
    }
    guard bytes[at] == UInt8(ascii: "-"), at + 1 < limit else { return nil }
    if bytes[at + 1] == UInt8(ascii: "-") { return 2 }
    return bytes[at + 1] == 0x20 ? 1 : nil
  }

  /// A full stop after a lower-case letter, unless it closes the abbreviation of a month or a state.
  private static func isEndOfSentence(_ bytes: Span<UInt8>, _ at: Int, _ limit: Int) -> Bool {
    guard bytes[at] == UInt8(ascii: "."), at + 1 < limit, bytes[at + 1] == 0x20 else { return false }
    var start = at
    while start > 0, bytes[start - 1].isLetter { start -= 1 }
    return at - start > 5
  }

  private static func dateline(
    _ bytes: Span<UInt8>, _ groups: [ByteSpan], _ parenthesis: ByteSpan?, _ span: ByteSpan, isLong: Bool
  ) -> Article.Dateline? {
    guard let first = groups.first, isPlace(bytes, first) else { return nil }
    var place = first
    var agency = parenthesis
    var (date, hasDate): ([UInt8]?, Bool) = (nil, false)
    for (index, group) in groups.enumerated().dropFirst() {
      if let day = DateReader.day(bytes, group) {
        (date, hasDate) = (day.iso, true)
      } else if isDay(bytes, group) {
        // A year may stand in a group of its own: “May 4, 2017”.
        hasDate = true
        if index + 1 < groups.count, let day = DateReader.day(bytes, ByteSpan(group.start, groups[index + 1].end)) {
          date = day.iso
        }
      } else if hasDate, group.count == 4, bytes[group.start] <= 0x39 {
        continue
      } else if agency == nil, index == groups.count - 1, isAgency(bytes, group) {
        agency = group
      } else if isPlace(bytes, group), !hasDate, agency != group, index <= 2 {
        place = ByteSpan(place.start, group.end)
      } else {
        return nil
      }
    }
    // A place and a dash alone are a dateline where the place stands in capitals, or is short and the dash is long.
    let isCapital = isCapitals(bytes, first)
    let words = place.range.count(where: { bytes[$0] == 0x20 }) + 1
    guard agency != nil || hasDate || (isCapital && first.count >= 3) || (isLong && words <= 2) else { return nil }
    return Article.Dateline(
      place: copy(bytes, place), agency: agency.map { copy(bytes, $0) }, date: date, span: span)
  }

  private static func copy(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [UInt8] { span.range.map { bytes[$0] } }

  /// One to four words that start with capitals, or join such words.
  private static func isPlace(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    var (at, words) = (span.start, 0)
    while at < span.end {
      var end = at
      while end < span.end, !bytes[end].isBlank { end += 1 }
      let word = ByteSpan(at, end)
      let (value, _) = UTF8Scalar.decode(bytes, at: at)
      if !UTF8Scalar.isUpper(value), words == 0 || !joiners.contains(bytes, word) { return false }
      if words == 0, Lexicon.english.has(.sentenceBeforeDash, lowered: bytes, word) { return false }
      if words == 0, Lexicon.english.has([.running, .anyWeekday, .anyMonth], lowered: bytes, word) { return false }
      words += 1
      at = end
      while at < span.end, bytes[at].isBlank { at += 1 }
    }
    return words >= 1 && words <= 4 && span.count <= 40
  }

  private static let joiners = WordSet([
    "of", "de", "da", "do", "del", "el", "al", "la", "the", "on", "upon", "and", "in",
  ])

  /// “May 4”, “4 May”: a month and a number.
  private static func isDay(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    let facts = BlockFacts(bytes, span)
    return facts.months == 1 && facts.digits >= 1 && facts.digits <= 2 && facts.words <= 3
  }

  private static func isAgency(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    Lexicon.english.has(.agency, lowered: bytes, span)
      || (isCapitals(bytes, span) && span.count >= 2 && span.count <= 7 && !hasStop(bytes, span))
  }

  private static func hasStop(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    span.range.contains { bytes[$0] == UInt8(ascii: ".") || bytes[$0] == 0x20 }
  }

  private static func isCapitals(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    span.range.contains { bytes[$0].isUpper }
      && !span.range.contains { bytes[$0].isLower }
  }
}
