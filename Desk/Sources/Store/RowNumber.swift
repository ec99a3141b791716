import Bytes

/// The numbers of rows: the day of the article, then a count within that day.
///
/// Days are counted from 1800-01-01. A day has room for 2^24 articles, and for 2^29 entities and quotations. All numbers are
/// below 2^53, so that JavaScript holds them.
public enum RowNumber {
  static let articleBits = 24
  static let partBits = 29
  /// 1800-01-01 in days since 1970-01-01.
  static let firstDay = -62_091
  /// Up to 2158, in 17 bits.
  static let lastDay = firstDay + (1 << 17) - 1

  /// The lowest number of an article of a day.
  ///
  /// - Parameter day: since 1970-01-01; one outside of the calendar of this file becomes its first or last.
  public static func article(from day: Int) -> Int64 { Int64(place(day)) << articleBits }

  /// The lowest number of an entity or a quotation of a day.
  public static func part(from day: Int) -> Int64 { Int64(place(day)) << partBits }

  /// Behind the highest numbers of a day.
  public static func articlesEnd(of day: Int) -> Int64 { article(from: day) + (1 << articleBits) }
  public static func partsEnd(of day: Int) -> Int64 { part(from: day) + (1 << partBits) }

  /// The day of an article, since 1970-01-01.
  public static func day(ofArticle number: Int64) -> Int { Int(number >> articleBits) + firstDay }

  /// The day of an entity or a quotation, since 1970-01-01.
  public static func day(ofPart number: Int64) -> Int { Int(number >> partBits) + firstDay }

  private static func place(_ day: Int) -> Int { min(max(day, firstDay), lastDay) - firstDay }
}
