import Bytes
import StageKit
import Testing

@testable import Clean

@Suite("HTML")
struct HTMLTests {
  /// The tokens as one string: `<p>`, `</p>`, text as it stands, references decoded, `[script:…]` for raw text.
  func tokens(_ html: String) -> String {
    let source = Array(html.utf8)
    let bytes = source.span
    var tokenizer = HTMLTokenizer()
    var out = ""
    while let token = tokenizer.next(bytes) {
      switch token {
      case .text(let span): out += String(decoding: source[span.range], as: UTF8.self)
      case .reference(let value, _): out.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      case .start(let tag):
        let attributes = tokenizer.attributes
        out += "<\(tag)"
        for (name, span) in [("class", attributes.class), ("id", attributes.id), ("content", attributes.content)]
        where !span.isEmpty {
          out += " \(name)=\(String(decoding: source[span.range], as: UTF8.self))"
        }
        out += ">"
      case .end(let tag): out += "</\(tag)>"
      case .raw(let tag, let span): out += "[\(tag):\(String(decoding: source[span.range], as: UTF8.self))]"
      }
    }
    return out
  }

  @Test(
    arguments: [
      ("<p>a</p>", "<p>a</p>"), ("<P CLASS=x ID='y z'>a", "<p class=x id=y z>a"),
      ("<p class = \"a>b\" id=c/>d", "<p class=a>b id=c/>d"), ("<p class=a class=b>", "<p class=a>"),
      ("<p\nclass=a\t>", "<p class=a>"), ("<p =class id=a>", "<p id=a>"), ("<p/class=a>", "<p class=a>"),
      ("a < b and c<d", "a < b and c"), ("1<2 <3", "1<2 <3"), ("a<", "a<"), ("a</", "a</"), ("</>a", "a"),
      ("</ x>a", "a"),
      ("a<!-- b --> c", "a c"), ("<!-->a", "a"), ("<!--->a", "a"), ("<!----!>a", "a"), ("<!--!>a-->b", "b"),
      ("<!-- a -- > b -->c", "c"), ("<!-- a", ""), ("<!doctype html>a", "a"), ("<![CDATA[a]]>b", "b"),
      ("<?x y?>b", "b"),
      ("<script>a<b</p></script>c", "<script>[script:a<b</p>]</script>c"),
      ("<script><!-- <script>a</script> --></script>b", "<script>[script:<!-- <script>a</script> -->]</script>b"),
      ("<script>a</scripty></SCRIPT >b", "<script>[script:a</scripty>]</script>b"),
      ("<style>p > a {}</style>b", "<style>[style:p > a {}]</style>b"),
      ("<script>never closed <p>a", "<script>[script:never closed <p>a]"),
      ("<title>never closed <p>a", "<title>[title:]never closed <p>a"),
      ("<textarea><p></textarea>a", "<textarea>[textarea:<p>]</textarea>a"),
      ("<p class=\"never closed>a", ""), ("<odd-tag>a</odd-tag>", "<other>a</other>"), ("<br/>a<hr>", "<br>a<hr>"),
    ])
  func tokenizer(html: String, expected: String) {
    #expect(tokens(html) == expected)
  }

