import Bytes
import StageKit

/// `Mon, 8 May 2017 10:00:00 +0200` (RFC 5322, 3.3), also as RFC 822 had it: years of two digits, zones with names.
struct MailDate: Equatable {
  var day: Day
  /// RFC 3339, where the time and the zone are known.
  var instant: [UInt8]?

  /// `nil` where the field does not begin with a day. One on which nothing can have been published is none.
  init?(_ field: [UInt8]) {
    let words = Self.words(field)
    if let first = words.first, let date = PublicationDate(first.map(\.raised)) {
      (day, instant) = (date.day, date.instant)
      return
    }
    // “Mon,” or “Monday,”
    let start = words.first.flatMap(Self.number) == nil ? 1 : 0
    guard words.count > start + 2, let number = Self.number(words[start]),
      let month = Self.months.firstIndex(where: { words[start + 1].starts(with: $0.utf8) }),
      let year = Self.year(words[start + 2]),
      let day = Day(year: year, month: month + 1, day: number), PublicationDate.years.contains(year)
    else { return nil }
    self.day = day
    if words.count > start + 4 { instant = Self.instant(day, words[start + 3], words[start + 4]) }
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// In lower case, without commas and comments.
  private static func words(_ field: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = [[]]
    var comments = 0
    for byte in field {
      switch byte {
      case UInt8(ascii: "("): comments += 1
      case UInt8(ascii: ")"): comments = max(0, comments - 1)
      case _ where comments > 0: break
      case 0x00...0x20, UInt8(ascii: ","):
        if words.last?.isEmpty == false { words.append([]) }
        if words.count > 8 { return words }
      default: words[words.count - 1].append(byte.lowered)
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// A number of at most four digits.
  private static func number(_ word: some Collection<UInt8>) -> Int? {
    guard (1...4).contains(word.count), word.allSatisfy({ ByteClass($0) == .digit }) else { return nil }
    return word.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  /// 17 is 2017, 99 is 1999, and 117, which some programs write, 2017.
  private static func year(_ word: [UInt8]) -> Int? {
    guard let year = number(word) else { return nil }
    return word.count == 4 ? year : year < 50 && word.count < 3 ? 2000 + year : 1900 + year
  }

  private static func instant(_ day: Day, _ time: [UInt8], _ zone: [UInt8]) -> [UInt8]? {
    let parts = time.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { number($0) }
    guard parts.count == 2 || parts.count == 3, let hour = parts[0], hour < 24, let minute = parts[1], minute < 60,
      let second = parts.count == 3 ? parts[2] : 0, second <= 60, let zone = Self.zone(zone)
    else { return nil }
    var out = day.iso
    for (mark, value) in [("T", hour), (":", minute), (":", second)] {
      out += mark.utf8
      out.append(digitsOf: value, width: 2)
    }
    return out + zone
  }

  /// `Z`, `+02:00`; `nil` for a zone that does not say how far it is from Greenwich.
  private static func zone(_ word: [UInt8]) -> [UInt8]? {
    if let hours = zones.first(where: { word.elementsEqual($0.name.utf8) })?.hours {
      return hours == 0 ? Array("Z".utf8) : offset(isWest: hours < 0, abs(hours), 0)
    }
    guard word.count == 5, let sign = word.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = number(word[1..<3]), let minutes = number(word[3..<5]), hours < 24, minutes < 60
    else { return nil }
    // `-0000` says Greenwich and no place.
    return hours == 0 && minutes == 0 ? Array("Z".utf8) : offset(isWest: sign == UInt8(ascii: "-"), hours, minutes)
  }

  private static func offset(isWest: Bool, _ hours: Int, _ minutes: Int) -> [UInt8] {
    var out = [UInt8(ascii: isWest ? "-" : "+")]
    out.append(digitsOf: hours, width: 2)
    out.append(UInt8(ascii: ":"))
    out.append(digitsOf: minutes, width: 2)
    return out
  }

  /// Those of RFC 5322, 4.3.
  private static let zones: [(name: String, hours: Int)] = [
    ("z", 0), ("gmt", 0), ("ut", 0), ("utc", 0), ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7),
    ("mdt", -6), ("pst", -8), ("pdt", -7),
  ]
}
