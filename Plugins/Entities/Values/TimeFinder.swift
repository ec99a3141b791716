import Bytes
import StageKit

/// Finds times of day: “5:30 p.m.”, “17:30 GMT”, “18h00”, “noon”, “Monday morning”, “last night”.
struct TimeFinder {
  let words: [Word]
  let tokens: [Token]
  let dates: DateFinder

  func numberFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    guard span.count <= 5, at + 1 < sentence.upperBound else { return nil }
    let limit = sentence.upperBound
    let next = words[at + 1].lowered
    if let (hour, minute, hasColon) = clock(span, text) {
      if let isAfternoon = Self.meridiems[next] {
        guard (1...12).contains(hour) else { return nil }
        return time(at..<at + 2, hour % 12 + (isAfternoon ? 12 : 0), minute, limit, text)
      }
      if next == Self.oclock, (1...12).contains(hour) { return Value(.time, at..<at + 2, nil) }
      if hasColon,
        span.count == 5 || Self.zones[words[at + 1].form] != nil || Self.hours.contains(next)
          || isAfterTimeWord(at, sentence)
      {
        // “18:00 hrs”
        return time(Range(from: at, upTo: Self.hours.contains(next) ? at + 2 : at + 1), hour, minute, limit, text)
      }
    }
    // “18h00”
    if span.count > 3, text[span.end - 3] == UInt8(ascii: "h"),
      let hour = dates.number(ByteSpan(span.start, span.end - 3), text), hour < 24,
      let minute = dates.number(ByteSpan(span.end - 2, span.end), text), minute < 60
    {
      return time(at..<at + 1, hour, minute, limit, text)
    }
    // “1800 hrs”, “0630 hours”
    if span.count == 4, Self.hours.contains(next), let number = dates.number(span, text), number < 2400,
      number % 100 < 60, text[span.start] == UInt8(ascii: "0") || isAfterHourWord(at, sentence)
    {
      return time(at..<at + 2, number / 100, number % 100, limit, text)
    }
    // “1201 GMT”
    if span.count == 4, Self.zones[words[at + 1].form] != nil, let number = dates.number(span, text), number < 2400,
      number % 100 < 60
    {
      return time(at..<at + 1, number / 100, number % 100, limit, text)
    }
    return nil
  }

  /// “noon”, “midnight”, “tonight”
  func namedHour(_ at: Int) -> Value? {
    if words[at].lowered == Self.tonight {
      return Value(.time, at..<at + 1, (dates.published?.iso ?? []) + Array("TNI".utf8))
    }
    let isMidnight = words[at].lowered == Self.midnight
    return Value(.time, at..<at + 1, Array((isMidnight ? "T24:00" : "T12:00").utf8))
  }

  /// “Monday morning”, “yesterday evening”, “last night”, “this afternoon”
  func partOfDay(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard at + 1 < sentence.upperBound, words[at + 1].shape.has(.lower),
      let part = Calendar.partsOfDay[words[at + 1].lowered]
    else { return nil }
    let word = words[at]
    var day: [UInt8]? = []
    if let weekday = word.weekday {
      day = dates.weekday(weekday, at, sentence)?.iso ?? DateFinder.unknownWeek(weekday)
    } else {
      let offset = DateFinder.relativeDays[word.lowered] ?? (word.lowered == Self.last ? -1 : 0)
      if word.lowered == Self.next || word.lowered == Self.coming { return nil }
      if let published = dates.published { day = published.adding(offset)?.iso }
    }
    return Value(.time, at..<at + 2, day.map { $0 + part.withUTF8Buffer { Array($0) } })
  }

  /// “5”, “5:30”, “5.30”
  private func clock(_ span: ByteSpan, _ text: Span<UInt8>) -> (hour: Int, minute: Int, hasColon: Bool)? {
    var mark: Int?
    for at in span.range where text[at] == UInt8(ascii: ":") || text[at] == UInt8(ascii: ".") {
      if mark != nil { return nil }
      mark = at
    }
    guard let hour = dates.number(ByteSpan(span.start, mark ?? span.end), text), hour < 24 else { return nil }
    guard let mark else { return span.count <= 2 ? (hour, 0, false) : nil }
    guard span.end - mark == 3, let minute = dates.number(ByteSpan(mark + 1, span.end), text), minute < 60 else {
      return nil
    }
    return (hour, minute, text[mark] == UInt8(ascii: ":"))
  }

  /// With the zone behind it, where one is.
  private func time(
    _ range: Range<Int>, _ hour: Int, _ minute: Int, _ limit: Int, _ text: Span<UInt8>
  ) -> Value {
    var value = [UInt8(ascii: "T")] + Day.digits(hour, 2) + [UInt8(ascii: ":")] + Day.digits(minute, 2)
    var end = range.upperBound
    if end < limit, let zone = Self.zones[words[end].form] {
      value += zone.withUTF8Buffer { Array($0) }
      end += 1
    } else if end + 2 < limit, words[end].mark == UInt8(ascii: "("), let zone = Self.zones[words[end + 1].form],
      words[end + 2].mark == UInt8(ascii: ")")
    {
      value += zone.withUTF8Buffer { Array($0) }
      end += 3
    } else {
      end = placeTime(end, limit) ?? end
    }
    return Value(.time, Range(from: range.lowerBound, upTo: end), value)
  }

  /// The end of “local time”, “Moscow time”, “Eastern Standard Time”, “Eastern”.
  private func placeTime(_ at: Int, _ limit: Int) -> Int? {
    var end = at
    while end < limit, end < at + Self.longestPlace,
      words[end].isCapital || end == at && words[end].lowered == Self.local
    {
      end += 1
      if words[end - 1].lowered == Self.timeWord { return end - 1 > at ? end : nil }
    }
    if end > at, end < limit, words[end].lowered == Self.timeWord { return end + 1 }
    return at < limit && words[at].isCapital && Self.regions.contains(words[at].lowered) ? at + 1 : nil
  }

  /// Words: “New South Wales time”.
  private static var longestPlace: Int { 4 }

  private func isAfterHourWord(_ at: Int, _ sentence: Range<Int>) -> Bool {
    at > sentence.lowerBound && Self.hourWords.contains(words[at - 1].lowered)
  }

  private func isAfterTimeWord(_ at: Int, _ sentence: Range<Int>) -> Bool {
    at > sentence.lowerBound && Self.timeWords.contains(words[at - 1].lowered)
  }

  /// Whether it is after noon.
  private static let meridiems = WordTable<Bool>(
    [("am", false), ("a.m.", false), ("a.m", false), ("pm", true), ("p.m.", true), ("p.m", true)])
  /// Distance from UTC as ISO 8601 writes it; empty where the letters stand for several.
  private static let zones = WordTable<StaticString>(
    [
      ("GMT", "Z"), ("UTC", "Z"), ("BST", "+01:00"), ("CET", "+01:00"), ("CEST", "+02:00"), ("EST", "-05:00"),
      ("EDT", "-04:00"), ("CDT", "-05:00"), ("MST", "-07:00"), ("MDT", "-06:00"), ("PST", "-08:00"),
      ("PDT", "-07:00"), ("MSK", "+03:00"), ("JST", "+09:00"), ("ET", ""), ("CT", ""), ("PT", ""), ("CST", ""),
      ("IST", ""), ("AEST", "+10:00"), ("AEDT", "+11:00"), ("AWST", "+08:00"), ("ACST", "+09:30"), ("NZST", "+12:00"),
      ("NZDT", "+13:00"), ("KST", "+09:00"), ("PKT", "+05:00"), ("SGT", "+08:00"), ("HKT", "+08:00"), ("PHT", "+08:00"),
      ("MYT", "+08:00"), ("WIB", "+07:00"), ("ICT", "+07:00"), ("EAT", "+03:00"), ("CAT", "+02:00"), ("SAST", "+02:00"),
      ("WAT", "+01:00"), ("EET", "+02:00"), ("EEST", "+03:00"), ("WET", "+00:00"), ("BRT", "-03:00"), ("ART", "-03:00"),
      ("AKST", "-09:00"), ("HST", "-10:00"), ("Z", "Z"), ("MT", ""),
    ])
  private static let hours = WordSet(["hrs", "hrs.", "hours", "hr"])
  /// Before these words a number of four digits and “hrs” may be a length of time: they are left out here.
  private static let hourWords = WordSet([
    "at", "by", "from", "until", "till", "before", "after", "since", "between", "to", "and",
  ])
  private static let regions = WordSet(["eastern", "central", "pacific"])
  private static let timeWords = WordSet([
    "at", "by", "from", "until", "till", "around", "about", "before", "after", "since", "to",
  ])
  private static let oclock = WordHash("o'clock".utf8)
  private static let tonight = WordHash("tonight".utf8)
  private static let midnight = WordHash("midnight".utf8)
  private static let last = WordHash("last".utf8)
  private static let next = WordHash("next".utf8)
  private static let coming = WordHash("coming".utf8)
  private static let local = WordHash("local".utf8)
  private static let timeWord = WordHash("time".utf8)
}
