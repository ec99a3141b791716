import Bytes
import Lexicon
import StageKit

// Dates that count from the day of publication: “on Tuesday”, “last month”, “three days ago”. Values are those of
// TIMEX3 (Pustejovsky et al. 2003); without a day of publication only what holds in any year.
extension DateFinder {
  func relativeDay(_ at: Int) -> Value? {
    guard let offset = Self.relativeDays[words[at].lowered] else { return nil }
    return Value(.date, at..<at + 1, published.flatMap { $0.adding(offset)?.iso })
  }

  /// “Tuesday”, “Friday, July 21, 2017”
  func weekday(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let next = at + 1 < sentence.upperBound && words[at + 1].mark == UInt8(ascii: ",") ? at + 2 : at + 1
    if next < sentence.upperBound {
      let full =
        words[next].shape.has(.number)
        ? numberFirst(next, sentence, text)
        : words[next].isCapital ? monthFirst(next, sentence, text) : nil
      if let full, full.tokens.count > 1 {
        return Value(.date, Range(from: at, upTo: full.tokens.upperBound), full.text)
      }
    }
    guard let weekday = words[at].weekday else { return nil }
    return Value(.date, at..<at + 1, self.weekday(weekday, at, sentence)?.iso ?? Self.unknownWeek(weekday))
  }

  /// The day that a weekday means at `at`: the last one, today's too, unless the sentence looks ahead.
  func weekday(_ weekday: Int, _ at: Int, _ sentence: Range<Int>) -> Day? {
    guard let published else { return nil }
    if looksAhead(at, sentence) {
      return published.adding((weekday - published.weekday + 7) % 7)
    }
    return published.adding(-((published.weekday - weekday + 7) % 7))
  }

  /// `XXXX-WXX-2`: a Tuesday of no known week.
  static func unknownWeek(_ weekday: Int) -> [UInt8] { Array("XXXX-WXX-".utf8) + Day.digits(weekday + 1, 1) }

  /// “last month”, “this week”, “next Friday”, “last May”, “next summer”
  func relative(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard at + 1 < sentence.upperBound else { return nil }
    let word = words[at].lowered
    let step = word == Self.last ? -1 : word == Self.this ? 0 : 1
    let unit = words[at + 1]
    let range = at..<at + 2
    if let day = weekdayOfMonth(at, sentence, text) { return day }
    if unit.traits.has(.weekday), unit.isCapital, let weekday = unit.weekday {
      let value = published.map { day(weekday, step, from: $0)?.iso } ?? Self.unknownWeek(weekday)
      return Value(.date, range, value)
    }
    if unit.isCapital, let month = unit.month {
      if let full = monthFirst(at + 1, sentence, text), full.tokens.count > 1 { return nil }
      let year = published.map {
        $0.year + (step < 0 ? ($0.month > month ? 0 : -1) : step > 0 && $0.month >= month ? 1 : 0)
      }
      return Value(.date, range, Self.value(inYear: year) { Day.iso(year: $0, month: month, day: nil) })
    }
    if let season = Calendar.seasons[unit.lowered] {
      let year = published.map { $0.year + seasonStep(step, season, in: $0) }
      let name = [UInt8(ascii: "-")] + season.withUTF8Buffer { Array($0) }
      return Value(.date, range, Self.value(inYear: year) { Day.iso(year: $0, month: nil, day: nil) + name })
    }
    guard let period = Self.periods[unit.lowered] else { return nil }
    // “the last year of the war” is no date of the calendar.
    if at > sentence.lowerBound, words[at - 1].lowered == Chunker.the { return nil }
    return Value(.date, range, published.flatMap { period.value(step, from: $0) })
  }

  /// - Parameter year: counted from the day of publication; `nil` where that is not known.
  /// - Returns: `nil` where the year is out of the calendar.
  private static func value(inYear year: Int?, _ write: (Int?) -> [UInt8]) -> [UInt8]? {
    year.map { Day.years.contains($0) } ?? true ? write(year) : nil
  }

  private func day(_ weekday: Int, _ step: Int, from published: Day) -> Day? {
    let back = (published.weekday - weekday + 7) % 7
    if step < 0 { return published.adding(back == 0 ? -7 : -back) }
    if step > 0 { return published.adding(7 - back) }
    return published.adding(weekday - published.weekday)
  }

  /// “last summer” in March is last year's, in October this year's.
  private func seasonStep(_ step: Int, _ season: StaticString, in published: Day) -> Int {
    let starts = Calendar.seasonStarts[WordHash(season.withUTF8Buffer { Array($0) })] ?? 1
    if step < 0 { return published.month >= starts + 3 ? 0 : -1 }
    if step > 0 { return published.month < starts ? 0 : 1 }
    return 0
  }

