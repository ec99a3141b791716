import Bytes
import StageKit

/// Dates of which some parts are not known, and dates in words of ISO 8601 and TIMEX3.
extension Day {
  /// `2017-W19`: the week of ISO 8601, which belongs to the year of its Thursday.
  var isoWeek: [UInt8]? {
    guard let thursday = adding(3 - weekday), let first = Day(year: thursday.year, month: 1, day: 1) else { return nil }
    let week = (thursday.ordinal - first.ordinal) / 7 + 1
    return Self.digits(thursday.year, 4) + Array("-W".utf8) + Self.digits(week, 2)
  }

  /// The year and month so many months later; `nil` where that is out of the calendar.
  func month(after months: Int) -> (year: Int, month: Int)? {
    let index = year * 12 + month - 1 + months
    return index >= 12 && Self.years.contains(index / 12) ? (index / 12, index % 12 + 1) : nil
  }

  /// `2017-05-08`, `2017-05`, `XXXX-05-04`: what is not known of a date is written as TIMEX3 does.
  ///
  /// - Parameter year: one of the calendar.
  static func iso(year: Int?, month: Int?, day: Int?) -> [UInt8] {
    var bytes = year.map { digits($0, 4) } ?? Array("XXXX".utf8)
    if let month { bytes += [UInt8(ascii: "-")] + digits(month, 2) }
    if let day { bytes += [UInt8(ascii: "-")] + digits(day, 2) }
    return bytes
  }

  /// The last `count` decimal digits, with zeros before them.
  ///
  /// - Parameter value: 0 or more, and no longer than `count`; of another one the digits mean nothing.
  static func digits(_ value: Int, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(digitsOf: value, width: count)
    return bytes
  }
}
