import Bytes
import StageKit
import Testing

@testable import Entities

@Suite("Dates and amounts")
struct ValueTests {
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
      ("It fell on Tuesday.", ["DATE Tuesday = XXXX-WXX-2"]),
    ])
  func dates(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  @Test(
    arguments: [
      ("It fell on June 31.", ["DATE June 31 = ?"]),
      ("It fell on February 30, 2017.", ["DATE February 30, 2017 = ?"]),
      ("It fell on February 29, 2016.", ["DATE February 29, 2016 = 2016-02-29"]),
      ("It fell on 29 February.", ["DATE 29 February = XXXX-02-29"]),
      ("It ran 28-31 April 2017.", ["DATE 28-31 April 2017 = ?"]),
      ("It fell on 31/4/2017 and 4/31/2017.", []),
    ])
  func aDayThatNoCalendarHasGivesNoValue(text: String, expected: [String]) throws {
    #expect(try values(text) == expected)
  }

  @Test func aLeapDayIsThatOfAYearThatHasOne() throws {
    #expect(try values("It fell on February 29.", published: "2016-03-02") == ["DATE February 29 = 2016-02-29"])
    #expect(try values("It fell on February 29.", published: "2017-03-02") == ["DATE February 29 = XXXX-02-29"])
  }

  /// Half a year ahead is the year before, three quarters of a year back the year after.
  @Test(arguments: [
    ("January 10", "2016-12-20", "2017-01-10"), ("March 31", "2017-12-31", "2017-03-31"),
    ("March 30", "2017-12-31", "2018-03-30"), ("July 3", "2017-01-01", "2017-07-03"),
    ("July 4", "2017-01-01", "2016-07-04"),
  ])
  func aDayWithoutAYearIsNearThePublication(day: String, published: String, expected: String) throws {
    #expect(try values("It fell on \(day).", published: published) == ["DATE \(day) = \(expected)"])
  }

  /// Every way to count from the day of publication, from both ends of the calendar and from the middle.
  @Test(arguments: ["0001-01-01", "0001-02-03", "0009-06-01", "2016-02-29", "9990-01-01", "9999-12-01", "9999-12-31"])
  func countingNeverLeavesTheCalendar(published: String) throws {
    var texts = ["yesterday", "tomorrow", "today", "Monday", "Sunday", "tonight", "yesterday morning", "last night"]
    for step in ["last", "this", "next"] {
      for unit in ["week", "weekend", "month", "quarter", "year", "decade", "Friday", "May", "December", "winter"] {
        texts.append("\(step) \(unit)")
      }
    }
    for count in ["two", "12", "9999"] {
      for unit in ["days", "weeks", "months", "years", "decades"] { texts.append("\(count) \(unit) ago") }
    }
    texts += ["a day ago", "a year ago", "a decade ago", "on January 1", "on December 31", "in January", "in December"]
    for text in texts {
      for sentence in ["It fell \(text).", "It will fall \(text)."] {
        for value in try values(sentence, published: published) {
          let written = value.split(separator: " = ", maxSplits: 1).last.map(String.init) ?? ""
          #expect(isTIMEX3(written), "\(sentence) \(value)")
        }
      }
    }
  }

  /// “?”, for none, and the forms of dates and parts of them that the stage writes.
  private func isTIMEX3(_ value: String) -> Bool {
    func isYear(_ text: Substring) -> Bool { text == "XXXX" || Int(text).map { $0 > 0 && text.count == 4 } ?? false }
    let day = value.prefix { $0 != "T" }
    if value == "?" || value.hasPrefix("T") || value.hasPrefix("XXXX-") { return true }
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 1, day.count == 4, day.last == "X" { return Int(day.prefix(3)) != nil }
    guard let year = parts.first, isYear(year) else { return false }
    guard parts.count > 1 else { return true }
    if let kind = parts[1].first, "WQHSF".contains(kind) { return true }
    guard let month = Int(parts[1]), (1...12).contains(month) else { return false }
    return parts.count == 2 || Day(iso: Array(day.utf8)) != nil
  }

  @Test func weekdaysCountBackFromTheDayOfPublication() throws {
    // 2017-05-08 was a Monday.
    #expect(try values("It fell on Monday.", published: "2017-05-08") == ["DATE Monday = 2017-05-08"])
    #expect(try values("It fell on Tuesday.", published: "2017-05-08") == ["DATE Tuesday = 2017-05-02"])
    #expect(try values("It opens next Friday.", published: "2017-05-08") == ["DATE next Friday = 2017-05-12"])
    #expect(try values("It fell yesterday.", published: "2017-05-01") == ["DATE yesterday = 2017-04-30"])
  }

  @Test(
    arguments: [
      ("It fell from May 4 to May 6, 2016.", ["DATE May 4 = XXXX-05-04", "DATE May 6, 2016 = 2016-05-06"]),
      ("It ran May 4-6, 2016.", ["DATE May 4-6, 2016 = 2016-05-04/2016-05-06"]),
      ("It ran 4-6 May.", ["DATE 4-6 May = XXXX-05-04/XXXX-05-06"]),
      ("It fell on 21/7/2017.", ["DATE 21/7/2017 = 2017-07-21"]),
      ("It fell on 7/21/2017.", ["DATE 7/21/2017 = 2017-07-21"]),
      ("It fell on 4/7/2017.", ["DATE 4/7/2017 = 2017-XX-XX"]),
      ("It fell in the 19th century.", ["DATE 19th century = 18XX"]),
      ("It ran in 2015-17.", ["DATE 2015-17 = 2015/2017"]),
      ("After the 2016 election it fell.", ["DATE 2016 = 2016"]),
      ("It opens in the summer of 2018.", ["DATE summer of 2018 = 2018-SU"]),
      ("Sales fell in the first quarter of 2017.", ["DATE first quarter of 2017 = 2017-Q1"]),
      ("The dialogue goes on in the first quarter.", []),
      ("Resolution 2254 and Committee 1540 on trade.", []),
      ("It lost the 2000 votes.", []),
      ("A spring fell in the last year of the war.", []),
      ("It was last month that she left a year ago.", ["DATE last month = ?", "DATE a year ago = ?"]),
    ])
  func moreDates(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  @Test(
    arguments: [
      ("It opened last month.", "DATE last month = 2017-04"),
      ("It opens next week.", "DATE next week = 2017-W20"),
      ("It opened last year.", "DATE last year = 2016"),
      ("It opens this quarter.", "DATE this quarter = 2017-Q2"),
      ("It opened last weekend.", "DATE last weekend = 2017-W18-WE"),
      ("It opened last Monday.", "DATE last Monday = 2017-05-01"),
      ("It opened three days ago.", "DATE three days ago = 2017-05-05"),
      ("It opened two weeks ago.", "DATE two weeks ago = 2017-W17"),
      ("It opened a year ago.", "DATE a year ago = 2016"),
      ("It opened last May.", "DATE last May = 2016-05"),
      ("It opened last summer.", "DATE last summer = 2016-SU"),
      ("It opened on May 4.", "DATE May 4 = 2017-05-04"),
      ("It opened on December 12.", "DATE December 12 = 2016-12-12"),
      ("It opens on June 1.", "DATE June 1 = 2017-06-01"),
      ("It will open on April 1.", "DATE April 1 = 2018-04-01"),
      ("It opened in March.", "DATE March = 2017-03"),
      ("It opened in November.", "DATE November = 2016-11"),
      ("It will open on Friday.", "DATE Friday = 2017-05-12"),
      ("She said on Friday it will open.", "DATE Friday = 2017-05-05"),
      ("It will open, she said on Friday.", "DATE Friday = 2017-05-05"),
      ("It opened Friday evening.", "TIME Friday evening = 2017-05-05TEV"),
      ("It opened last night.", "TIME last night = 2017-05-07TNI"),
      ("It opens tonight.", "TIME tonight = 2017-05-08TNI"),
    ])
  func relativeDates(text: String, expected: String) throws {
    // A Monday.
    #expect(try values(text, published: "2017-05-08") == [expected])
  }

  @Test(
    arguments: [
      ("It rang at 5 p.m. sharp.", ["TIME 5 p.m. = T17:00"]),
      ("It rang at 5:30pm.", ["TIME 5:30pm = T17:30"]),
      ("It rang at 12:15 a.m. twice.", ["TIME 12:15 a.m. = T00:15"]),
      ("It rang at 17:30 GMT.", ["TIME 17:30 GMT = T17:30Z"]),
      ("It rang at 0930 GMT.", ["TIME 0930 GMT = T09:30Z"]),
      ("It rang at 9:30 local time.", ["TIME 9:30 local time = T09:30"]),
      ("It rang at noon and on Tuesday night.", ["TIME noon = T12:00", "TIME Tuesday night = XXXX-WXX-2TNI"]),
      ("They won 3:10 and 4-2.", []),
      ("It rang at 25:30.", []),
    ])
  func times(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  @Test(
    arguments: [
      ("It runs 430km north.", ["QUANTITY 430km = 430 km"]),
      ("It runs a 12-mile road.", ["QUANTITY 12-mile = 12 mi"]),
      ("It covers 3,000 square kilometres.", ["QUANTITY 3,000 square kilometres = 3000 km2"]),
      ("It holds two million barrels.", ["QUANTITY two million barrels = 2000000 bbl"]),
      (
        "It reached 38.5 degrees Celsius and 25°C.",
        ["QUANTITY 38.5 degrees Celsius = 38.5 °C", "QUANTITY 25°C = 25 °C"]
      ),
      ("Gusts of 90 miles per hour.", ["QUANTITY 90 miles per hour = 90 mi/h"]),
      ("It lasted twenty-five minutes.", ["QUANTITY twenty-five minutes = 25 min"]),
      ("It is 5 to 10 miles off.", ["QUANTITY 5 to 10 miles = 5/10 mi"]),
      ("The 100m race had 5m viewers.", ["QUANTITY 100m = 100 m"]),
      ("A 34-year-old man met 2,000 people one day.", []),
    ])
  func quantities(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  /// “ORG UTC” for each name and value, in order.
  private func all(_ text: String, lists: [String: String] = [:]) throws -> [String] {
    try annotated(text, lists: lists).entities?.map { "\($0.kind.rawValue) \(string($0.name))" } ?? []
  }

  @Test(
    arguments: [
      ("The ferry came at 0315 UTC.", ["TIME 0315 UTC"]),
      ("It cost 20 Norwegian dollars.", ["MONEY 20 Norwegian dollars"]),
      ("It cost EUR 7 million.", ["MONEY EUR 7 million"]),
      ("It cost $30M Ada Holt said.", ["MONEY $30M", "PERSON Ada Holt"]),
    ])
  func aNameThatIsPartOfAValueIsNone(text: String, expected: [String]) throws { #expect(try all(text) == expected) }

  @Test func aListedNameIsNoPartOfAValue() throws {
    #expect(
      try all("The ferry came at 0315 UTC.", lists: ["a.tsv": "UTC\tORG"]) == ["ORG UTC"])
  }

  @Test func whatIsLeftOfANameBehindAValueIsTheName() throws {
    let text = "It paid $ 5 M Ada Holt of 8 May 9 of Corr it is"
    let article = try annotated(text)
    var watch = DeadlineWatch(.none)
    let tokens = try #require(article.segmentation).tokens
    let finder = ValueFinder(
      words: try EntitiesStage.words(tokens, article.text.span, &watch), tokens: tokens, published: nil)
    func name(_ tokens: Range<Int>) -> Candidate {
      Candidate(tokens: tokens, evidence: Evidence(), key: WordHash("".utf8), kind: .person)
    }
    let values = [Value(.money, 2..<5, nil), Value(.date, 8..<9, nil), Value(.date, 9..<10, nil)]
    #expect(try finder.names([name(0..<2), name(4..<7)], besides: values, &watch).map(\.tokens) == [0..<2, 5..<7])
    #expect(try finder.names([name(8..<9), name(12..<13)], besides: values, &watch).map(\.tokens) == [12..<13])
    // A name begins with a capital, and what has none is none.
    #expect(try finder.names([name(9..<13)], besides: values, &watch).map(\.tokens) == [12..<13])
    #expect(try finder.names([name(9..<12)], besides: values, &watch).isEmpty)
  }

  /// Whatever the model makes of such words: each name is given, two words long.
  @Test(
    arguments: [
      ("It fell on 20 May Holt said.", "May", []), ("It is 3 Miles Holt ran.", "Miles", []),
      ("The 20th Century Harbour is old.", "Century", []), ("It cost $5M Holt said.", "M", ["$5M"]),
      ("A 20 MW Holm engine hums.", "MW", ["20 MW"]), ("It left at 0315 UTC Oslo said.", "UTC", ["0315 UTC"]),
      ("It is 4 km Holm said.", "km", ["4 km"]),
    ])
  func aNameKeepsItsFirstWordUnlessThatIsAnAbbreviation(text: String, first: String, expected: [String]) throws {
    let article = try annotated(text)
    let segmentation = try #require(article.segmentation)
    let tokens = segmentation.tokens
    func written(_ range: Range<Int>) -> String {
      string(Array(article.text[tokens[range.lowerBound].span.start..<tokens[range.upperBound - 1].span.end]))
    }
    let at = try #require(tokens.indices.first { written($0..<$0 + 1) == first })
    let name = Candidate(tokens: at..<at + 2, evidence: Evidence(), key: WordHash("".utf8), kind: .person)
    var watch = DeadlineWatch(.none)
    let finder = ValueFinder(
      words: try EntitiesStage.words(tokens, article.text.span, &watch), tokens: tokens, published: nil)
    let values = try finder.values(
      segmentation.sentences, besides: [name], listed: [], article.text.span, &watch)
    #expect(values.map { written($0.tokens) } == expected)
    let listed = try finder.values(
      segmentation.sentences, besides: [name], listed: [at], article.text.span, &watch)
    #expect(listed.allSatisfy { $0.tokens.upperBound <= at })
  }

  @Test func scalesMultiplySoOftenAndNotMore() throws {
    #expect(
      try values("It cost $2 hundred thousand million.") == ["MONEY $2 hundred thousand million = 200000000000 USD"])
    let tower = String(repeating: " million", count: 4)
    #expect(try values("It cost $2\(tower) or 3\(tower) dollars.") == [])
    let high = String(repeating: " trillion", count: 50)
    #expect(try values("It cost $2\(high), a\(high) pounds or 5-7\(high) yen.") == [])
  }

  @Test func ranges() throws {
    #expect(try values("It cost $5-10 million.") == ["MONEY $5-10 million = 5000000/10000000 USD"])
    #expect(try values("It rose 5 to 10 percent.") == ["PERCENT 5 to 10 percent = 5/10 %"])
    #expect(try annotated("It rose 5 to 10 percent.").entities?.first?.amount == nil)
    #expect(try values("It went from $5 to $10.") == ["MONEY $5 = 5 USD", "MONEY $10 = 10 USD"])
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
      ("It fell two percentage points.", ["PERCENT two percentage points = 2 pp"]),
      ("It cost half a million dollars.", ["MONEY half a million dollars = 500000 USD"]),
      ("It cost a million euros.", ["MONEY a million euros = 1000000 EUR"]),
      ("It cost EUR 5.5 million.", ["MONEY EUR 5.5 million = 5500000 EUR"]),
      ("It cost Rs 5 crore.", ["MONEY Rs 5 crore = 50000000 INR"]),
      ("It cost $5 a day.", ["MONEY $5 = 5 USD"]),
    ])
  func amounts(text: String, expected: [String]) throws { #expect(try values(text) == expected) }
}
