import Bytes
import Lexicon
import StageKit

// Years: “in 2017”, “2015-17”, “(2018)”, “’80s”, “mid-2019”, “FY24”, “fiscal year 2022-23”.
extension DateFinder {
  func yearAlone(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let year = year(at, text) else { return nil }
    if let range = years(from: year, at, sentence, text) { return range }
    if at == sentence.lowerBound {
      guard isRecent(year), at + 1 < sentence.upperBound, words[at + 1].shape.has(.lower),
        words[at + 1].traits.has([.be, .modal])
      else { return nil }
    } else if !isYear(year, at, sentence, text) {
      return nil
    }
    return Value(.date, at..<at + 1, Day.iso(year: year, month: nil, day: nil))
  }

  /// “2015-2017”, “2015-17”, “1557-8”, “from 1936 to 1972”
  private func years(from year: Int, _ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard at + 2 < sentence.upperBound, words[at + 2].shape.has(.number) else { return nil }
    let isTouching = isDash(at + 1, text) && words[at + 1].shape.has(.touching) && words[at + 2].shape.has(.touching)
    let isSpan = words[at + 1].lowered == Self.to
    guard isTouching || isSpan, let later = self.year(at + 2, text) ?? shortYear(at + 2, after: year, text),
      later > year,
      later - year < Self.longestSpan
    else { return nil }
    let isIntroduced =
      at > sentence.lowerBound
      && (Self.yearPrepositions.contains(words[at - 1].lowered) || words[at - 1].lowered == Chunker.the
        || words[at - 1].mark == UInt8(ascii: "("))
    guard isIntroduced || isRecent(year) && isRecent(later) && isTouching else { return nil }
    if isSpan, tokens[at + 2].span.count != 4 || isCounted(at + 3, sentence, text) { return nil }
    return Value(.date, at..<at + 3, Day.digits(year, 4) + [UInt8(ascii: "/")] + Day.digits(later, 4))
  }

  /// Years of one range: what goes further counts something else.
  private static var longestSpan: Int { 500 }