  /// “last Friday of this month”, “first Monday of May 2024”
  func weekdayOfMonth(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let limit = sentence.upperBound
    guard at + 3 < limit, words[at + 1].isCapital, words[at + 1].traits.has(.weekday),
      let weekday = words[at + 1].weekday,
      words[at + 2].lowered == Chunker.of || words[at + 2].lowered == Self.inWord,
      let number = words[at].lowered == Self.last ? 5 : Self.ordinals[words[at].lowered]
    else { return nil }
    var month: (year: Int?, month: Int)?
    var end = at + 4
    if let named = words[at + 3].month, words[at + 3].isCapital {
      var year: Int?
      if end < limit, let found = self.year(end, text) {
        year = found
        end += 1
      }
      month = (year ?? self.year(ofMonth: named, at, sentence), named)
    } else {
      var step = 0
      if end < limit, words[end].lowered == Self.monthWord {
        switch words[at + 3].lowered {
        case Self.last: step = -1
        case Self.this, Chunker.the: step = 0
        case Self.next: step = 1
        default: return nil
        }
        end += 1
      } else {
        return nil
      }
      month = published?.month(after: step).map { ($0.year, $0.month) }
    }
    let value = month.flatMap { month in
      month.year.flatMap { Self.day(number, weekday, year: $0, month: month.month)?.iso }
    }
    return Value(.date, Range(from: at, upTo: end), value)
  }

  /// The first … fourth such day of a month, and the last one for 5.
  private static func day(_ number: Int, _ weekday: Int, year: Int, month: Int) -> Day? {
    guard let first = Day(year: year, month: month, day: 1) else { return nil }
    let day = 1 + (weekday - first.weekday + 7) % 7
    if number < 5 { return Day(year: year, month: month, day: day + 7 * (number - 1)) }
    return Day(year: year, month: month, day: day + 28) ?? Day(year: year, month: month, day: day + 21)
  }

  /// “summer 2017”, “spring of 2015”
  func season(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let season = Calendar.seasons[words[at].lowered] else { return nil }
    let of = at + 1 < sentence.upperBound && words[at + 1].lowered == Chunker.of ? at + 2 : at + 1
    guard of < sentence.upperBound, let year = year(of, text) else { return nil }
    let value = Day.digits(year, 4) + [UInt8(ascii: "-")] + season.withUTF8Buffer { Array($0) }
    return Value(.date, Range(from: at, upTo: of + 1), value)
  }

  /// “first quarter of 2017”, “second half of 2016”, “third quarter”
  func quarter(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let number = Self.ordinals[words[at].lowered], at + 1 < sentence.upperBound else { return nil }
    if let day = weekdayOfMonth(at, sentence, text) { return day }
    let isHalf = words[at + 1].lowered == Self.half
    guard words[at + 1].lowered == Self.quarter || isHalf && number < 3 else { return nil }
    let of = at + 2 < sentence.upperBound && words[at + 2].lowered == Chunker.of ? at + 3 : at + 2
    let year = of < sentence.upperBound ? self.year(of, text) : nil
    // “the third quarter” is a part of a match or of a month too: a year, or a firm's results, must say what it is.
    guard let year else { return nil }
    let name = Array((isHalf ? "-H" : "-Q").utf8) + Day.digits(number, 1)
    return Value(.date, Range(from: at, upTo: of + 1), Day.digits(year, 4) + name)
  }

  /// “a year ago”
  func periodAgo(_ at: Int, _ sentence: Range<Int>) -> Value? {
    guard at + 2 < sentence.upperBound, words[at + 2].lowered == Self.agoWord, words[at].number == nil,
      let period = Self.periods[words[at + 1].lowered] ?? (words[at + 1].lowered == Self.day ? .day : nil)
    else { return nil }
    return Value(.date, at..<at + 3, published.flatMap { period.value(-1, from: $0) })
  }

  /// “three days ago”, of the amount before “ago”.
  func ago(_ amount: Value, _ sentence: Range<Int>) -> Value? {
    let end = amount.tokens.upperBound
    guard amount.kind == .quantity, end < sentence.upperBound, words[end].lowered == Self.agoWord,
      let count = amount.amount, count == count.rounded(), count < 10_000,
      let period = Self.periods[words[end - 1].lowered] ?? (Self.days.contains(words[end - 1].lowered) ? .day : nil)
    else { return nil }
    let tokens = Range(from: amount.tokens.lowerBound, upTo: end + 1)
    return Value(.date, tokens, published.flatMap { period.value(-Int(count), from: $0) })
  }
}

