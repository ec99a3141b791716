/// Instants as text, in UTC. Times are seconds since 1970.
public enum UTC {
  /// `2026-11-21`
  public static func day(_ time: Int64) -> String {
    let (year, month, day) = civil(time)
    return "\(pad(year, 4))-\(pad(month))-\(pad(day))"
  }

  /// `2026-11-21T19:14:00Z`
  public static func extended(_ time: Int64) -> String {
    let (hour, minute, second) = clock(time)
    return "\(day(time))T\(pad(hour)):\(pad(minute)):\(pad(second))Z"
  }

  /// `20261121T191400Z`
  public static func basic(_ time: Int64) -> String {
    let (year, month, day) = civil(time)
    let (hour, minute, second) = clock(time)
    return "\(pad(year, 4))\(pad(month))\(pad(day))T\(pad(hour))\(pad(minute))\(pad(second))Z"
  }

  /// What `extended` wrote; `nil` for other texts.
  public static func seconds(_ text: [UInt8]) -> Int64? {
    guard text.count == 20, text[10] == UInt8(ascii: "T"), text[19] == UInt8(ascii: "Z") else { return nil }
    var numbers: [Int64] = []
    for range in [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19] {
      var number: Int64 = 0
      for byte in text[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        number = number * 10 + Int64(byte - 0x30)
      }
      numbers.append(number)
    }
    guard 1...12 ~= numbers[1], 1...31 ~= numbers[2] else { return nil }
    let year = numbers[1] > 2 ? numbers[0] : numbers[0] - 1
    let days =
      year * 365 + year / 4 - year / 100 + year / 400 + ((numbers[1] + 9) % 12 * 153 + 2) / 5 + numbers[2] - 719_469
    return days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
  }

  private static func clock(_ time: Int64) -> (Int, Int, Int) {
    let second = Int(time - days(time) * 86_400)
    return (second / 3600, second / 60 % 60, second % 60)
  }

  private static func days(_ time: Int64) -> Int64 { time >= 0 ? time / 86_400 : (time - 86_399) / 86_400 }

  /// The proleptic Gregorian date; the year is counted from March, so that the leap day comes last.
  private static func civil(_ time: Int64) -> (Int, Int, Int) {
    let shifted = Int(days(time)) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400
    return month < 10 ? (year, month + 3, day) : (year + 1, month - 9, day)
  }

  private static func pad(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
