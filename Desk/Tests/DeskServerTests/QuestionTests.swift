import HTTP
import Testing

@testable import DeskServer

@Suite struct QuestionTests {
  @Test(arguments: [
    ("both sides", "\"both\" \"sides\""), ("\"both sides\" room", "\"both sides\" \"room\""), ("harbo*", "\"harbo\"*"),
    ("NEAR(a b) OR -c", "\"NEAR(a\" \"b)\" \"OR\" \"-c\""), ("\"open", "\"open\""), ("* - \"\"", "\"\u{E000}\""),
    ("", "\"\u{E000}\""),
  ])
  func `words are words, whatever FTS5 would take them for`(_ words: String, _ expected: String) {
    #expect(fullText(words) == expected)
  }

  @Test func `a column is named`() {
    #expect(fullText("brandt", column: "speaker") == "{speaker} : (\"brandt\")")
  }

  @Test func `a search is read off its URL`() throws {
    let search = try QuotationSearch(
      Request(
        .get, "/",
        query: [("speaker", "A"), ("q", "b"), ("kind", "said"), ("from", "1970-01-02"), ("to", "2024-02-29")]))
    #expect(search.speaker == "A" && search.words == "b" && search.first == 1 && search.last == 19782)
  }

  @Test(arguments: [("kind", "loud"), ("from", "yesterday"), ("to", "2024-13-01"), ("before", "x")])
  func `what is no search is refused`(_ name: String, _ value: String) {
    #expect(throws: Refusal.self) { try QuotationSearch(Request(.get, "/", query: [(name, value)])) }
  }

  @Test func `a spreadsheet finds no formula`() {
    #expect(
      Quotations.csv(["=1+1", "say \"no\"", nil, "-a", "a=b"])
        == "\"'=1+1\",\"say \"\"no\"\"\",\"\",\"'-a\",\"a=b\"\r\n")
  }

  @Test func `texts are quoted for JSON`() {
    #expect(quoted("a\"\\\n\u{1}é") == "\"a\\\"\\\\\\n\\u0001é\"")
  }
}
