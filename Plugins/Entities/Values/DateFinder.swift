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
      var last: Int?
      if end + 1 < limit, isDash(end, text) || words[end].lowered == Self.to, let until = dayNumber(end + 1, text),
        until > day
      {
        last = until
        end += 2
      }
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
    // Alone a month is a date only where a preposition says so: “March” and “May” are words too.
    guard at > sentence.lowerBound, Self.monthPrepositions.contains(words[at - 1].lowered) else { return nil }
    return Value(.date, at..<at + 1, Day.iso(year: year(ofMonth: month, at, sentence), month: month, day: nil))
  }

  func numberFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    let limit = sentence.upperBound
    if span.count >= 8, let value = numeric(span, text) { return Value(.date, at..<at + 1, value) }
    if let day = dayNumber(at, text), at + 1 < limit {
      var end = at + 1
      var last: Int?
      if end + 1 < limit, isDash(end, text), let until = dayNumber(end + 1, text), until > day {
        last = until
        end += 2
      }
      let of = end < limit && words[end].lowered == Chunker.of ? end + 1 : end
      if of < limit, words[of].isCapital, let month = words[of].month {
        end = of + 1
        var year: Int?
        if end < limit, let found = self.year(end, text) {
          year = found
          end += 1
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

  private func yearAlone(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let year = year(at, text), at > sentence.lowerBound else { return nil }
    // “2015-2017”, “2015-17”
    if at + 2 < sentence.upperBound, isDash(at + 1, text), words[at + 2].shape.has([.touching]),
      Self.yearPrepositions.contains(words[at - 1].lowered) || words[at - 1].lowered == Chunker.the,
      let later = self.year(at + 2, text) ?? shortYear(at + 2, after: year, text), later > year
    {
      return Value(.date, at..<at + 3, Day.digits(year, 4) + [UInt8(ascii: "/")] + Day.digits(later, 4))
    }
    let before = words[at - 1]
    let next = at + 1 < sentence.upperBound ? words[at + 1] : nil
    if Self.yearPrepositions.contains(before.lowered) {
      // “of 2,000 people”, “by 1900 votes”: a noun follows a number, but not a year.
      if let next, next.shape.has(.lower), !Self.yearFollowers.contains(next.lowered),
        !next.traits.has([.personVerb, .joiner, .placePreposition])
      {
        return nil
      }
    } else {
      // “the 2016 election”, “Lund’s 1998 film”
      guard before.lowered == Chunker.the || before.shape.has(.possessive), (1800...2050).contains(year), let next,
        next.shape.has(.lower), !Self.counted.contains(next.lowered), Measure.units[next.lowered] == nil,
        !isPlural(at + 1, text)
      else { return nil }
    }
    return Value(.date, at..<at + 1, Day.iso(year: year, month: nil, day: nil))
  }

  /// “17” after 2015.
  private func shortYear(_ at: Int, after year: Int, _ text: Span<UInt8>) -> Int? {
    guard words[at].shape.has(.number), tokens[at].span.count == 2, let short = number(tokens[at].span, text) else {
      return nil
    }
    return year / 100 * 100 + short
  }

  private func isPlural(_ at: Int, _ text: Span<UInt8>) -> Bool {
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

  private func isDash(_ at: Int, _ text: Span<UInt8>) -> Bool {
    NumberReader(words: words, tokens: tokens).isDash(at, text)
  }

  private static let to = WordHash("to".utf8)
  private static let century = WordHash("century".utf8)
  private static let monthPrepositions = WordSet(
    [
      "in", "since", "by", "until", "till", "from", "of", "early", "late", "mid", "during", "through", "for", "before",
      "after", "to",
    ])
  private static let yearPrepositions = WordSet(
    [
      "in", "since", "by", "until", "till", "from", "of", "to", "early", "late", "mid", "during", "year", "after",
      "before", "and", "through", "between", "for",
    ])
  private static let yearFollowers = WordSet([
    "after", "before", "when", "but", "as", "it", "he", "she", "they", "we", "i", "that", "which", "who", "while",
    "because", "by", "to", "or", "with", "from", "under", "until", "through", "during", "since",
  ])
  private static let counted = WordSet(["people", "men", "women", "children", "or", "and", "to", "meter", "metre"])
  private static let singulars = WordSet(["olympics", "elections", "games", "series", "crisis", "news", "finals"])
}
