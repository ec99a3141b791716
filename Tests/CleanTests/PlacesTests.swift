import Bytes
import StageKit
import Testing

@testable import Clean

/// Where the source says what the metadata says.
@Suite("Places of the metadata")
struct PlacesTests {
  @Test("of a plain page, each place holds the piece")
  func plain() throws {
    let page = """
      Log in
      Ice covers the harbour of Nordby as seen from the mole. (File)

      Harbour of Nordby\u{A0}to stay open through the winter

      © NORTHWIRE / Ada Corr
      By Jonas Lind and Mara Quist in Nordby
      14 March 2019

      \(story.joined(separator: "\n\n"))
      """
    let article = try cleaned(page)
    let bytes = Array(page.utf8)
    func source(_ span: ByteSpan?) -> String? { span.map { String(decoding: bytes[$0.range], as: UTF8.self) } }
    let places = try #require(article.places)
    #expect(source(places.title) == "Harbour of Nordby\u{A0}to stay open through the winter")
    #expect(places.byline.map(source) == ["Jonas Lind", "Mara Quist"])
    #expect(places.captions.map(source) == ["Ice covers the harbour of Nordby as seen from the mole. (File)"])
    #expect(places.credits.map(source) == ["© NORTHWIRE / Ada Corr"])
    #expect(source(places.date) == "14 March 2019")
    #expect(string(article.metadata.title) == "Harbour of Nordby to stay open through the winter")
  }

  @Test("of an HTML page, the attribute or the element that said it")
  func markup() throws {
    let page = """
      <title>Harbour &amp; mole stay open - Orla Times</title><meta name=author content="By Jonas Lind and Mara Quist">
      <meta property="article:published_time" content="2019-03-14T10:00:00Z"><p>Orla Times
      <h1>Harbour &amp; mole <i>stay</i> open</h1><figure><figcaption>Ice on the harbour as seen from the mole</figcaption></figure>
      \(story.map { "<p>\($0)</p>" }.joined())
      """
    let article = try cleaned(page, markup: true)
    let bytes = Array(page.utf8)
    func source(_ span: ByteSpan?) -> String? { span.map { String(decoding: bytes[$0.range], as: UTF8.self) } }
    let places = try #require(article.places)
    #expect(source(places.title) == "Harbour &amp; mole <i>stay</i> open")
    #expect(places.byline.map(source) == Array(repeating: "By Jonas Lind and Mara Quist", count: 2))
    #expect(source(places.date) == "2019-03-14T10:00:00Z")
    #expect(places.captions.map(source) == ["Ice on the harbour as seen from the mole"])
  }

  @Test("what the input said of itself has no place on the page")
  func given() throws {
    var article = try cleaned("")
    article = Article(
      source: article.source, id: [], text: Array("A headline of the page here\n\n\(story[0])\n\n\(story[1])".utf8))
    article.metadata.title = Array("Given".utf8)
    article.metadata.byline = [Array("Ada Corr".utf8)]
    article.metadata.tags = [Array("given".utf8)]
    try cleanStage().process(&article, deadline: .none)
    #expect(article.places == Article.MetadataPlaces())
    #expect(strings(article.metadata.tags) == ["given"])
  }
}
