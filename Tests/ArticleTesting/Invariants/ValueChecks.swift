import ArticleIO
import StageKit

extension RecordCheck {
  /// The value of a DATE, TIME, MONEY, PERCENT or QUANTITY.
  mutating func checkValue(_ entity: JSONValue, _ kind: String, _ index: Int) {
    func report(_ message: String) { self.report(.values, "entities[\(index)] (\(kind)) \(message)") }
    let (value, unit) = (entity["value"]?.string, entity["unit"]?.string)
    switch kind {
    case "DATE", "TIME":
      if entity["amount"] != .null || unit != nil { report("has an amount or a unit") }
      if let value, !(kind == "DATE" ? DateShape.isDate(value) : DateShape.isTime(value)) { report("is ‘\(value)’") }
    default:
      checkAmount(entity["amount"]?.double, value, report)
      switch kind {
      case "MONEY":
        if let unit, unit.utf8.count == 3, unit.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) { break }
        report("has the unit \(unit ?? "null")")
      case "PERCENT": if unit != "%", unit != "pp" { report("has the unit \(unit ?? "null")") }
      default: if unit?.isEmpty != false { report("has no unit") }
      }
    }
  }

  private func checkAmount(_ amount: Double?, _ value: String?, _ report: (String) -> Void) {
    guard let value else { return report("has no value") }
    let ends = value.split(separator: "/", omittingEmptySubsequences: false).map(Self.number)
    guard !ends.contains(nil) else { return report("has the value ‘\(value)’") }
    switch ends.count {
    case 1:
      if amount == nil || amount != ends[0] {
        report("has the amount \(amount.map { "\($0)" } ?? "null") and the value ‘\(value)’")
      }
    case 2: if amount != nil { report("is a range and has an amount") }
    default: report("has the value ‘\(value)’")
    }
  }

  /// A finite decimal number.
  private static func number(_ text: Substring) -> Double? {
    guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || "+-.e".utf8.contains($0) }), let value = Double(text) else {
      return nil
    }
    return value.isFinite ? value : nil
  }
}

/// The shapes of dates and times in records: ISO 8601, and TIMEX3 (Pustejovsky et al. 2003) for what is not known.
enum DateShape {
  /// `2017-05-08`
  static func isDay(_ text: String) -> Bool { matches(text, "9999-99-99") && isInCalendar(text) }

  /// `XXXX-05-08`
  static func isDayOfAnyYear(_ text: String) -> Bool { matches(text, "XXXX-99-99") && isInCalendar(text) }

