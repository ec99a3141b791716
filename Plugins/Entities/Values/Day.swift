/// A day of the Gregorian calendar.
struct Day: Equatable {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2017-05-08`; anything after the day is passed over.
  init?(iso bytes: [UInt8]) {
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for at in range {
        guard bytes[at] >= 0x30, bytes[at] <= 0x39 else { return nil }
        value = value * 10 + Int(bytes[at] & 0x0F)
      }
      return value
    }
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(0..<4),
      let month = number(5..<7), let day = number(8..<10), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Days since 1970-01-01.
  var ordinal: Int {
    // Years from March on, so that the leap day comes last.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  init(ordinal: Int) {
    let z = ordinal + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Monday is 0.
  var weekday: Int { (((ordinal + 3) % 7) + 7) % 7 }

  var iso: [UInt8] { Self.iso(year: year, month: month, day: day) }

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
