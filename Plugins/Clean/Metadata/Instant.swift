import Bytes
import StageKit

/// A moment as pages write it: `2017-05-08T10:00:00+02:00`, “8 May 2017 10:15 GMT”.
struct Instant: Equatable {
  var day: Day
  var hour: Int
  var minute: Int
  var second: Int
  /// Minutes east of Greenwich.
  var zone: Int

  /// RFC 3339: `2017-05-08T10:00:00+02:00`, `…Z` for Greenwich.
  var iso: [UInt8] {
    var out = day.iso
    out.append(UInt8(ascii: "T"))
    for (index, value) in [hour, minute, second].enumerated() {
      if index > 0 { out.append(UInt8(ascii: ":")) }
      out.append(digitsOf: value, width: 2)
    }
    if zone == 0 {
      out.append(UInt8(ascii: "Z"))
    } else {
      out.append(zone < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
      out.append(digitsOf: abs(zone) / 60, width: 2)
      out.append(UInt8(ascii: ":"))
      out.append(digitsOf: abs(zone) % 60, width: 2)
    }
    return out
  }

  /// Minutes since 1 January 1970 in Greenwich.
  var minutes: Int { day.ordinal * 1440 + hour * 60 + minute - zone }

  /// The days that the instant is on, anywhere on Earth: zones reach from twelve hours west to fourteen
  /// east. Days since 1 January 1970.
  var days: Range<Int> {
    func day(_ minutes: Int) -> Int { minutes >= 0 ? minutes / 1440 : (minutes - 1439) / 1440 }
    return Range(from: day(minutes - 12 * 60), upTo: day(minutes + 14 * 60) + 1)
  }

  /// Seconds or milliseconds since 1970 in digits, of the years that have news pages.
  init?(epoch text: [UInt8]) {
    guard text.count == 10 || text.count == 13, text.allSatisfy(\.isDigit) else { return nil }
    let seconds = text.prefix(10).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    // “2016050512” is a day and an hour.
    guard seconds < 2_000_000_000, let day = Day(ordinal: seconds / 86_400), day.year >= 1995 else { return nil }
    self.day = day
    (hour, minute, second, zone) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, 0)
  }

  /// The instant of a text with a day, a time and a zone; `nil` where one is missing.
  init?(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    guard let (day, place) = DateReader.find(bytes, span) else { return nil }
    self.day = day
    // The time may stand on either side of the day.
    guard
      let time = Time(bytes, ByteSpan(place.end, span.end))
        ?? Time(bytes, ByteSpan(span.start, place.start))
    else { return nil }
    guard let zone = time.zone else { return nil }
    (hour, minute, second, self.zone) = (time.hour, time.minute, time.second, zone)
  }

  /// `10:15:00.123+02:00`, `9:43 p.m. GMT`.
  private struct Time {
    var hour: Int
    var minute: Int
    var second = 0
    var zone: Int?

    /// The first time in the span.
    init?(_ bytes: Span<UInt8>, _ span: ByteSpan) {
      func digits(_ at: Int) -> (value: Int, end: Int)? {
        var (value, end) = (0, at)
        while end < span.end, end - at < 2, ByteClass(bytes[end]).isAny(of: .digit) {
          value = value * 10 + Int(bytes[end] - 0x30)
          end += 1
        }
        return end > at ? (value, end) : nil
      }
      var at = span.start
      while at < span.end {
        guard ByteClass(bytes[at]).isAny(of: .digit), let first = digits(at) else {
          at += 1
          continue
        }
        guard first.end < span.end, bytes[first.end] == UInt8(ascii: ":"), let second = digits(first.end + 1),
          second.end - first.end == 3, first.value < 24, second.value < 60
        else {
          at = first.end
          continue
        }
        (hour, minute, at) = (first.value, second.value, second.end)
        if at < span.end, bytes[at] == UInt8(ascii: ":"), let third = digits(at + 1), third.value < 61 {
          (self.second, at) = (min(59, third.value), third.end)
        }
        if at < span.end, bytes[at] == UInt8(ascii: ".") {
          // Parts of a second, or the “.” of “9:43.”.
          at += 1
          while at < span.end, ByteClass(bytes[at]).isAny(of: .digit) { at += 1 }
        }
        readHalf(bytes, &at, span.end)
        zone = Self.zone(bytes, at, span.end)
        return
      }
      return nil
    }

