import Bytes
import Lexicon
import StageKit

/// Reads days as news pages print them: `2017-05-08T10:00:00Z`, `8 May 2017`, `May 8th, 2017`, `Mon, 08 May 2017`.
package enum DateReader {
  /// The first whole day in the span: with its year, and not ambiguous (`04/05/2017` is).
  package static func day(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Day? { find(bytes, span)?.day }

  /// The first whole day, and where it stands.
  static func find(_ bytes: Span<UInt8>, _ span: ByteSpan) -> (day: Day, place: ByteSpan)? {
    days(bytes, span).first { $0.swapped == nil }.map { ($0.day, $0.place) }
  }

  enum Form: Int, CaseIterable { case written, iso, numeric, packed }

  /// A whole day in a text, and what stands around it there.
  struct PrintedDay {
    var day: Day
    /// The day if the other number is the month, where both can be.
    var swapped: Day?
    var place: ByteSpan
    var form: Form
    /// Of a numeric day whose numbers leave no doubt.
    var isMonthFirst: Bool?
    /// What the words before it say of it.
    var label: DateLabel?
    /// Words before and after it, weekdays aside.
    var wordsBefore: Int
    var wordsAfter: Int
    var hasWeekday: Bool
  }

  /// The whole days among the first words of the span, up to 64 of them.
  static func days(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [PrintedDay] {
    guard mayHoldDay(bytes, span) else { return [] }
    let pieces = pieces(bytes, span)
    var found: [PrintedDay] = []
    var (index, start) = (0, 0)
    while index < pieces.count {
      guard let (day, form, last) = day(bytes, pieces, index), (1900..<2100).contains(day.year) else {
        index += 1
        continue
      }
      let before = pieces[Range(from: start, upTo: index)]
      let isOpen = form == .numeric && isAmbiguous(bytes, pieces, index)
      found.append(
        PrintedDay(
          day: day, swapped: isOpen ? Day(year: day.year, month: day.day, day: day.month) : nil,
          place: ByteSpan(pieces[index].span.start, pieces[last].span.end), form: form,
          isMonthFirst: form != .numeric || isOpen || day.month == day.day ? nil : pieces[index].number == day.month,
          label: DateLabel(before.suffix(6).compactMap(\.word)),
          wordsBefore: count(pieces[..<index]), wordsAfter: count(pieces[(last + 1)...]),
          hasWeekday: before.suffix(2).contains { $0.word.map(isWeekday) ?? false }))
      (index, start) = (last + 1, last + 1)
    }
    return found
  }

  /// Whether the numbers of the span can be those of a day: a short one beside a year or two more, or eight digits in a row.
  private static func mayHoldDay(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    var (short, years, at) = (0, 0, span.start)
    while at < span.end {
      if !bytes[at].isDigit {
        at += 1
        continue
      }
      let start = at
      while at < span.end, bytes[at].isDigit { at += 1 }
      switch at - start {
      case 1, 2: short += 1
      case 4...7: years += 1
      case 8: return true
      default: break
      }
      if short > 0, years > 0 || short > 2 { return true }
    }
    return false
  }

  private static let mostPieces = 64

  /// The first numbers and words of the span.
  private static func pieces(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(min(mostPieces, span.count / 2 + 1))
    var at = span.start
    while at < span.end, pieces.count < mostPieces {
      guard let piece = Piece(bytes, at, span.end) else {
        at += 1
        continue
      }
      pieces.append(piece)
      at = piece.span.end
    }
    return pieces
  }

  private static func count(_ pieces: ArraySlice<Piece>) -> Int {
    pieces.count { $0.word.map { !isWeekday($0) } ?? false }
  }

  private static func day(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> (Day, Form, last: Int)? {
    if let (day, last) = iso(bytes, pieces, index) { return (day, last == index ? .packed : .iso, last) }
    if let (day, last) = written(bytes, pieces, index) { return (day, .written, last) }
    return numeric(bytes, pieces, index).map { ($0, .numeric, $1) }
  }

  /// A number or a word.
  private struct Piece {
    var span: ByteSpan
    var number: Int?
    /// Of a word, in lower case.
    var word: WordHash?
    var month: Int?

    init?(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) {
      let table = ByteClass.table
      var at = start
      if table[Int(bytes[at])].isAny(of: .digit) {
        var value = 0
        while at < limit, table[Int(bytes[at])].isAny(of: .digit) {
          if at - start < 9 { value = value * 10 + Int(bytes[at] - 0x30) }
          at += 1
        }
        number = value
      } else if table[Int(bytes[at])].isAny(of: .letter) || Self.letterLength(bytes, at, limit) != nil {
        var word = WordHash.Builder()
        while at < limit, !Self.isSeam(bytes, start, at, limit) {
          if let length = Self.letterLength(bytes, at, limit) {
            for offset in Range(from: at, count: length) { word.add(bytes[offset]) }
            at += length
          } else if table[Int(bytes[at])].isAny(of: .letter) {
            word.add(bytes[at] | 0x20)
            at += 1
          } else {
            break
          }
        }
        self.word = word.hash
        month = Lexicon.english[word.hash].month ?? MonthNames.all[word.hash]
      } else {
        return nil
      }
      span = ByteSpan(start, at)
    }

    /// Whether the page has glued two words: “DoeDec. 21”, “updatedSep 4”, “ODec. 18”.
    private static func isSeam(_ bytes: Span<UInt8>, _ start: Int, _ at: Int, _ limit: Int) -> Bool {
      guard at > start, ByteClass(bytes[at]).isAny(of: .upper) else { return false }
      return ByteClass(bytes[at - 1]).isAny(of: .lower)
        || at + 1 < limit && ByteClass(bytes[at + 1]).isAny(of: .lower)
    }

    /// Bytes of a letter of another alphabet: “août”, “мая”.
    private static func letterLength(_ bytes: Span<UInt8>, _ at: Int, _ limit: Int) -> Int? {
      bytes[at] >= 0xC3 && bytes[at] <= 0xD1 && at + 1 < limit && bytes[at + 1] & 0xC0 == 0x80 ? 2 : nil
    }

    /// A year, which another number may be glued to: “May 8, 201712 comments”.
    var year: Int? {
      guard var year = number, span.count >= 4, span.count <= 7 else { return nil }
      if span.count == 4 { return year }
      for _ in 0..<span.count - 4 { year /= 10 }
      return DateReader.isRecent(year) ? year : nil
    }

    /// A number of that many digits.
    func number(digits: ClosedRange<Int>) -> Int? { digits.contains(span.count) ? number : nil }
  }

  /// `2017-05-08`, `2017/05/08`, `2017.05.08.`, `20170508`.
  private static func iso(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> (Day, last: Int)? {
    if let packed = pieces[index].number(digits: 8...8) {
      return Day(year: packed / 10000, month: packed / 100 % 100, day: packed % 100).map { ($0, index) }
    }
    guard index + 2 < pieces.count, let year = pieces[index].number(digits: 4...4),
      let month = pieces[index + 1].number(digits: 1...2), let day = pieces[index + 2].number(digits: 1...2),
      isJoined(bytes, pieces, index, by: UInt8(ascii: "-")) || isJoined(bytes, pieces, index, by: UInt8(ascii: "/"))
        || isYearFirst(bytes, pieces[index].span.end, pieces[index + 1].span, pieces[index + 2].span.start)
    else { return nil }
    return Day(year: year, month: month, day: day).map { ($0, index + 2) }
  }

  /// “2020.08.18.”, “2020. 8. 18.”, “2020年8月18日”, “2020년 8월 18일”: what parts year, month and day.
  private static func isYearFirst(_ bytes: Span<UInt8>, _ year: Int, _ month: ByteSpan, _ day: Int) -> Bool {
    func gap(_ start: Int, _ end: Int) -> (isStop: Bool, sign: UInt32) {
      var at = start
      guard at < end, end - start <= 5 else { return (false, 0) }
      let (value, length) = UTF8Scalar.decode(bytes, at: at)
      at += length
      while at < end, bytes[at] == 0x20 { at += 1 }
      return at == end ? (value == 0x2E, value) : (false, 0)
    }
    let (first, second) = (gap(year, month.start), gap(month.end, day))
    return first.isStop && second.isStop || first.sign == 0x5E74 && second.sign == 0x6708
      || first.sign == 0xB144 && second.sign == 0xC6D4
  }

  /// `12/18/2023`, `18.12.23`, `22-12-2023`: with full stops the day comes first everywhere; else the month, where both
  /// may be one.
  private static func numeric(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> (Day, last: Int)? {
    guard index + 2 < pieces.count, let first = pieces[index].number(digits: 1...2),
      let second = pieces[index + 1].number(digits: 1...2),
      let year = pieces[index + 2].number(digits: 4...4) ?? pieces[index + 2].number(digits: 2...2).map({ 2000 + $0 }),
      isJoined(bytes, pieces, index, by: UInt8(ascii: "/")) || isJoined(bytes, pieces, index, by: UInt8(ascii: "."))
        || pieces[index + 2].span.count == 4 && isJoined(bytes, pieces, index, by: UInt8(ascii: "-"))
    else { return nil }
    let isDayFirst = first > 12 || bytes[pieces[index].span.end] == UInt8(ascii: ".")
    let day = Day(year: year, month: isDayFirst ? second : first, day: isDayFirst ? first : second)
    return day.map { ($0, index + 2) }
  }

  /// Whether countries disagree on which number of a numeric day is the month.
  private static func isAmbiguous(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> Bool {
    guard let first = pieces[index].number, let second = pieces[index + 1].number else { return false }
    return first <= 12 && second <= 12 && first != second && bytes[pieces[index].span.end] != UInt8(ascii: ".")
  }

  private static func isJoined(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int, by mark: UInt8) -> Bool {
    for next in [index + 1, index + 2] {
      let gap = pieces[next - 1].span.end
      if pieces[next].span.start != gap + 1 || bytes[gap] != mark { return false }
    }
    return true
  }

  /// `8 May 2017`, `8th of May 2017`, `May 8, 2017`.
  private static func written(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> (Day, last: Int)? {
    if let month = pieces[index].month {
      // “2020. augusztus 18.”
      if index > 0, pieces[index - 1].span.count == 4, let year = pieces[index - 1].year, index + 1 < pieces.count,
        let day = pieces[index + 1].number(digits: 1...2), !isYear(pieces, index + 2)
      {
        return Day(year: year, month: month, day: day).map { ($0, index + 1) }
      }
      guard index + 1 < pieces.count, let day = pieces[index + 1].number(digits: 1...2) else { return nil }
      var next = index + 2
      while next < pieces.count, isOrdinal(bytes, pieces[next]) { next += 1 }
      guard next < pieces.count, let year = pieces[next].year else { return nil }
      return Day(year: year, month: month, day: day).map { ($0, next) }
    }
    guard let day = pieces[index].number(digits: 1...2) else { return nil }
    // “+323 October”: a zone runs into the day.
    if pieces[index].span.start > 0, bytes[pieces[index].span.start - 1] == UInt8(ascii: "+") { return nil }
    var next = index + 1
    while next < pieces.count, isOrdinal(bytes, pieces[next]) { next += 1 }
    guard next + 1 < pieces.count, let month = pieces[next].month else { return nil }
    next += 1
    // “5 de mayo de 2016”
    if next + 1 < pieces.count, isOrdinal(bytes, pieces[next]) { next += 1 }
    guard let year = pieces[next].year else { return nil }
    return Day(year: year, month: month, day: day).map { ($0, next) }
  }

  private static func isYear(_ pieces: [Piece], _ index: Int) -> Bool {
    index < pieces.count && pieces[index].span.count == 4 && pieces[index].year != nil
  }

  private static func isOrdinal(_ bytes: Span<UInt8>, _ piece: Piece) -> Bool {
    piece.number == nil && piece.month == nil && piece.span.count == 2
      && ordinals.contains(lowered: bytes, piece.span)
  }

  private static let ordinals = WordSet(["st", "nd", "rd", "th", "of", "de", "er"])

  private static func isWeekday(_ word: WordHash) -> Bool { Lexicon.english.has(.anyWeekday, word) }

  // MARK: Addresses

  /// The month that the path of an address names, and the day where it does: `/2019/03/05/`, `/2019/mar/05/`, `-20190305`.
  static func inAddress(_ bytes: Span<UInt8>, _ span: ByteSpan) -> (year: Int, month: Int, day: Day?)? {
    var month: (year: Int, month: Int, day: Day?)?
    let pieces = pieces(bytes, span)
    for index in pieces.indices {
      if let (day, _) = iso(bytes, pieces, index), isRecent(day.year) {
        return (day.year, day.month, day)
      }
      guard index + 1 < pieces.count, let year = pieces[index].number(digits: 4...4), isRecent(year),
        let found = pieces[index + 1].month ?? pieces[index + 1].number(digits: 1...2), (1...12).contains(found),
        isStep(bytes, pieces, index)
      else { continue }
      if index + 2 < pieces.count, let number = pieces[index + 2].number(digits: 1...2),
        isStep(bytes, pieces, index + 1), let day = Day(year: year, month: found, day: number)
      {
        return (year, found, day)
      }
      if month == nil { month = (year, found, nil) }
    }
    return month
  }

  /// Whether a slash and nothing else stands between a piece and the next.
  private static func isStep(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> Bool {
    pieces[index + 1].span.start == pieces[index].span.end + 1 && bytes[pieces[index].span.end] == UInt8(ascii: "/")
  }

  /// Numbers in addresses and before other numbers are other things than years more often than not.
  private static func isRecent(_ year: Int) -> Bool { year >= 1995 && year < 2050 }
}
