import StageKit

/// Reads days as news pages print them: `2017-05-08T10:00:00Z`, `8 May 2017`, `May 8th, 2017`, `Mon, 08 May 2017`.
enum DateReader {
  struct Day: Equatable {
    var year: Int
    var month: Int
    var day: Int

    /// `2017-05-08`.
    var iso: [UInt8] {
      var out: [UInt8] = []
      for (value, width) in [(year, 1000), (month, 10), (day, 10)] {
        if !out.isEmpty { out.append(UInt8(ascii: "-")) }
        var unit = width
        while unit > 0 {
          out.append(UInt8(0x30 + value / unit % 10))
          unit /= 10
        }
      }
      return out
    }

    var isValid: Bool {
      guard year >= 1900, year < 2100, month >= 1, month <= 12, day >= 1 else { return false }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      return day <= (month == 2 ? (isLeap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31)
    }
  }

  /// The first whole day in the span: with its year, and not ambiguous (`04/05/2017` is).
  static func day(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Day? { find(bytes, span)?.day }

  /// The first whole day, and where it stands.
  static func find(_ bytes: Span<UInt8>, _ span: ByteSpan) -> (day: Day, place: ByteSpan)? {
    var pieces: [Piece] = []
    var at = span.start
    while at < span.end, pieces.count < 64 {
      guard let piece = Piece(bytes, at, span.end) else {
        at += 1
        continue
      }
      pieces.append(piece)
      at = piece.span.end
    }
    for index in pieces.indices {
      guard
        let (day, last) = iso(bytes, pieces, index) ?? written(bytes, pieces, index) ?? numeric(bytes, pieces, index)
      else { continue }
      if day.isValid { return (day, ByteSpan(pieces[index].span.start, pieces[last].span.end)) }
    }
    return nil
  }

  /// A number or a word.
  private struct Piece {
    var span: ByteSpan
    var number: Int?
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
      } else if table[Int(bytes[at])].isAny(of: .letter) {
        var word = WordHash.Builder()
        while at < limit, table[Int(bytes[at])].isAny(of: .letter) {
          word.add(bytes[at] | 0x20)
          at += 1
        }
        month = DateReader.months[word.hash]
      } else {
        return nil
      }
      span = ByteSpan(start, at)
    }

    /// A number of that many digits.
    func number(digits: ClosedRange<Int>) -> Int? { digits.contains(span.count) ? number : nil }
  }

  /// `2017-05-08`, `2017/05/08`, `20170508`.
  private static func iso(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> (Day, last: Int)? {
    if let packed = pieces[index].number(digits: 8...8) {
      return (Day(year: packed / 10000, month: packed / 100 % 100, day: packed % 100), index)
    }
    guard index + 2 < pieces.count, let year = pieces[index].number(digits: 4...4),
      let month = pieces[index + 1].number(digits: 1...2), let day = pieces[index + 2].number(digits: 1...2),
      isJoined(bytes, pieces, index, by: UInt8(ascii: "-")) || isJoined(bytes, pieces, index, by: UInt8(ascii: "/"))
    else { return nil }
    return (Day(year: year, month: month, day: day), index + 2)
  }

  /// `12/18/2023`, `18.12.23`: with slashes only where one number cannot be a month, because countries disagree; with
  /// full stops the day comes first everywhere.
  private static func numeric(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> (Day, last: Int)? {
    guard index + 2 < pieces.count, let first = pieces[index].number(digits: 1...2),
      let second = pieces[index + 1].number(digits: 1...2),
      let year = pieces[index + 2].number(digits: 4...4) ?? pieces[index + 2].number(digits: 2...2).map({ 2000 + $0 }),
      isJoined(bytes, pieces, index, by: UInt8(ascii: "/")) || isJoined(bytes, pieces, index, by: UInt8(ascii: "."))
    else { return nil }
    if first > 12 || bytes[pieces[index].span.end] == UInt8(ascii: ".") {
      return (Day(year: year, month: second, day: first), index + 2)
    }
    return second > 12 || first == second ? (Day(year: year, month: first, day: second), index + 2) : nil
  }

  private static func isJoined(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int, by mark: UInt8) -> Bool {
    for next in index + 1...index + 2 {
      let gap = pieces[next - 1].span.end
      if pieces[next].span.start != gap + 1 || bytes[gap] != mark { return false }
    }
    return true
  }

  /// `8 May 2017`, `8th of May 2017`, `May 8, 2017`.
  private static func written(_ bytes: Span<UInt8>, _ pieces: [Piece], _ index: Int) -> (Day, last: Int)? {
    if let month = pieces[index].month {
      guard index + 1 < pieces.count, let day = pieces[index + 1].number(digits: 1...2) else { return nil }
      var next = index + 2
      while next < pieces.count, isOrdinal(bytes, pieces[next]) { next += 1 }
      guard next < pieces.count, let year = pieces[next].number(digits: 4...4) else { return nil }
      return (Day(year: year, month: month, day: day), next)
    }
    guard let day = pieces[index].number(digits: 1...2) else { return nil }
    // “+323 October”: a zone runs into the day.
    if pieces[index].span.start > 0, bytes[pieces[index].span.start - 1] == UInt8(ascii: "+") { return nil }
    var next = index + 1
    while next < pieces.count, isOrdinal(bytes, pieces[next]) { next += 1 }
    guard next + 1 < pieces.count, let month = pieces[next].month,
      let year = pieces[next + 1].number(digits: 4...4)
    else { return nil }
    return (Day(year: year, month: month, day: day), next + 1)
  }

  private static func isOrdinal(_ bytes: Span<UInt8>, _ piece: Piece) -> Bool {
    piece.number == nil && piece.month == nil && piece.span.count == 2
      && ordinals.contains(lowered: bytes, piece.span)
  }

  private static let ordinals = WordSet(["st", "nd", "rd", "th", "of"])

  static let months: WordTable<Int> = {
    var table = WordTable<Int>(capacity: 32)
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    for (index, name) in names.enumerated() {
      table.insert(WordHash(name.utf8), index + 1)
      table.insert(WordHash(name.prefix(3).utf8), index + 1)
    }
    table.insert(WordHash("sept".utf8), 9)
    return table
  }()
}
