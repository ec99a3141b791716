import StageKit
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2000-02-29", 11_016), ("2017-05-08", 17_294), ("2026-11-22", 20_779), ("1969-12-31", -1),
    ("1900-03-01", -25_508), ("0000-03-01", -719_468),
  ])
  func countsFrom1970(text: String, ordinal: Int) {
    #expect(Day(iso: Array((text + "T10:00:00Z").utf8))?.ordinal == ordinal)
    #expect(String(decoding: Day(ordinal: ordinal).iso, as: UTF8.self) == text)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-00-01", "20261122xx", "2026-1-222", "2026-02-29", "1900-02-29", "2026-04-31",
    "2026-04-00",
  ])
  func refuses(text: String) { #expect(Day(iso: Array(text.utf8)) == nil) }

  @Test func everyDayComesBack() {
    for ordinal in stride(from: -800_000, to: 800_000, by: 37) {
      let day = Day(ordinal: ordinal)
      #expect(day.isInCalendar && day.ordinal == ordinal)
    }
    #expect(Day(year: 2026, month: 11, day: 22).weekday == 6)
  }
}
