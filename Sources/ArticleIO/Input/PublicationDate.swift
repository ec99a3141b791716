import Bytes
import StageKit

/// When an article was published, as a JSON input says it: a day of ISO 8601, and after it perhaps a time.
struct PublicationDate {
  var day: Day
  /// The whole text, where a time follows the day and nothing follows the time: `2017-05-08T10:00:00+02:00`.
  var instant: [UInt8]?

  /// Newspapers begin in 1605. The first day that many programs know, 0001-01-01, and the last, 9999-12-31, stand for one
  /// that is not known.
  static let years = 1600..<2200

  /// `nil` where the text does not start with a day of the calendar on which something may have been published.
  init?(_ text: [UInt8]) {
    guard let day = Day(iso: text), Self.years.contains(day.year) else { return nil }
    self.day = day
    if text.count > 10, Self.isTime(text.dropFirst(10)) { instant = text }
  }

  /// `T10:15`, ` 10:15:00`, `T10:15:00.123Z`, `T10:15:00+02:00`, `T10:15:00-0500`: RFC 3339, and what ISO 8601 allows
  /// beside it.
  private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    guard takes(&rest, "Tt "), let hour = number(&rest), hour < 24, takes(&rest, ":"),
      let minute = number(&rest), minute < 60
    else { return false }
    if takes(&rest, ":") {
      // 60 is the leap second.
      guard let second = number(&rest), second <= 60 else { return false }
      if takes(&rest, ".,") {
        let digits = rest.prefix { ByteClass($0) == .digit }
        if digits.isEmpty { return false }
        rest = rest.dropFirst(digits.count)
      }
    }
    return rest.isEmpty || isZone(rest)
  }

  /// `Z`, `+02:00`, `+0200`, `-05`
  private static func isZone(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if takes(&rest, "Zz") { return rest.isEmpty }
    guard takes(&rest, "+-"), let hours = number(&rest), hours < 24 else { return false }
    if rest.isEmpty { return true }
    takes(&rest, ":")
    guard let minutes = number(&rest), minutes < 60 else { return false }
    return rest.isEmpty
  }

  /// Two digits.
  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let digits = rest.prefix(2)
    guard digits.count == 2, digits.allSatisfy({ ByteClass($0) == .digit }) else { return nil }
    rest = rest.dropFirst(2)
    return digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  /// Steps over one byte where it is any of these.
  @discardableResult
  private static func takes(_ rest: inout ArraySlice<UInt8>, _ any: StaticString) -> Bool {
    guard let first = rest.first, any.withUTF8Buffer({ $0.contains(first) }) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
