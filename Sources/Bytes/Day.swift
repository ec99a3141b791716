/// A day of the Gregorian calendar, in the years 1 to 9999, which are those that ISO 8601 writes with four digits.
///
/// Days are counted by the algorithms of Howard Hinnant's “chrono-Compatible Low-Level Date Algorithms”.
public struct Day: Hashable, Sendable {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// From 1.
  public let day: Int

  public static let years = 1...9999

  /// `nil` where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard Self.years.contains(year), (1...12).contains(month), day >= 1, day <= Self.count(ofMonth: month, year) else {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2017-05-08`; anything after the day is passed over. `nil` where the calendar has no such day.
  public init?(iso bytes: [UInt8]) {
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Int(digits: bytes[0..<4]), let month = Int(digits: bytes[5..<7]), let day = Int(digits: bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func count(ofMonth month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  /// Days since 1970-01-01.
  public var ordinal: Int { Self.ordinal(year, month, day) }

  /// The same for years that the calendar of this type leaves out, and for days past the end of a month.
  static func ordinal(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // Years from March on, so that the leap day comes last.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// From 0001-01-01 to 9999-12-31.
  private static let ordinals = -719_162...2_932_896

  /// `nil` before the year 1 and after 9999.
  ///
  /// - Parameter ordinal: days since 1970-01-01.
  public init?(ordinal: Int) {
    guard Self.ordinals.contains(ordinal) else { return nil }
    (year, month, day) = Self.date(ordinal)
  }

  /// Year, month and day, of any year.
  static func date(_ ordinal: Int) -> (year: Int, month: Int, day: Int) {
    let z = ordinal + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// So many days later; `nil` where that is out of the calendar.
  public func adding(_ days: Int) -> Day? {
    let (sum, isTooFar) = ordinal.addingReportingOverflow(days)
    return isTooFar ? nil : Day(ordinal: sum)
  }

  /// Monday is 0.
  public var weekday: Int { (((ordinal + 3) % 7) + 7) % 7 }

  /// `2017-05-08`
  public var iso: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(digitsOf: year, width: 4)
    for value in [month, day] {
      bytes.append(UInt8(ascii: "-"))
      bytes.append(digitsOf: value, width: 2)
    }
    return bytes
  }
}