// The year of a date that does not name it.
extension DateFinder {
  /// News tells of what was rather than of what comes: half a year ahead is the year before, three quarters of one back the
  /// year after.
  private static let (mostDaysAhead, mostDaysBack) = (183, 275)

  /// The year of publication, but for days that are far nearer in the year before or after; `nil` where that year has no
  /// such day.
  func year(of month: Int, _ day: Int, _ at: Int, _ sentence: Range<Int>) -> Int? {
    guard let published, let same = Day(year: published.year, month: month, day: day) else { return nil }
    let distance = same.ordinal - published.ordinal
    let step =
      looksAhead(at, sentence)
      ? (distance < 0 ? 1 : 0) : distance > Self.mostDaysAhead ? -1 : distance < -Self.mostDaysBack ? 1 : 0
    return Day(year: published.year + step, month: month, day: day)?.year
  }

  /// The same for a month: the last one, unless the sentence looks ahead.
  func year(ofMonth month: Int, _ at: Int, _ sentence: Range<Int>) -> Int? {
    guard let published else { return nil }
    let step = looksAhead(at, sentence) ? (month < published.month ? 1 : 0) : month - published.month > 3 ? -1 : 0
    return Day(year: published.year + step, month: month, day: 1)?.year
  }

  /// Whether a word shortly before says that this is still to come: “will meet on Friday”.
  private func looksAhead(_ at: Int, _ sentence: Range<Int>) -> Bool {
    var before = at
    while before > sentence.lowerBound, at - before < 12 {
      before -= 1
      let word = words[before]
      if word.mark != 0, !word.shape.has(.hyphen) { return false }
      if Self.aheads.contains(word.lowered) { return true }
      if Self.pasts.contains(word.lowered) { return false }
    }
    return false
  }

  private static let aheads = WordSet([
    "will", "'ll", "shall", "would", "due", "scheduled", "expected", "slated", "set", "plans", "planned", "upcoming",
    "forthcoming", "coming",
  ])
  private static let pasts = WordSet([
    "said", "told", "was", "were", "had", "did", "announced", "reported", "met", "died", "killed", "began", "came",
  ])
}

/// A stretch of the calendar that “last” and “ago” count in.
enum Period: Sendable {
  case day, week, weekend, month, quarter, year, decade

  /// The one so many steps after that of `published`; `nil` where that is out of the calendar.
  ///
  /// - Parameter steps: at most some ten thousand either way.
  func value(_ steps: Int, from published: Day) -> [UInt8]? {
    switch self {
    case .day: return published.adding(steps)?.iso
    case .week: return published.adding(steps * 7)?.isoWeek
    case .weekend: return published.adding(steps * 7)?.isoWeek.map { $0 + Array("-WE".utf8) }
    case .month: return published.month(after: steps).map { Day.iso(year: $0.year, month: $0.month, day: nil) }
    case .quarter:
      return published.month(after: steps * 3).map {
        Day.digits($0.year, 4) + Array("-Q".utf8) + Day.digits(($0.month - 1) / 3 + 1, 1)
      }
    case .year: return published.month(after: steps * 12).map { Day.digits($0.year, 4) }
    case .decade: return published.month(after: steps * 120).map { Day.digits($0.year / 10, 3) + [UInt8(ascii: "X")] }
    }
  }
}

extension DateFinder {
  static let relativeDays = WordTable<Int>([("yesterday", -1), ("today", 0), ("tomorrow", 1)])
  private static let periods = WordTable<Period>(
    [
      ("week", .week), ("weeks", .week), ("weekend", .weekend), ("month", .month), ("months", .month),
      ("quarter", .quarter), ("year", .year), ("years", .year), ("decade", .decade), ("decades", .decade),
    ])
  private static let ordinals = WordTable<Int>([("first", 1), ("second", 2), ("third", 3), ("fourth", 4)])
  private static let days = WordSet(["day", "days"])
  private static let last = WordHash("last".utf8)
  private static let next = WordHash("next".utf8)
  private static let inWord = WordHash("in".utf8)
  private static let monthWord = WordHash("month".utf8)
  private static let this = WordHash("this".utf8)
  private static let day = WordHash("day".utf8)
  private static let half = WordHash("half".utf8)
  private static let quarter = WordHash("quarter".utf8)
  private static let agoWord = WordHash("ago".utf8)
}

extension Calendar {
  /// First months, by the season's TIMEX3 name. Winter is that of the year's end.
  fileprivate static let seasonStarts = WordTable<Int>([("SP", 3), ("SU", 6), ("FA", 9), ("WI", 12)])
}
