import Bytes
import StageKit

/// The words of the calendar.
enum Calendar {
  /// January is 1.
  static let months: [String: Int] = {
    let full = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    var months: [String: Int] = [:]
    for (index, name) in full.enumerated() {
      months[name] = index + 1
      months[name.prefix(3) + "."] = index + 1
    }
    months["sept."] = 9
    for (name, number) in [("jan", 1), ("feb", 2), ("aug", 8), ("sept", 9), ("oct", 10), ("nov", 11), ("dec", 12)] {
      months[name] = number
    }
    return months
  }()

  /// Monday is 0.
  static let weekdays: [String: Int] = {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return Dictionary(uniqueKeysWithValues: days.enumerated().map { ($1, $0) })
  }()

  /// As TIMEX3 writes them.
  static let seasons = WordTable<StaticString>(
    [("spring", "SP"), ("summer", "SU"), ("autumn", "FA"), ("fall", "FA"), ("winter", "WI")])

  /// As TIMEX3 writes them.
  static let partsOfDay = WordTable<StaticString>(
    [("morning", "TMO"), ("afternoon", "TAF"), ("evening", "TEV"), ("night", "TNI")])
}
