import StageKit

/// Finds dates: “May 4, 2017”, “4 May”, “in 2017”, “on Tuesday”, “yesterday”.
struct DateFinder {
  let words: [Word]
  let tokens: [Token]
  /// When the article was published, where that is known.
  let published: Day?

  /// The date that starts at token `at`.
  func date(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let word = words[at]
    if word.traits.has(.month), word.isCapital { return monthFirst(at, sentence, text) }
    if word.shape.has(.number) { return numberFirst(at, sentence, text) }
    if word.traits.has(.weekday), word.isCapital { return weekday(at, sentence, text) }
    if let offset = Self.relativeDays[word.lowered] {
      let day = published.map { Day(ordinal: $0.ordinal + offset).iso }
      return Value(kind: .date, tokens: at..<at + 1, text: day)
    }
    return nil
  }

  private func monthFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let month = Self.months[words[at].lowered] else { return nil }
    var end = at + 1
    if end < sentence.upperBound, let day = dayNumber(end, text) {
      end += 1
      var year: Int?
      let afterComma = end < sentence.upperBound && words[end].mark == UInt8(ascii: ",") ? end + 1 : end
      if afterComma < sentence.upperBound, let found = self.year(afterComma, text) {
        year = found
        end = afterComma + 1
      }
      return Value(kind: .date, tokens: at..<end, text: Day.iso(year: year, month: month, day: day))
    }
    if end < sentence.upperBound, let year = year(end, text) {
      return Value(kind: .date, tokens: at..<end + 1, text: Day.iso(year: year, month: month, day: nil))
    }
    // Alone a month is a date only where a preposition says so: “March” and “May” are words too.
    guard at > sentence.lowerBound, Self.monthPrepositions.contains(words[at - 1].lowered) else { return nil }
    return Value(kind: .date, tokens: at..<end, text: Day.iso(year: nil, month: month, day: nil))
  }

  private func numberFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    let span = tokens[at].span
    if span.count == 10, let day = Day(iso: Array(span.range.map { text[$0] })) {
      return Value(kind: .date, tokens: at..<at + 1, text: day.iso)
    }
    if let day = dayNumber(at, text), at + 1 < sentence.upperBound {
      let of = words[at + 1].lowered == Chunker.of ? at + 2 : at + 1
      if of < sentence.upperBound, words[of].isCapital, let month = Self.months[words[of].lowered] {
        var end = of + 1
        var year: Int?
        if end < sentence.upperBound, let found = self.year(end, text) {
          year = found
          end += 1
        }
        return Value(kind: .date, tokens: at..<end, text: Day.iso(year: year, month: month, day: day))
      }
    }
    if span.count == 5, text[span.end - 1] == UInt8(ascii: "s"),
      let decade = number(ByteSpan(span.start, span.end - 1), text),
      decade % 10 == 0, (1000...2090).contains(decade)
    {
      return Value(kind: .date, tokens: at..<at + 1, text: Array(String(decade / 10).utf8) + [UInt8(ascii: "X")])
    }
    guard let year = year(at, text), at > sentence.lowerBound,
      Self.yearPrepositions.contains(words[at - 1].lowered)
    else { return nil }
    // “of 2,000 people”, “by 1900 votes”: a noun follows a number, but not a year.
    if at + 1 < sentence.upperBound, words[at + 1].shape.has(.lower),
      !Self.yearFollowers.contains(words[at + 1].lowered),
      !words[at + 1].traits.has([.personVerb, .joiner, .placePreposition])
    {
      return nil
    }
    return Value(kind: .date, tokens: at..<at + 1, text: Day.iso(year: year, month: nil, day: nil))
  }

  private func weekday(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    // “Friday, July 21, 2017” is one date.
    let next = at + 1 < sentence.upperBound && words[at + 1].mark == UInt8(ascii: ",") ? at + 2 : at + 1
    if next < sentence.upperBound, !words[next].traits.has(.weekday), let full = date(next, sentence, text),
      full.tokens.count > 1
    {
      return Value(kind: .date, tokens: at..<full.tokens.upperBound, text: full.text)
    }
    guard let weekday = Self.weekdays[words[at].lowered] else { return nil }
    var value: [UInt8]?
    if let published {
      let back = (published.weekday - weekday + 7) % 7
      let isComing = at > sentence.lowerBound && Self.coming.contains(words[at - 1].lowered)
      value = Day(ordinal: published.ordinal - back + (isComing ? 7 : 0)).iso
    }
    return Value(kind: .date, tokens: at..<at + 1, text: value)
  }

  /// “4”, “4th”
  private func dayNumber(_ at: Int, _ text: Span<UInt8>) -> Int? {
    guard words[at].shape.has(.number) else { return nil }
    let span = tokens[at].span
    var end = span.end
    if span.count > 2, text[end - 1] >= 0x61 { end -= 2 }
    guard end - span.start <= 2, end > span.start, let day = number(ByteSpan(span.start, end), text),
      (1...31).contains(day)
    else { return nil }
    return day
  }

  private func year(_ at: Int, _ text: Span<UInt8>) -> Int? {
    let span = tokens[at].span
    guard words[at].shape.has(.number), span.count == 4, let year = number(span, text), (1000...2100).contains(year)
    else { return nil }
    return year
  }

  private func number(_ span: ByteSpan, _ text: Span<UInt8>) -> Int? {
    var value = 0
    for at in span.range {
      guard text[at] >= 0x30, text[at] <= 0x39 else { return nil }
      value = value * 10 + Int(text[at] & 0x0F)
    }
    return value
  }

  private static let months: WordTable<Int> = {
    var table = WordTable<Int>()
    let full = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    for (index, name) in full.enumerated() {
      table.insert(WordHash(name.utf8), index + 1)
      table.insert(WordHash((name.prefix(3) + ".").utf8), index + 1)
    }
    table.insert(WordHash("sept.".utf8), 9)
    return table
  }()

  private static let weekdays = WordTable<Int>(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].enumerated().map { ($1, $0) })

  private static let relativeDays = WordTable<Int>([("yesterday", -1), ("today", 0), ("tomorrow", 1)])

  private static let coming = WordSet(["next", "coming"])
  private static let monthPrepositions = WordSet(
    [
      "in", "since", "by", "until", "till", "last", "next", "this", "from", "of", "early", "late", "mid", "during",
      "through",
    ])
  private static let yearPrepositions = WordSet(
    [
      "in", "since", "by", "until", "till", "from", "of", "to", "early", "late", "mid", "during", "year", "after",
      "before",
      "and", "through", "between",
    ])
  private static let yearFollowers = WordSet([
    "after", "before", "when", "but", "as", "it", "he", "she", "they", "we", "i", "that", "which", "who", "while",
    "because", "by", "to", "or",
  ])
}
