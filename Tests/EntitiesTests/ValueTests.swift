import StageKit
import Testing

@testable import Entities

@Suite("Dates and amounts")
struct ValueTests {
  /// “DATE May 4 = XXXX-05-04” for each entity that is no name.
  private func values(_ text: String, published: String? = nil) throws -> [String] {
    try annotated(text, published: published).entities?.filter { !$0.kind.isName }.map { entity in
      "\(entity.kind.rawValue) \(string(entity.name)) = \(entity.value.map(string) ?? "?")"
        + (entity.unit.map { " \(string($0))" } ?? "")
    } ?? []
  }

  @Test(
    arguments: [
      ("It fell on May 4, 2017, again.", ["DATE May 4, 2017 = 2017-05-04"]),
      ("It fell on 4 May 2017.", ["DATE 4 May 2017 = 2017-05-04"]),
      ("It fell on the 4th of May.", ["DATE 4th of May = XXXX-05-04"]),
      ("It fell on Sept. 11.", ["DATE Sept. 11 = XXXX-09-11"]),
      ("It fell in July 1999.", ["DATE July 1999 = 1999-07"]),
      ("It fell in 1999 and rose in the 1980s.", ["DATE 1999 = 1999", "DATE 1980s = 198X"]),
      ("It may march on.", []),
      ("It grew to 2000 people.", []),
      ("It fell on 2017-05-08.", ["DATE 2017-05-08 = 2017-05-08"]),
      ("It fell on Friday, July 21, 2017.", ["DATE Friday, July 21, 2017 = 2017-07-21"]),
      ("It fell on Tuesday.", ["DATE Tuesday = ?"]),
    ])
  func dates(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  @Test func weekdaysCountBackFromTheDayOfPublication() throws {
    // 2017-05-08 was a Monday.
    #expect(try values("It fell on Monday.", published: "2017-05-08") == ["DATE Monday = 2017-05-08"])
    #expect(try values("It fell on Tuesday.", published: "2017-05-08") == ["DATE Tuesday = 2017-05-02"])
    #expect(try values("It opens next Friday.", published: "2017-05-08") == ["DATE Friday = 2017-05-12"])
    #expect(try values("It fell yesterday.", published: "2017-05-01") == ["DATE yesterday = 2017-04-30"])
  }

  @Test(
    arguments: [
      ("It cost $1,250.75.", ["MONEY $1,250.75 = 1250.75 USD"]),
      ("It cost US$20 million.", ["MONEY US$20 million = 20000000 USD"]),
      ("It cost $5m or €3bn.", ["MONEY $5m = 5000000 USD", "MONEY €3bn = 3000000000 EUR"]),
      ("It cost 15 million pounds.", ["MONEY 15 million pounds = 15000000 GBP"]),
      ("It weighs 15 pounds.", []),
      ("It cost 20 Canadian dollars.", ["MONEY 20 Canadian dollars = 20 CAD"]),
      ("It cost two million roubles.", ["MONEY two million roubles = 2000000 RUB"]),
      ("It rose 3.5% and then 12 per cent.", ["PERCENT 3.5% = 3.5 %", "PERCENT 12 per cent = 12 %"]),
      ("It rose five percent.", ["PERCENT five percent = 5 %"]),
    ])
  func amounts(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  @Test func daysCountAcrossLeapYears() {
    for (text, ordinal) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2017-05-08", 17_294)] {
      #expect(Day(iso: Array(text.utf8))?.ordinal == ordinal)
      #expect(string(Day(ordinal: ordinal).iso) == text)
    }
    #expect(Day(iso: Array("2017-13-01".utf8)) == nil)
    #expect(Day(iso: Array("2017-1-1".utf8)) == nil)
  }
}
