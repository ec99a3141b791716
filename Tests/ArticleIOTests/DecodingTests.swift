import ArticleIO
import StageKit
import Testing

@Suite struct DecodingTests {
  private func decode(
    _ bytes: [UInt8], _ format: InputFormat, name: String = "a.txt", line: Int? = nil
  ) throws(InputError) -> Article {
    try RawArticle(bytes: bytes, line: line, format: format).decode(name: Array(name.utf8))
  }

  private func text(_ article: Article) -> String { String(decoding: article.text, as: UTF8.self) }

  @Test func textStaysByteForByte() throws {
    let article = try decode(Array("  Zürich\u{A0}\r\n\0x".utf8.filter { $0 != 0 }), .text)
    #expect(text(article) == "  Zürich\u{A0}\r\nx")
    #expect(article.source.encoding == "utf-8")
  }

  @Test func byteOrderMarksDecide() throws {
    #expect(try text(decode([0xEF, 0xBB, 0xBF, 0x61], .text)) == "a")
    let little = try decode([0xFF, 0xFE, 0x61, 0, 0xE9, 0, 0x3D, 0xD8, 0x00, 0xDE], .text)
    #expect(text(little) == "aé😀")
    #expect(little.source.encoding == "utf-16le")
    #expect(try text(decode([0xFE, 0xFF, 0, 0x61], .text)) == "a")
  }

  @Test func aPageIsReadInTheCharacterSetItDeclares() throws {
    let page = Array("<meta charset=\"ISO-8859-2\"><p>".utf8) + [0xB1, 0xE6]
    let article = try decode(page, .html)
    #expect(text(article).hasSuffix("<p>ąć"))
    #expect(article.source.encoding == "iso-8859-2")
    let undeclared = try decode(Array("<p>".utf8) + [0x93, 0x61, 0x94, 0x81], .html)
    #expect(text(undeclared) == "<p>“a”\u{FFFD}")
  }

  @Test(arguments: [
    ("", "empty"), (" \n\t", "empty"), ("a\0b", "binary"),
  ])
  func refusesWhatIsNoText(input: String, reason: String) {
    let error = #expect(throws: InputError.self) { try decode(Array(input.utf8), .text) }
    #expect(error?.class == reason)
  }

  @Test func bytesThatAreNotUTF8AreReadAllTheSame() throws {
    let article = try decode(Array("The owner wouldn".utf8) + [0x92] + Array("t say.".utf8), .text)
    #expect(text(article) == "The owner wouldn’t say." && article.source.encoding == "windows-1252")
  }

  @Test func keepsUnknownKeysAsWritten() throws {
    let input =
      #"{"id":7,"text":"t","title":null,"n":1.50,"deep":{"k":[true]},"tags":["x","y"],"published":"2021-03-04T05:06:07Z"}"#
    let article = try decode(Array(input.utf8), .json)
    #expect(article.id == Array("7".utf8))
    #expect(article.metadata.published == Array("2021-03-04".utf8))
    #expect(article.metadata.publishedAt == Array("2021-03-04T05:06:07Z".utf8))
    #expect(article.metadata.tags == [Array("x".utf8), Array("y".utf8)])
    let extra = try JSONValue(parsing: article.metadata.extra ?? [])
    #expect(
      extra
        == .object([
          .init(key: "title", value: .null), .init(key: "n", value: .number("1.50")),
          .init(key: "deep", value: .object([.init(key: "k", value: .array([.bool(true)]))])),
        ]))
  }

  /// Two articles without ids are not one.
  @Test func anEmptyIdIsNone() throws {
    let without = try decode(Array(#"{"text":"t"}"#.utf8), .json)
    let article = try decode(Array(#"{"id":"","text":"t"}"#.utf8), .json)
    #expect(article.id.count == without.id.count && !article.id.isEmpty)
  }

  /// The day, the moment, and what stays under `meta`.
  private func publication(_ value: String) throws -> [String?] {
    let article = try decode(Array(#"{"text":"t","published":"\#(value)"}"#.utf8), .json)
    let parts = [article.metadata.published, article.metadata.publishedAt, article.metadata.extra]
    return parts.map { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test(arguments: [
    "2021-03-04T05:06:07Z", "2021-03-04T05:06Z", "2021-03-04 05:06:07", "2021-03-04T05:06:07.250+02:00",
    "2021-03-04t23:59:60z", "2021-03-04T05:06:07-0530", "2021-03-04T05:06:07+01", "2021-03-04T05:06:07,5Z",
  ])
  func aWholeTimeAfterTheDayIsTheMoment(value: String) throws {
    #expect(try publication(value) == ["2021-03-04", value, nil])
  }

  @Test(arguments: [
    "2021-03-04x", "2021-03-04T", "2021-03-04T25:00:00Z", "2021-03-04T05:60Z", "2021-03-04T05:06:61Z",
    "2021-03-04T05:06:07Zulu", "2021-03-04T05:06:07+2:00", "2021-03-04T05:06:07.Z", "2021-03-04T5:06",
    "2021-03-04T05:06:07+02:00 ", "2021-03-041", "2021-03-04, late",
  ])
  func anythingElseAfterTheDayIsNoMomentAndStaysUnderMeta(value: String) throws {
    #expect(try publication(value) == ["2021-03-04", nil, #"{"published":"\#(value)"}"#])
  }

  @Test(arguments: [
    "0001-01-01", "0001-01-01T00:00:00Z", "0000-00-00", "0000-00-00 00:00:00", "2021-13-04", "2021-02-29", "2021-04-31",
    "9999-12-31T23:59:59Z", "1066-10-14", "2021-3-04", "yesterday", "",
  ])
  func aDayOnWhichNothingWasPublishedStaysUnderMeta(value: String) throws {
    #expect(try publication(value) == [nil, nil, #"{"published":"\#(value)"}"#])
  }

  @Test(arguments: [("en", "en"), ("en-GB", "en-GB"), ("zh_Hant_TW", "zh-Hant-TW")])
  func aLanguageIsATag(value: String, tag: String) throws {
    let article = try decode(Array(#"{"text":"t","language":"\#(value)"}"#.utf8), .json)
    #expect(article.metadata.language == Array(tag.utf8))
    #expect(article.metadata.extra == nil)
  }

  @Test(arguments: ["English, mostly", "", "e", "en-", "en-toolongapart"])
  func aLanguageThatIsNoTagStaysUnderMeta(value: String) throws {
    let article = try decode(Array(#"{"text":"t","language":"\#(value)"}"#.utf8), .json)
    #expect(article.metadata.language == nil)
    #expect(article.metadata.extra == Array(#"{"language":"\#(value)"}"#.utf8))
  }

  @Test func saysWhereTheJSONBreaks() {
    let error = #expect(throws: InputError.self) { try decode(Array("{\"é\" 1}".utf8), .jsonLines, line: 3) }
    #expect(error?.message == "not JSON at column 6: expected a colon after the key")
    let missing = #expect(throws: InputError.self) { try decode(Array("{\"body\":\"x\"}".utf8), .json) }
    #expect(missing?.class == "no_text")
  }

  @Test func theSameFileHasTheSameId() throws {
    let first = try decode(Array("abc".utf8), .text)
    #expect(first.id.count == 24)
    #expect(try decode(Array("abc".utf8), .text).id == first.id)
    #expect(try decode(Array("abd".utf8), .text).id != first.id)
    #expect(try decode(Array("abc".utf8), .text, name: "b.txt").id != first.id)
  }
}
