/// Instants as text, in UTC. Times are seconds since 1970.
public enum UTC {
  /// `2026-11-21`
  public static func day(_ time: Int64) -> String {
    let (year, month, day) = Day.date(days(time))
    return "\(pad(year, 4))-\(pad(month))-\(pad(day))"
  }

  /// `2026-11-21T19:14:00Z`
  public static func extended(_ time: Int64) -> String {
    let (hour, minute, second) = clock(time)
    return "\(day(time))T\(pad(hour)):\(pad(minute)):\(pad(second))Z"
  }

  /// `20261121T191400Z`
  public static func basic(_ time: Int64) -> String {
    let (year, month, day) = Day.date(days(time))
    let (hour, minute, second) = clock(time)
    return "\(pad(year, 4))\(pad(month))\(pad(day))T\(pad(hour))\(pad(minute))\(pad(second))Z"
  }

  /// What `extended` wrote; `nil` for other texts.
  public static func seconds(_ text: [UInt8]) -> Int64? {
    guard text.count == 20, text[10] == UInt8(ascii: "T"), text[19] == UInt8(ascii: "Z") else { return nil }
    let numbers = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].compactMap { Int(digits: text[$0]) }
    guard numbers.count == 6, 1...12 ~= numbers[1], 1...31 ~= numbers[2] else { return nil }
    let day = Day.ordinal(numbers[0], numbers[1], numbers[2])
    return Int64(day * secondsOfDay + numbers[3] * 3600 + numbers[4] * 60 + numbers[5])
  }

  private static let secondsOfDay = 86_400

  private static func clock(_ time: Int64) -> (Int, Int, Int) {
    let second = Int(time) - days(time) * secondsOfDay
    return (second / 3600, second / 60 % 60, second % 60)
  }

  private static func days(_ time: Int64) -> Int {
    let (quotient, remainder) = Int(time).quotientAndRemainder(dividingBy: secondsOfDay)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static func pad(_ number: Int, _ width: Int = 2) -> String { String(number.magnitude, width: width) }
}