  /// Whether what stands around a number of four digits says that it is a year.
  private func isYear(_ year: Int, _ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Bool {
    let before = words[at - 1]
    let next = at + 1 < sentence.upperBound ? words[at + 1] : nil
    if Self.yearPrepositions.contains(before.lowered) {
      // “of 2,000 people”, “by 1900 votes”: a noun follows a number, but not a year.
      if let next, next.shape.has(.lower), !Self.yearFollowers.contains(next.lowered),
        !next.traits.has([.personVerb, .joiner, .placePreposition, .preposition, .subordinator, .adverb])
      {
        if isRecent(year), Self.yearsFirst.contains(before.lowered), !isCounted(at + 1, sentence, text) { return true }
        if !Self.listed.contains(before.lowered) { return false }
      } else {
        return true
      }
    }
    if before.mark == UInt8(ascii: "("), let next {
      return next.mark == UInt8(ascii: ")") || next.mark == UInt8(ascii: ",") || next.mark == UInt8(ascii: ";")
    }
    // “in 2015, 2016 and 2017”
    if at > sentence.lowerBound + 1, before.mark == UInt8(ascii: ",") || Self.listed.contains(before.lowered),
      isRecent(year) || next?.mark != 0, !isCounted(at + 1, sentence, text)
    {
      if let other = self.year(at - 2, text), isRecent(other) { return true }
      // “the Companies Act, 2019”
      if before.mark == UInt8(ascii: ","), words[at - 2].isCapital, (1700...2050).contains(year),
        next?.mark ?? 1 != 0 || next.map({ $0.shape.has(.lower) }) ?? false
      {
        return true
      }
    }
    // “the 2016 election”, “Lund’s 1998 film”, “a 2018 interview”
    guard let next, next.shape.has(.lower) || next.isCapital, (1800...2050).contains(year) else { return false }
    let opens =
      before.lowered == Chunker.the || before.shape.has(.possessive)
      || before.traits.has([.determiner, .indefinite, .possessive]) && !before.traits.has(.quantifier)
    if opens {
      return isRecent(year) && next.isCapital
        || !Self.joined.contains(next.lowered) && !isCounted(at + 1, sentence, text)
    }
    return false
  }

  /// Whether what follows a number is what it counts: “people”, “votes”, “miles”.
  private func isCounted(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard at < sentence.upperBound, words[at].shape.has(.lower) else { return false }
    return Self.counted.contains(words[at].lowered) || Measure.units[words[at].lowered] != nil
      || words[at].valueKind == .currency || words[at].scale != nil || isPlural(at, text)
  }

  /// “17” after 2015, “8” after 1557.
  private func shortYear(_ at: Int, after year: Int, _ text: Span<UInt8>) -> Int? {
    guard words[at].shape.has(.number), let short = number(tokens[at].span, text) else { return nil }
    switch tokens[at].span.count {
    case 1: return year / 10 * 10 + short
    case 2: return year / 100 * 100 + short
    default: return nil
    }
  }

  /// “2019/20”, “2021/2022”: two years in a row, written as one token.
  func season(_ span: ByteSpan, _ text: Span<UInt8>) -> [UInt8]? {
    guard span.count == 7 || span.count == 9, text[span.start + 4] == UInt8(ascii: "/"),
      let first = number(ByteSpan(span.start, span.start + 4), text), isRecent(first),
      let second = number(ByteSpan(span.start + 5, span.end), text),
      second == (span.count == 7 ? (first + 1) % 100 : first + 1)
    else { return nil }
    return Day.digits(first, 4) + [UInt8(ascii: "/")] + Day.digits(first + 1, 4)
  }

  /// “’80s”, from the apostrophe on.
  func shortDecade(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard at + 1 < sentence.upperBound, words[at + 1].shape.has(.touching),
      let value = shortDecade(tokens[at + 1].span, text)
    else { return nil }
    return Value(.date, at..<at + 2, value)
  }

  /// “80s”
  private func shortDecade(_ span: ByteSpan, _ text: Span<UInt8>) -> [UInt8]? {
    guard span.count == 3, text[span.end - 1] == UInt8(ascii: "s"), text[span.start + 1] == UInt8(ascii: "0"),
      text[span.start].isDigit
    else { return nil }
    // Of the century before, as far as that can be meant.
    return Array((text[span.start] >= UInt8(ascii: "3") ? "19" : "20").utf8) + [text[span.start], UInt8(ascii: "X")]
  }

  /// “early 2020”, “late ’80s”, “mid-March”, “end-March 2025”: a part of what follows.
  func part(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let limit = sentence.upperBound
    var next = at + 1
    if next < limit, words[next].shape.has(.hyphen) { next += 1 }
    guard next < limit else { return nil }
    let isHyphened = next > at + 1
    if words[at].lowered == Self.end, !isHyphened { return nil }
    var value: Value?
    if words[next].mark != 0 {
      value = shortDecade(next, sentence, text)
    } else if words[next].shape.has(.number) {
      // “in her early 60s”
      let isAge = at > sentence.lowerBound && words[at - 1].traits.has(.possessive)
      if let year = year(next, text), isRecent(year) || isHyphened {
        value = Value(.date, next..<next + 1, Day.iso(year: year, month: nil, day: nil))
      } else if !isAge, let decade = shortDecade(tokens[next].span, text) {
        value = Value(.date, next..<next + 1, decade)
      } else if tokens[next].span.count == 5 {
        value = numberFirst(next, sentence, text)
      }
    } else if words[next].isCapital {
      value = monthFirst(next, Range(from: next - 1, upTo: limit), text)
      // Before a day of the month it is an adverb: “early May 4”.
      if let found = value, found.tokens.count > 1, dayNumber(next + 1, text) != nil { value = nil }
      if value == nil, words[next].month != nil, dayNumber(min(next + 1, limit - 1), text) == nil {
        let month = words[next].month ?? 1
        value = Value(
          .date, next..<next + 1, Day.iso(year: year(ofMonth: month, next, sentence), month: month, day: nil))
      }
    } else {
      value =
        season(next, sentence, text)
        ?? (Self.relatives.contains(words[next].lowered) ? relative(next, sentence, text) : nil)
    }
    guard let value, value.kind == .date else { return nil }
    return Value(.date, Range(from: at, upTo: value.tokens.upperBound), value.text)
  }

  /// “mid-2019”, “mid-March”, “mid-1980s”: one token.
  func midToken(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    guard span.count >= 7, text[span.start] | 0x20 == UInt8(ascii: "m"), text[span.start + 1] == UInt8(ascii: "i"),
      text[span.start + 2] == UInt8(ascii: "d"), text[span.start + 3] == UInt8(ascii: "-")
    else { return nil }
    let rest = ByteSpan(span.start + 4, span.end)
    if rest.count == 4, let year = number(rest, text), (1000...2100).contains(year) {
      return Value(.date, at..<at + 1, Day.iso(year: year, month: nil, day: nil))
    }
    if rest.count == 5, text[rest.end - 1] == UInt8(ascii: "s"),
      let decade = number(ByteSpan(rest.start, rest.end - 1), text), decade % 10 == 0, (1000...2090).contains(decade)
    {
      return Value(.date, at..<at + 1, Day.digits(decade / 10, 3) + [UInt8(ascii: "X")])
    }
    guard text[rest.start].isUpper, let month = Lexicon.english[WordHash(lowered: text, rest)].month else { return nil }
    if at + 1 < sentence.upperBound, let year = year(at + 1, text) {
      return Value(.date, at..<at + 2, Day.iso(year: year, month: month, day: nil))
    }
    return Value(
      .date, at..<at + 1, Day.iso(year: year(ofMonth: month, at, sentence), month: month, day: nil))
  }

  /// “fiscal year 2022-23”, “financial year 2021”, “fiscal 2023”
  func fiscal(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let limit = sentence.upperBound
    let first = at + 1 < limit && Self.yearWords.contains(words[at + 1].lowered) ? at + 2 : at + 1
    guard first < limit, words[first].shape.has(.number) else { return nil }
    guard let value = fiscalYears(first, sentence, text) else { return nil }
    return Value(.date, Range(from: at, upTo: value.tokens.upperBound), value.text)
  }

  private func fiscalYears(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    if let season = season(tokens[at].span, text) { return Value(.date, at..<at + 1, season) }
    guard let year = year(at, text), isRecent(year) else { return nil }
    return years(from: year, at, sentence, text) ?? Value(.date, at..<at + 1, Day.digits(year, 4))
  }

  /// “FY24”, “FY2023-24”, “FY 2024”, “Q3”, “Q3 2024”, “H1 2024”, “Q3FY24”
  func shortPeriod(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    let limit = sentence.upperBound
    guard span.count > 1 else { return nil }
    if text[span.start] == UInt8(ascii: "F"), text[span.start + 1] == UInt8(ascii: "Y") {
      if span.count == 2 {
        guard at + 1 < limit, words[at + 1].shape.has(.number) else { return nil }
        if let value = fiscalYears(at + 1, sentence, text) {
          return Value(.date, Range(from: at, upTo: value.tokens.upperBound), value.text)
        }
        return twoDigitYear(tokens[at + 1].span, text).map { Value(.date, at..<at + 2, $0) }
      }
      guard let year = fiscalYear(ByteSpan(span.start + 2, span.end), text) else { return nil }
      if at + 2 < limit, isDash(at + 1, text), words[at + 2].shape.contains([.number, .touching]),
        let later = self.year(at + 2, text) ?? shortYear(at + 2, after: year, text), later == year + 1
      {
        return Value(.date, at..<at + 3, Day.digits(year, 4) + [UInt8(ascii: "/")] + Day.digits(later, 4))
      }
      return Value(.date, at..<at + 1, Day.digits(year, 4))
    }
    guard text[span.start + 1].isDigit, let name = part(text[span.start], text[span.start + 1]) else {
      return nil
    }
    if span.count > 4, text[span.start + 2] == UInt8(ascii: "F"), text[span.start + 3] == UInt8(ascii: "Y"),
      let year = fiscalYear(ByteSpan(span.start + 4, span.end), text)
    {
      return Value(.date, at..<at + 1, Day.digits(year, 4) + name)
    }
    guard span.count == 2 else { return nil }
    let of = at + 1 < limit && words[at + 1].lowered == Chunker.of ? at + 2 : at + 1
    if of < limit, let year = year(of, text), isRecent(year) {
      return Value(.date, Range(from: at, upTo: of + 1), Day.digits(year, 4) + name)
    }
    if of < limit, tokens[of].span.count > 3, text[tokens[of].span.start] == UInt8(ascii: "F"),
      text[tokens[of].span.start + 1] == UInt8(ascii: "Y"),
      let year = fiscalYear(ByteSpan(tokens[of].span.start + 2, tokens[of].span.end), text)
    {
      return Value(.date, Range(from: at, upTo: of + 1), Day.digits(year, 4) + name)
    }
    // A half is hardly named without its year, and “Q1:” opens a question.
    guard text[span.start] == UInt8(ascii: "Q"), at + 1 == limit || words[at + 1].mark != UInt8(ascii: ":") else {
      return nil
    }
    return Value(.date, at..<at + 1, Array("XXXX".utf8) + name)
  }

  /// “3Q24”, “3Q 2024”, “1H24”
  func numberedQuarter(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    guard span.count == 2 || span.count == 4 || span.count == 6, text[span.start].isDigit,
      let name = part(text[span.start + 1], text[span.start])
    else { return nil }
    if span.count == 2 {
      guard at + 1 < sentence.upperBound, let year = year(at + 1, text), isRecent(year) else { return nil }
      return Value(.date, at..<at + 2, Day.digits(year, 4) + name)
    }
    guard let year = fiscalYear(ByteSpan(span.start + 2, span.end), text) else { return nil }
    return Value(.date, at..<at + 1, Day.digits(year, 4) + name)
  }

  /// “-Q3” of Q and 3
  private func part(_ letter: UInt8, _ digit: UInt8) -> [UInt8]? {
    let most: UInt8 = letter == UInt8(ascii: "Q") ? 4 : letter == UInt8(ascii: "H") ? 2 : 0
    guard digit > UInt8(ascii: "0"), digit <= UInt8(ascii: "0") + most else { return nil }
    return [UInt8(ascii: "-"), letter, digit]
  }

  /// “24” and “2024”
  private func fiscalYear(_ span: ByteSpan, _ text: Span<UInt8>) -> Int? {
    guard span.count == 2 || span.count == 4, let year = number(span, text) else { return nil }
    if span.count == 2 { return year < 60 ? 2000 + year : 1900 + year }
    return isRecent(year) ? year : nil
  }

  private func twoDigitYear(_ span: ByteSpan, _ text: Span<UInt8>) -> [UInt8]? {
    span.count == 2 ? fiscalYear(span, text).map { Day.digits($0, 4) } : nil
  }

  private static let end = WordHash("end".utf8)
  private static let yearWords = WordSet(["year", "years"])
  private static let relatives = WordSet(["last", "this", "next"])
  /// After these a year is hardly a number.
  private static let yearsFirst = WordSet(["in", "since", "until", "till", "during", "by"])
  private static let listed = WordSet(["and", "or"])
  private static let yearPrepositions = WordSet(
    [
      "in", "since", "by", "until", "till", "from", "of", "to", "early", "late", "mid", "during", "year", "after",
      "before", "and", "through", "between", "for", "than", "as", "circa", "around",
    ])
  private static let yearFollowers = WordSet([
    "after", "before", "when", "but", "as", "it", "he", "she", "they", "we", "i", "that", "which", "who", "while",
    "because", "by", "to", "or", "with", "from", "under", "until", "through", "during", "since", "alone", "about",
    "against", "following", "due", "amid",
  ])
  private static let joined = WordSet(["or", "and", "to"])
  private static let counted = WordSet(["people", "men", "women", "children", "meter", "metre"])
}
