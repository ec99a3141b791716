import Testing

@testable import ArticleTesting

@Suite struct ShapeTests {
  @Test(arguments: [
    "2017-05-08", "2017-05", "2017", "2017-W19", "2017-W19-WE", "XXXX-05-08", "XXXX-02-29", "XXXX-05", "XXXX-WXX-2",
    "198X", "18XX",
    "2017-SU", "XXXX-WI", "2017-Q4", "2016-H2", "2017-XX-XX", "2015/2017", "2017-05-04/2017-05-09",
  ])
  func datesHaveTheShapesOfTIMEX3(_ value: String) { #expect(DateShape.isDate(value)) }

  @Test(arguments: [
    "", "0000", "0000-05", "0000-SU", "2017-13", "2017-02-29", "XXXX-02-30", "2017-W54", "2017-Q5", "2017-H0",
    "XXXX-WXX-8", "00.)-08-17",
    "000/-12-31", "2017/2015", "2017-05-09/2017-05-09", "2017//2018", "2017-5-8", "garbage", "2017-05-08 ",
  ])
  func allElseIsNoDate(_ value: String) { #expect(!DateShape.isDate(value)) }

  @Test(arguments: [
    "T17:30", "T24:00", "T05:30Z", "T05:30+01:00", "2017-05-08T17:30", "2017-05-08TEV", "XXXX-WXX-2TMO", "TNI",
  ])
  func timesHaveTheShapesOfTIMEX3(_ value: String) { #expect(DateShape.isTime(value)) }

  @Test(arguments: ["", "17:30", "T25:00", "T24:01", "T17:60", "T17:30+99:00", "2017-02-30TEV", "TXX", "T"])
  func allElseIsNoTime(_ value: String) { #expect(!DateShape.isTime(value)) }

  @Test(arguments: ["2017-05-08T14:02Z", "2017-05-08T14:02:33.5+02:00", "2017-05-08T14", "2017-05-08 14:02:33 +0200"])
  func instantsHaveTheShapesOfISO8601(_ value: String) { #expect(DateShape.isInstant(value)) }

  @Test(arguments: [
    "2017-05-08", "2017-05-04garbage", "2017-05-08T", "2017-05-08T25:00Z", "2017-05-08T14:02Zulu", "2017-02-30T14:02Z",
  ])
  func allElseIsNoInstant(_ value: String) { #expect(!DateShape.isInstant(value)) }

  @Test func codesOfLanguages() {
    for code in ["en", "de-AT", "zh-Hant-TW", "gsw", "EN"] { #expect(LanguageCode.isWellFormed(code), "\(code)") }
    for code in ["", "e", "english", "e n", "en_US", "en-", "xx-yy-zzzzzzzzz"] {
      #expect(!LanguageCode.isWellFormed(code), "\(code)")
    }
  }

  /// A sample is the same each time, and as long as it may be at most.
  @Test func samplesComeAgain() {
    let seeds = ["The harbour was full of ice when Ada Corr came.", "<p>Nothing was lost, Kai Moe said.</p>"].map {
      Array($0.utf8)
    }
    let (one, two) = (
      SampleGenerator(seeds: seeds, seed: 1, limit: 300), SampleGenerator(seeds: seeds, seed: 1, limit: 300)
    )
    for number in 0..<200 {
      let sample = one.sample(number)
      #expect(sample.line == two.sample(number).line)
      #expect(!sample.line.contains(0x0A))
      guard let text = sample.text else { continue }
      #expect(text.count <= 300)
      #expect(String(validating: text, as: UTF8.self) != nil)
    }
  }
}
