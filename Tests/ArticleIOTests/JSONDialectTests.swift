import StageKit
import Testing

@testable import ArticleIO

@Suite struct JSONDialectTests {
  private func decode(_ json: String, _ format: InputFormat = .json) throws(InputError) -> Article {
    try RawArticle(bytes: Array(json.utf8), line: nil, format: format).decode(name: Array("a.json".utf8))
  }

  private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  private func meta(_ article: Article) throws -> [String] {
    guard case .object(let members) = try JSONValue(parsing: article.metadata.extra ?? Array("{}".utf8)) else {
      return []
    }
    return members.map(\.key)
  }

  // MARK: ninjs

  private static let first = #"""
    {"uri": "urn:orla:7", "type": "text", "versioncreated": "2021-03-04T05:06:07Z", "firstcreated": "2021-03-03T05:06:07Z",
     "language": "en-GB", "headline": "Lock gates open", "byline": "Ada Corr", "urgency": 4,
     "subject": [{"name": "shipping", "code": "s1"}, {"code": "s2"}, {"name": "canals"}],
     "body_text": "The gates opened. Boats passed.", "body_xhtml": "<p>The gates opened.</p><p>Boats passed.</p>",
     "description_text": "Boats pass again."}
    """#
  private static let second = #"""
    {"uri": "urn:orla:8", "standard": {"name": "ninjs", "version": "2.1"}, "versioncreated": "2021-03-04T05:06:07+01:00",
     "headlines": [{"role": "short", "value": "Gates"}, {"role": "main", "value": "Lock gates open"}], "by": "Ada Corr",
     "bodies": [{"role": "nitf", "contenttype": "application/nitf+xml", "value": "<nitf/>"},
      {"role": "plain", "contenttype": "text/plain", "value": "The gates opened."},
      {"role": "web", "contenttype": "text/html", "value": "<p>The gates opened.</p>"}],
     "subjects": [{"name": "shipping", "uri": "https://orla.example/s1"}], "language": "en"}
    """#
  private static let third = #"""
    {"uri": "urn:orla:9", "versionCreated": "2023-10-08T02:34:03+02:00", "title": "lock",
     "headlines": [{"value": "Lock gates open"}], "bodies": [{"contentType": "text/html", "value": "<p>Boats.</p>"}]}
    """#
  private static let superdesk = #"""
    {"guid": "tag:orla:10", "headline": "Lock gates open", "keywords": ["canals", "locks"], "body_html": "<p>Boats.</p>",
     "authors": [{"name": "Ada Corr", "role": "writer"}, {"name": "Jonas Lind"}], "priority": 6}
    """#

  @Test func ninjsOfTheFirstGeneration() throws {
    let article = try decode(Self.first)
    #expect(text(article.id) == "urn:orla:7" && text(article.metadata.title) == "Lock gates open")
    #expect(
      article.metadata.byline.map(text) == ["Ada Corr"] && article.metadata.tags.map(text) == ["shipping", "canals"])
    #expect(text(article.metadata.published) == "2021-03-03", "the day of the first version")
    #expect(text(article.metadata.publishedAt) == "2021-03-03T05:06:07Z" && text(article.metadata.language) == "en-GB")
    #expect(text(article.text) == "<p>The gates opened.</p><p>Boats passed.</p>" && article.markup == .html)
    #expect(article.source.format == "json" && article.source.line == nil)
    #expect(
      try meta(article) == ["type", "versioncreated", "urgency", "subject", "description_text"],
      "bodies are not kept twice")
  }

  @Test func ninjsOfTheSecondGeneration() throws {
    let article = try decode(Self.second)
    #expect(text(article.id) == "urn:orla:8" && text(article.metadata.title) == "Lock gates open")
    #expect(article.metadata.byline.map(text) == ["Ada Corr"] && article.metadata.tags.map(text) == ["shipping"])
    #expect(
      text(article.metadata.publishedAt) == "2021-03-04T05:06:07+01:00" && text(article.metadata.language) == "en")
    #expect(text(article.text) == "<p>The gates opened.</p>" && article.markup == .html)
    #expect(try meta(article) == ["standard", "headlines", "subjects"])
  }

  @Test func ninjsOfTheThirdGeneration() throws {
    let article = try decode(Self.third)
    #expect(text(article.metadata.title) == "Lock gates open" && text(article.metadata.published) == "2023-10-08")
    #expect(text(article.text) == "<p>Boats.</p>" && article.markup == .html)
    #expect(try meta(article) == ["title"])
  }

  @Test func ninjsOfSuperdesk() throws {
    let article = try decode(Self.superdesk)
    #expect(text(article.id) == "tag:orla:10" && article.metadata.byline.map(text) == ["Ada Corr", "Jonas Lind"])
    #expect(article.metadata.tags.map(text) == ["canals", "locks"])
    #expect(try meta(article) == ["authors", "priority"])
  }

  /// What stands beside `uri` and `headline`, the text, and whether it is HTML.
  @Test(arguments: [
    (#""body_text": "Plain.""#, "Plain.", false),
    (#""body_text": "<em> is a tag.""#, "<em> is a tag.", false),
    (#""body_html5": "<p>A.</p>", "body_text": "A.""#, "<p>A.</p>", true),
    (#""body_html": " ", "body_text": "A.""#, "A.", false),
    (#""body_main": "<p>A.</p>""#, "<p>A.</p>", true),
    (#""body_main": "A < B.""#, "A < B.", false),
    (#""body_nitf": "<nitf/>", "body_text": "A.""#, "A.", false),
    (#""bodies": [{"value": "A."}]"#, "A.", false),
    (#""bodies": [{"value": "<p>A.</p>"}]"#, "<p>A.</p>", true),
    (#""bodies": [{"role": "html", "value": "<p>A.</p>"}]"#, "<p>A.</p>", true),
    (#""bodies": [{"contentType": "text/plain; charset=utf-8", "value": "A."}]"#, "A.", false),
    (#""bodies": [5, {}, {"value": null}, {"value": "A."}]"#, "A.", false),
    (#""bodies": [], "description_text": "Of it.""#, "Of it.", false),
    (#""descriptions": [{"contenttype": "text/plain", "value": "Of it."}]"#, "Of it.", false),
  ])
  func theBodyOfNinjs(members: String, expected: String, isHTML: Bool) throws {
    let article = try decode(#"{"uri": "urn:1", "headline": "H", \#(members)}"#)
    #expect(text(article.text) == expected && article.markup == (isHTML ? .html : nil))
  }

  @Test(arguments: [
    #""headline": "H""#, #""bodies": [{"contentType": "application/xml", "value": "<a/>"}]"#, #""body_html": """#,
    #""type": "picture", "headlines": [{"value": "A boat"}], "renditions": [{"href": "a.jpg"}]"#,
  ])
  func ninjsWithoutATextIsNone(members: String) {
    let error = #expect(throws: InputError.self) { try decode(#"{"uri": "urn:1", \#(members)}"#) }
    #expect(error?.class == "no_text" && error?.message.contains("ninjs") == true)
  }

  @Test func anObjectWithATextIsOursWhateverElseItHas() throws {
    let article = try decode(
      #"{"uri":"urn:1","headline":"H","body_html":"<p>B","content_text":"C","items":[],"text":"T"}"#)
    #expect(text(article.text) == "T" && article.metadata.title == nil && article.id.count == 24)
    #expect(try meta(article) == ["uri", "headline", "body_html", "content_text", "items"])
  }

  // MARK: JSON Feed

  private func items(_ json: String) throws(InputError) -> [RawArticle] {
    var feed = ArticleFeed(BytesInMemory(Array(json.utf8)), kind: InputKind(.json), limit: 1 << 20)
    var found: [RawArticle] = []
    while case .article(let raw)? = try feed.next() { found.append(raw) }
    return found
  }

  @Test func aFeedSaysForItsItemsWhatTheyDoNot() throws {
    let feed = #"""
      {"version": "https://jsonfeed.org/version/1.1", "language": "de-AT", "authors": [{"name": "Ada Corr"}], "items": [
       {"id": "1", "content_text": "Eins.", "url": "https://orla.example/1", "title": "T", "image": "a.jpg",
        "date_published": "2021-03-04T05:06:07-05:00", "date_modified": "2021-03-05T00:00:00Z", "tags": ["a", "a", "b"]},
       {"id": 2, "content_html": "<p>Two.", "content_text": "Two.", "language": "en", "authors": [{"name": "Jonas Lind"}]},
       {"id": "3", "content_text": "Three.", "author": {"name": "Nils Rask"}}, {}, 5,
       {"id": "6", "title": "No text"}]}
      """#
    let raws = try items(feed)
    #expect(raws.map(\.line) == [1, 2, 3, 4, 5, 6])
    let articles = try raws[..<3].map { raw throws(InputError) in try raw.decode(name: []) }
    #expect(articles.map { text($0.id) } == ["1", "2", "3"])
    #expect(articles.map { text($0.text) } == ["Eins.", "<p>Two.", "Three."])
    #expect(articles.map(\.markup) == [nil, .html, nil])
    #expect(articles.map { text($0.metadata.language) } == ["de-AT", "en", "de-AT"])
    #expect(articles.map { $0.metadata.byline.map(text) } == [["Ada Corr"], ["Jonas Lind"], ["Nils Rask"]])
    let one = articles[0].metadata
    #expect(text(one.url) == "https://orla.example/1" && text(one.title) == "T" && one.tags.map(text) == ["a", "b"])
    #expect(text(one.published) == "2021-03-04" && text(one.publishedAt) == "2021-03-04T05:06:07-05:00")
    #expect(try meta(articles[0]) == ["authors", "image", "date_modified"])
    for (raw, reason) in zip(raws[3...], ["no_text", "not_json", "no_text"]) {
      let error = #expect(throws: InputError.self) { try raw.decode(name: []) }
      #expect(error?.class == reason)
    }
  }

  @Test func aFeedOfTheFirstVersionHasOneAuthor() throws {
    let raws = try items(
      #"{"items":[{"id":"1","content_text":"A."}],"author":{"name":"Ada Corr"},"version":"https://jsonfeed.org/version/1"}"#
    )
    #expect(try raws.map { try $0.decode(name: []).metadata.byline.map(text) } == [["Ada Corr"]])
  }

  @Test func aFeedMayBeEmptyAndInUTF16() throws {
    #expect(try items(#"{"version":"https://jsonfeed.org/version/1.1","items":[]}"#).isEmpty)
    let feed = #"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"Über."}]}"#
    let wide: [UInt8] =
      [0xFF, 0xFE] + feed.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    var cut = ArticleFeed(BytesInMemory(wide), kind: InputKind(.json), limit: 1 << 20)
    guard case .article(let raw)? = try cut.next() else {
      Issue.record("it holds no article")
      return
    }
    let article = try raw.decode(name: [])
    #expect(text(article.text) == "Über." && article.source.encoding == "utf-16le")
  }

  /// What an author says for a thousand items would otherwise be a thousand times as long.
  @Test func aLongListOfAuthorsIsNotHandedDown() throws {
    let authors = (0..<500).map { #"{"name":"Author \#($0)"}"# }.joined(separator: ",")
    let raws = try items(
      #"{"version":"https://jsonfeed.org/version/1.1","authors":[\#(authors)],"items":[{"content_text":"A."}]}"#)
    #expect(raws.map(\.bytes) == [Array(#"{"content_text":"A."}"#.utf8)])
  }

  @Test func aLineIsOneArticle() throws {
    let feed = #"{"version":"https://jsonfeed.org/version/1.1","items":[{"content_text":"A."}]}"#
    let error = #expect(throws: InputError.self) { try decode(feed, .jsonLines) }
    #expect(error?.class == "not_one" && error?.message.contains(".json file") == true)
    #expect(try text(decode(#"{"id":"1","content_text":"A."}"#, .jsonLines).text) == "A.")
    #expect(try text(decode(Self.third.split(separator: "\n").joined(), .jsonLines).text) == "<p>Boats.</p>")
  }

  /// Not every object with items is a feed.
  @Test(arguments: [
    #"{"items":[{"content_text":"A."}]}"#, #"{"version":"2","items":[]}"#,
    #"{"version":"https://jsonfeed.org/version/1"}"#,
  ])
  func whatIsNoDialectIsRefused(json: String) {
    let error = #expect(throws: InputError.self) { for raw in try items(json) { _ = try raw.decode(name: []) } }
    #expect(error?.class == "no_text")
  }

  @Test func aBrokenFeedIsRefusedWholeWithThePlace() {
    let feed = "{\"version\": \"https://jsonfeed.org/version/1\",\n \"items\": [{\"id\": 1,}]}"
    let error = #expect(throws: InputError.self) { for raw in try items(feed) { _ = try raw.decode(name: []) } }
    #expect(
      error?.class == "not_json" && error?.message.contains("line 2, column 21") == true, "\(error?.message ?? "")")
  }
}