  @Test(
    arguments: [
      ("&amp;&lt;&gt;&quot;", "&<>\""), ("&copy&copy;", "©©"), ("&notit;", "¬it;"), ("&notin;", "∉"), ("&ampx", "&x"),
      ("&eacute;&Eacute;&rsquo;&mdash;", "éÉ’—"), ("&nosuch; &", "&nosuch; &"), ("&rsquo a", "&rsquo a"),
      ("&#8217;&#x2019;&#X2019", "’’’"), ("&#146;&#151;&#x80;", "’—€"),
      ("&#0;&#xD800;&#x110000;", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("&#0 a", "&#0 a"), ("&#00 a", "\u{FFFD} a"),
      ("&#99999999999999999999;", "\u{FFFD}"), ("&#;&#x;", "&#;&#x;"), ("&hearts;&diams;&Omega;&omega;", "♥♦Ωω"),
      ("&laquo;&ldquo;&bdquo;&thetasym;&piv;", "«“„ϑϖ"), ("&yuml;&thorn;&szlig;&nbsp;", "ÿþß\u{A0}"),
    ])
  func references(html: String, expected: String) {
    #expect(tokens(html) == expected)
  }

  @Test("a reference in an attribute needs its semicolon where letters or = follow")
  func attributeReferences() {
    let text = Array("?a=1&copy=2&amp;b&copyx &copy;".utf8)
    let decoded = PageHead.decode(text.span, ByteSpan(0, text.count))
    #expect(String(decoding: decoded, as: UTF8.self) == "?a=1&copy=2&b&copyx ©")
  }

  func blocks(_ html: String) throws -> [String] {
    let page = try HTMLPage.read(Array(html.utf8), deadline: .none)
    return page.blocks.map { String(decoding: page.bytes[$0.span.range], as: UTF8.self) }
  }

  @Test("blocks")
  func blocks() throws {
    #expect(
      try blocks("<p>One <b>two</b>\n three<p>four<div>five</div>six") == ["One two three", "four", "five", "six"])
    #expect(try blocks("a<br>b<br/><br>c") == ["a", "b", "c"])
    #expect(
      try blocks("The bridge over the Orla opened on Monday, when the mayor of the<br>town crossed it<br><br>End")
        == ["The bridge over the Orla opened on Monday, when the mayor of the town crossed it", "End"])
    #expect(try blocks("a<script>x</script>b<style>y</style><!-- z -->c") == ["abc"])
    #expect(try blocks("a<svg><title>t</title><path></svg><button>x</button><select><option>y</select>b") == ["ab"])
    #expect(try blocks("<select>x<p>kept") == ["kept"])
    #expect(try blocks("<table><tr><td>a<td>b<tr><td>c</table>") == ["a", "b", "c"])
    #expect(try blocks("<ul><li>a<li>b</ul>") == ["a", "b"])
  }

  @Test("an element's facts end with it")
  func context() throws {
    let page = try HTMLPage.read(
      Array(
        "<nav>a</nav><article><p>b<span class=photoCaption>c</span></p><h1>d</h1><a href=x>e</a></article>f".utf8),
      deadline: .none)
    let contexts = page.blocks.map(\.context)
    #expect(contexts[0].contains(.nav) && !contexts[1].contains(.nav))
    #expect(contexts[1].contains(.article) && contexts[1].contains(.paragraph))
    #expect(contexts[2].contains(.firstHeading) && !contexts[3].contains(.heading))
    #expect(page.blocks[3].linkBytes == 1 && page.blocks[2].linkBytes == 0)
    #expect(!contexts[4].contains(.article))
  }

  @Test("what the head tells")
  func head() throws {
    let paragraphs = story.map { "<p>\($0)</p>" }.joined()
    let linked = """
      <title>Bridge opens | Orla Times</title><script type="application/ld+json">{"@type": "NewsArticle",
      "publisher": {"name": "Orla Times"}, "headline": "Bridge \\u201copens\\u201d", "datePublished":
      "2020-02-03T10:00:00+01:00", "author": [{"@type": "Person", "name": "Ada Corr"}, {"name": "Jonas Lind"}]}</script>
      """
    let article = try cleaned(linked + paragraphs, markup: true)
    #expect(string(article.metadata.title) == "Bridge “opens”")
    #expect(string(article.metadata.url) == nil)
    #expect(strings(article.metadata.byline) == ["Ada Corr", "Jonas Lind"])
    #expect(string(article.metadata.published) == "2020-02-03")
    #expect(string(article.metadata.publishedAt) == "2020-02-03T10:00:00+01:00")
    #expect(article.string == story.joined(separator: "\n\n"))

    let bare = try cleaned("<title>Bridge over the Orla opens - Orla Times</title>" + paragraphs, markup: true)
    #expect(string(bare.metadata.title) == "Bridge over the Orla opens")
    let broken = try cleaned(
      "<script type=application/ld+json>{\"headline\": \"Half</script>" + paragraphs, markup: true)
    #expect(broken.string == story.joined(separator: "\n\n"))
  }

  @Test("JSON-LD: lists, graphs, and what is no part of the article")
  func linkedData() throws {
    func read(_ json: String) -> LinkedData {
      let bytes = Array(json.utf8)
      var data = LinkedData()
      data.read(bytes.span, ByteSpan(0, bytes.count))
      return data
    }
    let graph = read(
      """
      {"@context":"https://schema.org","@graph":[
      {"@type":"WebSite","name":"Orla Times","url":"https://orla.example/","author":{"name":"Site Owner"}},
      {"@type":"WebPage","datePublished":"2020-01-01","url":"https://orla.example/page"},
      {"@type":["NewsArticle","Thing"],"headline":"Bridge opens","datePublished":"2020-02-03",
      "author":[{"@type":"Person","name":"Ada Corr"},"Jonas Lind"],"@id":"https://orla.example/bridge",
      "image":{"@type":"ImageObject","author":{"name":"Kai Moe"},"datePublished":"2019-01-01","headline":"Photo"},
      "comment":[{"@type":"Comment","author":{"name":"A Reader"},"headline":"Nice"}],
      "publisher":{"@type":"Organization","name":"Orla Group"}}]}
      """)
    #expect(string(graph.headline?.text) == "Bridge opens" && string(graph.published?.text) == "2020-02-03")
    #expect(strings(graph.authors.map(\.text)) == ["Ada Corr", "Jonas Lind"])
    #expect(string(graph.url?.text) == "https://orla.example/bridge")
    #expect(strings(graph.siteNames) == ["Orla Times", "Orla Group"])
    #expect(string(read("[{\"headline\":\"A b\"}]").headline?.text) == "A b")
    #expect(strings(read("{\"author\":\"Ada \\u0043orr\"}").authors.map(\.text)) == ["Ada Corr"])
    #expect(string(read("{\"@type\":\"Article\",\"headline\":\"Half\",\"author\":{\"na").headline?.text) == "Half")
    #expect(read("{\"breadcrumb\":{\"headline\":\"Path\"}}").headline == nil)
    for broken in ["{", "\"", "[[[[", "}}}]", "{\"headline\"", "{\"headline\":", "{\"a\\"] {
      #expect(read(broken).headline == nil)
    }
    #expect(read(String(repeating: "[", count: 500) + "{\"headline\":\"deep\"}").headline == nil)
  }

  @Test("the canonical address")
  func address() throws {
    let paragraphs = story.map { "<p>\($0)</p>" }.joined()
    for (head, url) in [
      ("<link rel=canonical href='https://orla.example/a?b=1&amp;c=2'>", "https://orla.example/a?b=1&c=2"),
      (
        "<meta property=og:url content=https://orla.example/og><link rel=canonical href=https://orla.example/link>",
        "https://orla.example/link"
      ),
      ("<meta property=og:url content=https://orla.example/og>", "https://orla.example/og"),
      ("<link rel=canonical href=/relative>", nil), ("<link rel=stylesheet href=https://orla.example/x>", nil),
      (
        "<script type='application/ld+json; charset=utf-8'>{\"@type\":\"Article\",\"mainEntityOfPage\":"
          + "{\"@type\":\"WebPage\",\"@id\":\"https://orla.example/ld\"},\"url\":\"https://orla.example/u\"}</script>",
        "https://orla.example/u"
      ),
    ] as [(String, String?)] {
      #expect(try string(cleaned(head + paragraphs, markup: true).metadata.url) == url)
    }
  }

  @Test("the headline is the block that says what the head declares")
  func titles() throws {
    let paragraphs = story.map { "<p>\($0)</p>" }.joined()
    for (head, body, title) in [
      // No heading element at all, as pages of 2008 are.
      (
        "ORLA NEWS | Europe | Bridge opens after years", "<div>Bridge opens after years</div>",
        "Bridge opens after years"
      ),
      (
        "Orla Times - Bridge opens after years", "<p><font size=5>Bridge opens after years</font>",
        "Bridge opens after years"
      ),
      // A heading that the title does not hold whole.
      (
        "Bridge opens - Orla Times", "<h1>Bridge opens after four long years</h1>", "Bridge opens after four long years"
      ),
      // The site's name is a heading, too.
      (
        "Bridge opens after years - Orla Times", "<h1>Orla Times</h1><h2>Bridge opens after years</h2>",
        "Bridge opens after years"
      ),
      ("Bridge opens after years - Orla Times", "<h1>Orla Times</h1>", "Bridge opens after years"),
    ] {
      let article = try cleaned("<title>\(head)</title>\(body)\(paragraphs)", markup: true)
      #expect(string(article.metadata.title) == title)
      #expect(!article.string.contains("Bridge opens"))
    }
  }

  @Test("entries of a live blog are no articles of their own")
  func liveBlog() throws {
    var data = LinkedData()
    let json = """
      {"@type":"LiveBlogPosting","datePublished":"2020-02-03","dateModified":"2020-02-04",
      "liveBlogUpdate":[{"@type":"BlogPosting","headline":"Noon","datePublished":"2020-02-04"}]}
      """
    data.read(Array(json.utf8).span, ByteSpan(0, json.utf8.count))
    #expect(string(data.published?.text) == "2020-02-03" && string(data.modified?.text) == "2020-02-04")
    #expect(data.headline == nil)
  }

  @Test("the day of publication is the one of the place")
  func localDay() throws {
    let paragraphs = story.map { "<p>\($0)</p>" }.joined()
    func published(_ head: String, _ body: String = "") throws -> [String?] {
      let article = try cleaned(
        "<title>Bridge opens</title>" + head + "<h1>Bridge opens</h1>" + body + paragraphs, markup: true)
      return [string(article.metadata.published), string(article.metadata.publishedAt)]
    }
    let greenwich = "<meta property=article:published_time content=2020-05-09T01:30:00Z>"
    #expect(try published(greenwich) == ["2020-05-09", "2020-05-09T01:30:00Z"])
    #expect(
      try published(greenwich, "<time datetime=2020-05-08T21:30:00-04:00>May 8</time>")
        == ["2020-05-08", "2020-05-08T21:30:00-04:00"])
    #expect(try published(greenwich, "<p>May 8, 2020</p>") == ["2020-05-08", "2020-05-09T01:30:00Z"])
    // What is said of the publication comes before a time element of another story, and a change.
    #expect(try published("<time datetime=2019-01-01>x</time>" + greenwich).first == "2020-05-09")
    let change = "<meta property=article:modified_time content=2020-06-01T10:00:00Z>"
    #expect(try published(change + greenwich) == ["2020-05-09", "2020-05-09T01:30:00Z"])
    #expect(try published(change) == ["2020-06-01", "2020-06-01T10:00:00Z"])
  }
}
