import Bytes
import StageKit

/// The words of the calendar.
enum Calendar {
  /// As TIMEX3 writes them.
  static let seasons = WordTable<StaticString>(
    [("spring", "SP"), ("summer", "SU"), ("autumn", "FA"), ("fall", "FA"), ("winter", "WI")])

  /// As TIMEX3 writes them.
  static let partsOfDay = WordTable<StaticString>(
    [("morning", "TMO"), ("afternoon", "TAF"), ("evening", "TEV"), ("night", "TNI")])
}
