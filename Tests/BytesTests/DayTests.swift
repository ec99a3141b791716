import Bytes
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2000-02-29", 11_016), ("2017-05-08", 17_294), ("2026-11-22", 20_779), ("1969-12-31", -1),
    ("1900-03-01", -25_508), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896),
  ])
  func countsFrom1970(text: String, ordinal: Int) {
    #expect(Day(iso: Array((text + "T10:00:00Z").utf8))?.ordinal == ordinal)
    #expect(Day(ordinal: ordinal).map { String(decoding: $0.iso, as: UTF8.self) } == text)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-00-01", "20261122xx", "2026-1-222", "2026-02-29", "1900-02-29", "2026-04-31",
    "2026-04-00", "0000-03-01",
  ])
  func refuses(text: String) { #expect(Day(iso: Array(text.utf8)) == nil) }

  /// All of them, one after the other: years 1 to 9999.
  @Test func everyDayComesBack() throws {
    var expected = (year: 1, month: 1, day: 1)
    for ordinal in -719_162...2_932_896 {
      let day = try #require(Day(ordinal: ordinal))
      guard (day.year, day.month, day.day) == expected, day.ordinal == ordinal else {
        Issue.record("\(ordinal) is \(day), not \(expected)")
        return
      }
      let isLast = Day(year: day.year, month: day.month, day: day.day + 1) == nil
      expected =
        !isLast
        ? (day.year, day.month, day.day + 1) : day.month < 12 ? (day.year, day.month + 1, 1) : (day.year + 1, 1, 1)
      if ordinal % 37 == 0 { #expect(Day(iso: day.iso) == day) }
    }
    #expect(expected == (10_000, 1, 1))
    #expect(Day(year: 2026, month: 11, day: 22)?.weekday == 6)
  }

  @Test func noDayLiesOutsideTheYears1To9999() throws {
    let first = try #require(Day(year: 1, month: 1, day: 1))
    let last = try #require(Day(year: 9999, month: 12, day: 31))
    for steps in [1, 365, 4_000_000, .max] {
      #expect(first.adding(-steps) == nil && last.adding(steps) == nil)
    }
    #expect(first.adding(.min) == nil && Day(ordinal: .min) == nil && Day(ordinal: .max) == nil)
    #expect(first.adding(1)?.day == 2 && last.adding(-31)?.month == 11)
    for (year, month, day) in [(0, 5, 5), (10_000, 1, 1), (-4, 1, 1), (2026, 0, 1), (2026, 2, 30), (2026, 1, .max)] {
      #expect(Day(year: year, month: month, day: day) == nil)
    }
  }
}
