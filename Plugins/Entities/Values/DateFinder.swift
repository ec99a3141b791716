import Bytes
import Lexicon
import StageKit

/// Finds dates that name their month, day or year: “May 4, 2017”, “4 May”, “in 2017”, “the 1980s”.
struct DateFinder {
  let words: [Word]
  let tokens: [Token]
  /// When the article was published, where that is known.
  let published: Day?

  func monthFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let month = words[at].month else { return nil }
    let limit = sentence.upperBound
    if at + 1 < limit, let day = dayNumber(at + 1, text) {
      var end = at + 2
      let last = lastDay(after: day, &end, limit, text)
      var year: Int?
      let afterComma = end < limit && words[end].mark == UInt8(ascii: ",") ? end + 1 : end
      if afterComma < limit, let found = self.year(afterComma, text) {
        year = found
        end = afterComma + 1
      }
      return dated(Range(from: at, upTo: end), year, month, day, until: last, sentence)
    }
    let of = at + 1 < limit && words[at + 1].lowered == Chunker.of ? at + 2 : at + 1
    if of < limit, let year = year(of, text) {
      return Value(.date, Range(from: at, upTo: of + 1), Day.iso(year: year, month: month, day: nil))
    }
    // “October, 1994”
    if at + 2 < limit, words[at + 1].mark == UInt8(ascii: ","), let year = year(at + 2, text), isRecent(year),
      at + 3 == limit || words[at + 3].mark != 0
    {
      return Value(.date, Range(from: at, upTo: at + 3), Day.iso(year: year, month: month, day: nil))
    }
    guard isMonthAlone(at, sentence) else { return nil }
    return Value(.date, at..<at + 1, Day.iso(year: year(ofMonth: month, at, sentence), month: month, day: nil))
  }

  /// The later day of “5-6”, “5 to 6”, or of two that follow each other, “5 and 6”.
  private func lastDay(after day: Int, _ end: inout Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    guard end + 1 < limit, let until = dayNumber(end + 1, text), until > day else { return nil }
    let isPair = Self.pairs.contains(words[end].lowered) || words[end].mark == UInt8(ascii: "&")
    guard isDash(end, text) || words[end].lowered == Self.to || isPair && until == day + 1 else { return nil }
    // “on May 5 and 6 others”
    if isPair, end + 2 < limit, words[end + 2].shape.has(.plain), !words[end + 2].isPreposition,
      !words[end + 2].traits.has([.month, .joiner])
    {
      return nil
    }
    end += 2
    return until
  }

  /// Alone a month is a date where a preposition says so, or another month beside it: “March” and “May” are words too, and
  /// “June” is a name.
  private func isMonthAlone(_ at: Int, _ sentence: Range<Int>) -> Bool {
    if Self.plainMonths.contains(words[at].lowered) { return true }
    guard at > sentence.lowerBound else { return false }
    if Self.monthPrepositions.contains(words[at - 1].lowered) { return true }
    let isBesideMonth = { (word: Int, month: Int) in
      sentence.contains(word) && sentence.contains(month)
        && (Self.pairs.contains(words[word].lowered) || words[word].lowered == Self.to
          || words[word].mark == UInt8(ascii: ","))
        && words[month].month != nil && words[month].isCapital
    }
    return isBesideMonth(at - 1, at - 2) || isBesideMonth(at + 1, at + 2)
  }

  func numberFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    let limit = sentence.upperBound
    if span.count >= 8, let value = numeric(span, text) { return Value(.date, at..<at + 1, value) }
    if let value = numberedQuarter(at, sentence, text) ?? season(span, text).map({ Value(.date, at..<at + 1, $0) }) {
      return value
    }
    if let day = dayNumber(at, text), at + 1 < limit {
      var end = at + 1
      let last = lastDay(after: day, &end, limit, text)
      // “24th day of November”
      if end + 1 < limit, words[end].lowered == Self.dayWord, words[end + 1].lowered == Chunker.of { end += 1 }
      let of = end < limit && words[end].lowered == Chunker.of ? end + 1 : end
      if of < limit, words[of].isCapital, let month = words[of].month {
        end = of + 1
        var year: Int?
        let afterComma = end < limit && words[end].mark == UInt8(ascii: ",") ? end + 1 : end
        if afterComma < limit, let found = self.year(afterComma, text), afterComma == end || isRecent(found) {
          year = found
          end = afterComma + 1
        }
        return dated(Range(from: at, upTo: end), year, month, day, until: last, sentence)
      }
    }
    if let value = decadeOrCentury(at, sentence, text) { return value }
    return yearAlone(at, sentence, text)
  }

  /// “1980s”, “19th century”
  private func decadeOrCentury(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    if span.count == 5, text[span.end - 1] == UInt8(ascii: "s"),
      let decade = number(ByteSpan(span.start, span.end - 1), text), decade % 10 == 0, (1000...2090).contains(decade)
    {
      return Value(.date, at..<at + 1, Day.digits(decade / 10, 3) + [UInt8(ascii: "X")])
    }
    if span.count == 4, text[span.end - 1] == UInt8(ascii: "h"), at + 1 < sentence.upperBound,
      words[at + 1].lowered == Self.century, let century = number(ByteSpan(span.start, span.start + 2), text),
      century > 9
    {
      return Value(.date, at..<at + 2, Day.digits(century - 1, 2) + Array("XX".utf8))
    }
    return nil
  }

  func isPlural(_ at: Int, _ text: Span<UInt8>) -> Bool {
    let span = tokens[at].span
    return span.count > 3 && text[span.end - 1] == UInt8(ascii: "s") && text[span.end - 2] != UInt8(ascii: "s")
      && !Self.singulars.contains(words[at].lowered)
  }

  private func dated(
    _ range: Range<Int>, _ known: Int?, _ month: Int, _ day: Int, until last: Int?, _ sentence: Range<Int>
  ) -> Value {
    let year = known ?? year(of: month, day, range.lowerBound, sentence)
    return Value(.date, range, Self.days(year, month, day, until: last))
  }

  /// `2017-05-04`, `2017-05-04/2017-05-06`, `XXXX-05-04`; `nil` where the calendar has no such day: “June 31”,
  /// “February 29, 2017”.
  ///
  /// - Parameter last: after `day`.
  private static func days(_ year: Int?, _ month: Int, _ day: Int, until last: Int?) -> [UInt8]? {
    guard Day(year: year ?? leapYear, month: month, day: last ?? day) != nil else { return nil }
    let first = Day.iso(year: year, month: month, day: day)
    return last.map { first + [UInt8(ascii: "/")] + Day.iso(year: year, month: month, day: $0) } ?? first
  }

  /// Has every day that a year may have.
  private static let leapYear = 2000

  /// “2017-05-08”; “21/7/2017” and “7/21/2017”, where one number is too large for a month.
  private func numeric(_ span: ByteSpan, _ text: Span<UInt8>) -> [UInt8]? {
    guard span.count <= 10 else { return nil }
    if span.count == 10, let day = Day(iso: Array(span.range.map { text[$0] })) { return day.iso }
    var parts: [Int] = []
    var start = span.start
    for at in Range(from: span.start, upTo: span.end + 1)
    where at == span.end || text[at] == UInt8(ascii: "/") || text[at] == 0x2E {
      guard at > start, let part = number(ByteSpan(start, at), text) else { return nil }
      parts.append(part)
      start = at + 1
    }
    guard parts.count == 3, (1900...2100).contains(parts[2]) else { return nil }
    let (first, second) = (parts[0], parts[1])
    if first > 12 || first == second { return Day(year: parts[2], month: second, day: first)?.iso }
    if second > 12 { return Day(year: parts[2], month: first, day: second)?.iso }
    return (1...12).contains(first) && (1...12).contains(second) ? Day.digits(parts[2], 4) + Array("-XX-XX".utf8) : nil
  }

  /// “4”, “4th”
  func dayNumber(_ at: Int, _ text: Span<UInt8>) -> Int? {
    guard words[at].shape.has(.number) else { return nil }
    let span = tokens[at].span
    var end = span.end
    if span.count > 2, text[end - 1] >= 0x61 { end -= 2 }
    guard end - span.start <= 2, end > span.start, let day = number(ByteSpan(span.start, end), text),
      (1...31).contains(day)
    else { return nil }
    return day
  }

  func year(_ at: Int, _ text: Span<UInt8>) -> Int? {
    let span = tokens[at].span
    guard words[at].shape.has(.number), span.count == 4, let year = number(span, text), (1000...2100).contains(year)
    else { return nil }
    return year
  }

  func number(_ span: ByteSpan, _ text: Span<UInt8>) -> Int? {
    span.count <= 9 ? Int(digits: text, span) : nil
  }

  func isDash(_ at: Int, _ text: Span<UInt8>) -> Bool {
    NumberReader(words: words, tokens: tokens).isDash(at, text)
  }

  /// A year that news speaks of.
  func isRecent(_ year: Int) -> Bool { (1900...2050).contains(year) }

  static let to = WordHash("to".utf8)
  private static let dayWord = WordHash("day".utf8)
  private static let pairs = WordSet(["and", "or"])
  /// Those that are no other word.
  private static let plainMonths = WordSet([
    "january", "february", "september", "october", "november", "december", "july",
  ])
  private static let century = WordHash("century".utf8)
  private static let monthPrepositions = WordSet(
    [
      "in", "since", "by", "until", "till", "from", "of", "early", "late", "mid", "during", "through", "for", "before",
      "after", "to",
    ])
  private static let singulars = WordSet(["olympics", "elections", "games", "series", "crisis", "news", "finals"])
}
