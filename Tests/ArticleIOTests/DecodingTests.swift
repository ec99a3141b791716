import ArticleIO
import StageKit
import Testing

@Suite struct DecodingTests {
  private func decode(
    _ bytes: [UInt8], _ content: InputKind.Content, name: String = "a.txt", line: Int? = nil
  ) throws(InputError) -> Article {
    try RawArticle(bytes: bytes, line: line, content: content).decode(name: Array(name.utf8))
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
