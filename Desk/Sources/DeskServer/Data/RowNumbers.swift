/// The numbers of entities and quotations begin with the day of their article (`RowNumber` of the store).
enum RowNumbers {
  /// Below the day.
  static let partBits = 29
  /// 1800-01-01, with which the days of numbers begin, in days since 1970-01-01.
  static let firstDay = -62_091
  private static let lastDay = firstDay + (1 << 17) - 1

  /// The lowest number of a day.
  static func part(from day: Int) -> Int64 { Int64(min(max(day, firstDay), lastDay) - firstDay) << partBits }
}
