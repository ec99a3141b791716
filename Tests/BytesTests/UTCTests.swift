import Bytes
import Testing

@Suite struct UTCTests {
  @Test func datesAreGregorian() {
    #expect(UTC.extended(0) == "1970-01-01T00:00:00Z")
    #expect(UTC.extended(951_827_696) == "2000-02-29T12:34:56Z")
    #expect(UTC.basic(1_795_288_440) == "20261121T191400Z")
    #expect(UTC.day(-1) == "1969-12-31")
  }

  @Test func instantsComeBack() {
    for time in stride(from: Int64(-62_135_596_800), to: 253_402_300_800, by: 86_400 * 97 + 4321) {
      #expect(UTC.seconds(Array(UTC.extended(time).utf8)) == time)
    }
    #expect(UTC.extended(-62_135_596_800) == "0001-01-01T00:00:00Z")
    #expect(UTC.extended(253_402_300_799) == "9999-12-31T23:59:59Z")
  }

  @Test(arguments: [
    "", "2000-02-29T12:34:56", "2000-02-29 12:34:56Z", "2000-13-01T00:00:00Z", "2000-00-01T00:00:00Z",
    "2000-01-32T00:00:00Z", "2000-01-+1T00:00:00Z", "20x0-01-01T00:00:00Z",
  ])
  func refuses(text: String) { #expect(UTC.seconds(Array(text.utf8)) == nil) }
}