  /// `2017-05-08T14:02Z`, with seconds, fractions of them and other zones where they are given.
  static func isInstant(_ text: String) -> Bool {
    let text = text.uppercased()
    guard text.utf8.count > 10, isDay(String(text.prefix(10))), let mark = text.dropFirst(10).first,
      mark == "T" || mark == " "
    else { return false }
    var clock = text.dropFirst(11)
    var zone = Substring()
    if let at = clock.firstIndex(where: { $0 == "Z" || $0 == "+" || $0 == "-" || $0 == " " }) {
      (clock, zone) = (clock[..<at], clock[at...])
    }
    if zone.first == " " { zone = zone.dropFirst() }
    let fraction = clock.firstIndex { $0 == "." || $0 == "," }
    if let fraction, !clock[fraction...].dropFirst().utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return false }
    return isClock(clock[..<(fraction ?? clock.endIndex)]) && isZone(zone)
  }

  /// The value of a DATE, or two with `/` between them, the earlier first.
  static func isDate(_ text: String) -> Bool {
    let ends = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard ends.allSatisfy(isOneDate) else { return false }
    return ends.count == 1 || ends.count == 2 && (ends[0].utf8.count != ends[1].utf8.count || ends[0] < ends[1])
  }

  /// The value of a TIME.
  static func isTime(_ text: String) -> Bool {
    guard let mark = text.firstIndex(of: "T") else { return false }
    let (day, time) = (String(text[..<mark]), text[mark...].dropFirst())
    guard day.isEmpty || isDay(day) || isDayOfAnyYear(day) || isWeekdayOfAnyWeek(day) else { return false }
    if ["MO", "AF", "EV", "NI"].contains(time) { return true }
    let zone = time.firstIndex { $0 == "Z" || $0 == "+" || $0 == "-" } ?? time.endIndex
    return isClock(time[..<zone]) && isZone(time[zone...])
  }

  private static func isOneDate(_ text: String) -> Bool {
    for shape in ["9999-99-99", "9999-99", "XXXX-99-99", "XXXX-99"] where matches(text, shape) {
      return isInCalendar(text)
    }
    if matches(text, "9999") { return text != "0000" }
    if matches(text, "9999-W99") || matches(text, "9999-W99-WE") || matches(text, "XXXX-W99") {
      return (1...53).contains(number(text, 6, 2)) && !text.hasPrefix("0000")
    }
    if isWeekdayOfAnyWeek(text) { return true }
    for shape in ["9999-", "XXXX-"] {
      for season in ["SP", "SU", "FA", "WI"] where matches(text, shape + season) { return !text.hasPrefix("0000") }
      if matches(text, shape + "Q9") { return (1...4).contains(number(text, 6, 1)) && !text.hasPrefix("0000") }
      if matches(text, shape + "H9") { return (1...2).contains(number(text, 6, 1)) && !text.hasPrefix("0000") }
    }
    return matches(text, "999X") || matches(text, "99XX") || matches(text, "9999-XX-XX") && !text.hasPrefix("0000")
  }

  /// `XXXX-WXX-2`
  private static func isWeekdayOfAnyWeek(_ text: String) -> Bool {
    matches(text, "XXXX-WXX-9") && (1...7).contains(number(text, 9, 1))
  }

  /// `14`, `14:02`, `14:02:33`, up to `24:00`.
  private static func isClock(_ text: Substring) -> Bool {
    let clock = String(text)
    guard ["99", "99:99", "99:99:99", "9999", "999999"].contains(where: { matches(clock, $0) }) else { return false }
    let digits = clock.filter { $0 != ":" }
    let (hour, minute, second) = (number(digits, 0, 2), number(digits, 2, 2), number(digits, 4, 2))
    return hour < 24 && minute < 60 && second <= 60 || hour == 24 && minute == 0 && second == 0
  }

  /// Empty, `Z`, `+02`, `+02:00`, `-0530`.
  private static func isZone(_ text: Substring) -> Bool {
    guard let sign = text.first else { return true }
    if sign == "Z" { return text.count == 1 }
    return (sign == "+" || sign == "-") && isClock(text.dropFirst())
  }

  /// The month, and the day where there is one; the years 1 to 9999. In any year February has 29 days.
  private static func isInCalendar(_ text: String) -> Bool {
    let isAnyYear = text.hasPrefix("XXXX")
    let (year, month) = (isAnyYear ? 2000 : number(text, 0, 4), number(text, 5, 2))
    guard year > 0, (1...12).contains(month) else { return false }
    guard text.utf8.count == 10 else { return true }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(number(text, 8, 2))
  }

  /// The decimal digits at a place; 0 where there are none.
  private static func number(_ text: String, _ start: Int, _ count: Int) -> Int {
    text.utf8.dropFirst(start).prefix(count).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  /// `9` of a shape stands for any digit, all else for itself.
  private static func matches(_ text: String, _ shape: String) -> Bool {
    text.utf8.count == shape.utf8.count
      && zip(text.utf8, shape.utf8).allSatisfy { $1 == UInt8(ascii: "9") ? 0x30...0x39 ~= $0 : $0 == $1 }
  }
}

enum LanguageCode {
  /// Whether it has the shape of a language tag: two or three letters, then parts of one to eight letters and digits.
  static func isWellFormed(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return 2...3 ~= (parts.first ?? "").utf8.count && parts[0].utf8.allSatisfy { 0x61...0x7A ~= $0 | 0x20 }
      && parts.allSatisfy { part in
        1...8 ~= part.utf8.count && part.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 | 0x20 }
      }
  }
}