    /// “a.m.”, “PM”
    private mutating func readHalf(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int) {
      var next = at
      while next < end, let length = spaceLength(bytes, next) { next += length }
      guard next + 1 < end, bytes[next] | 0x20 == UInt8(ascii: "a") || bytes[next] | 0x20 == UInt8(ascii: "p") else {
        return
      }
      let isAfternoon = bytes[next] | 0x20 == UInt8(ascii: "p")
      next += 1
      if next < end, bytes[next] == UInt8(ascii: ".") { next += 1 }
      guard next < end, bytes[next] | 0x20 == UInt8(ascii: "m") else { return }
      next += 1
      if next < end, bytes[next] == UInt8(ascii: ".") { next += 1 }
      if next < end, ByteClass(bytes[next]).isAny(of: .letter) { return }
      if hour <= 12 { hour = hour % 12 + (isAfternoon ? 12 : 0) }
      at = next
    }

    /// `Z`, `+02:00`, `-0500`, `GMT`, `EDT`, in minutes.
    private static func zone(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
      var at = start
      while at < end, let length = spaceLength(bytes, at) { at += length }
      if at < end, bytes[at] == UInt8(ascii: "(") { at += 1 }
      guard at < end else { return nil }
      if bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
        var (value, digits, next) = (0, 0, at + 1)
        while next < end, digits < 4 {
          if ByteClass(bytes[next]).isAny(of: .digit) {
            (value, digits) = (value * 10 + Int(bytes[next] - 0x30), digits + 1)
          } else if bytes[next] != UInt8(ascii: ":") || digits != 2 {
            break
          }
          next += 1
        }
        // A day may be glued to a short zone: only whole ones count.
        guard digits == 4 || digits == 2 && next == end else { return nil }
        let minutes = digits == 4 ? value / 100 * 60 + value % 100 : value * 60
        guard minutes <= 14 * 60, value % 100 < 60 || digits == 2 else { return nil }
        return bytes[at] == UInt8(ascii: "-") ? -minutes : minutes
      }
      var next = at
      while next < end, ByteClass(bytes[next]).isAny(of: .upper) { next += 1 }
      if next < end, ByteClass(bytes[next]).isAny(of: .alphanumeric) { return nil }
      let name = WordHash(bytes, ByteSpan(at, next))
      if greenwich.contains(name) {
        var sign = next
        while sign < end, bytes[sign] == 0x20 { sign += 1 }
        if sign < end, bytes[sign] == UInt8(ascii: "+") || bytes[sign] == UInt8(ascii: "-") {
          // “GMT - ” before other words is Greenwich itself.
          if sign + 1 < end, bytes[sign + 1].isDigit { return offset(bytes, sign, end) }
          if bytes[sign] == UInt8(ascii: "+") { return nil }
        }
      }
      return zones[name]
    }

    /// “+3”, “-3:30”, “+0300” behind the name of Greenwich time, in minutes.
    private static func offset(_ bytes: Span<UInt8>, _ sign: Int, _ end: Int) -> Int? {
      var (hours, minutes, digits, at) = (0, 0, 0, sign + 1)
      while at < end, bytes[at].isDigit, digits < 4 {
        if digits < 2 {
          hours = hours * 10 + Int(bytes[at] & 0x0F)
        } else {
          minutes = minutes * 10 + Int(bytes[at] & 0x0F)
        }
        (digits, at) = (digits + 1, at + 1)
      }
      if digits == 3 || at < end && bytes[at].isDigit { return nil }
      if digits <= 2, at + 2 < end, bytes[at] == UInt8(ascii: ":"), bytes[at + 1].isDigit, bytes[at + 2].isDigit {
        minutes = Int(bytes[at + 1] & 0x0F) * 10 + Int(bytes[at + 2] & 0x0F)
      }
      guard hours <= 14, minutes < 60 else { return nil }
      let value = hours * 60 + minutes
      return bytes[sign] == UInt8(ascii: "-") ? -value : value
    }

    private static let greenwich = WordSet(["GMT", "UTC", "UT"])

    /// Names that mean one zone wherever they are used.
    private static let zones = WordTable<Int>([
      ("Z", 0), ("GMT", 0), ("UTC", 0), ("EST", -300), ("EDT", -240), ("CDT", -300), ("MDT", -360), ("PST", -480),
      ("PDT", -420), ("CET", 60), ("CEST", 120), ("EET", 120), ("EEST", 180), ("MSK", 180), ("AEST", 600),
      ("AEDT", 660),
      ("NZST", 720), ("NZDT", 780), ("JST", 540), ("KST", 540), ("HKT", 480), ("SGT", 480), ("AKST", -540),
      ("HST", -600),
    ])
  }
}
