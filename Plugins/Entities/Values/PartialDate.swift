import StageKit

/// Dates of which some parts are not known, and dates in words of ISO 8601 and TIMEX3.
extension Day {
  /// `2017-W19`: the week of ISO 8601, which belongs to the year of its Thursday.
  var isoWeek: [UInt8] {
    let thursday = ordinal - weekday + 3
    let year = Day(ordinal: thursday).year
    let week = (thursday - Day(year: year, month: 1, day: 1).ordinal) / 7 + 1
    return Self.digits(year, 4) + Array("-W".utf8) + Self.digits(week, 2)
  }

  /// The year and month so many months later.
  func month(after months: Int) -> (year: Int, month: Int) {
    let index = year * 12 + month - 1 + months
    return (index / 12, index % 12 + 1)
  }

  /// `2017-05-08`, `2017-05`, `XXXX-05-04`: what is not known of a date is written as TIMEX3 does.
  static func iso(year: Int?, month: Int?, day: Int?) -> [UInt8] {
    var bytes = year.map { digits($0, 4) } ?? Array("XXXX".utf8)
    if let month { bytes += [UInt8(ascii: "-")] + digits(month, 2) }
    if let day { bytes += [UInt8(ascii: "-")] + digits(day, 2) }
    return bytes
  }

  /// Decimal digits, padded with zeros to `count`.
  static func digits(_ value: Int, _ count: Int) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    for _ in 0..<count {
      bytes.insert(UInt8(ascii: "0") + UInt8(rest % 10), at: 0)
      rest /= 10
    }
    return bytes
  }
}
