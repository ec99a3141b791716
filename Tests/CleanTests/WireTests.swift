import Bytes
import StageKit
import Testing

@testable import Clean

/// The article of wire XML after `clean`.
func wired(_ xml: String, _ change: (inout CleanStage.Options) -> Void = { _ in }) throws -> Article {
  var article = Article(
    source: Article.Source(
      name: Array("a.xml".utf8), line: nil, format: "xml", encoding: "utf-8", byteCount: xml.utf8.count, sha256: []),
    id: Array("1".utf8), text: Array(xml.utf8), markup: .xml)
  var options = CleanStage.Options()
  change(&options)
  try cleanStage(options).process(&article, deadline: .none)
  return article
}

@Suite("Wire XML")
struct WireTests {
  /// A body of three paragraphs as text.
  let whole = story.joined(separator: "\n\n")
  let paragraphs = story.map { "<p>\($0)</p>" }.joined(separator: "\n")

  func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  @Test("NewsML-G2 with NITF inside")
  func newsMLWithNITF() throws {
    let article = try wired(
      """
      <?xml version="1.0"?><!DOCTYPE newsItem [<!ENTITY x "<p>not this</p>">]>
      <newsItem guid="urn:nwa:1" xml:lang="en"><catalogRef href="x"/><itemMeta><itemClass qcode="ninat:text"/>
      <provider><name>Northwire</name></provider><firstCreated>2020-02-03T10:00:00+01:00</firstCreated>
      <versionCreated>2020-02-04T10:00:00+01:00</versionCreated></itemMeta>
      <contentMeta><located><name>Holmsund</name></located><creator><name>Mara Quist</name></creator>
      <subject qcode="medtop:1"><name>transport</name></subject><keyword>bridge</keyword>
      <headline>Bridge opens</headline><by>By Ada Corr and Jonas Lind</by><dateline>HOLMSUND (Northwire)</dateline>
      <description>In short.</description><language tag="en-GB"/></contentMeta>
      <contentSet><inlineXML contenttype="application/nitf+xml"><nitf><head><title>Not the title</title></head><body><body.head>
      <byline>By Somebody Else</byline></body.head><body.content><block>\(paragraphs)</block><note>Note to editors</note>
      </body.content></body></nitf></inlineXML></contentSet></newsItem>
      """)
    #expect(article.string == whole)
    #expect(string(article.metadata.title) == "Bridge opens")
    #expect(strings(article.metadata.byline) == ["Ada Corr", "Jonas Lind"])
    #expect(strings(article.metadata.tags) == ["transport", "bridge"])
    #expect(string(article.metadata.published) == "2020-02-03")
    #expect(string(article.metadata.publishedAt) == "2020-02-03T10:00:00+01:00")
    #expect(string(article.metadata.dateline?.place) == "HOLMSUND")
    #expect(string(article.metadata.dateline?.agency) == "Northwire")
    #expect(article.metadata.dateline?.span == ByteSpan(0, 0), "a dateline beside the body has no place in it")
  }

  @Test("NewsML-G2 with XHTML, plain text, or a picture inside")
  func newsMLBodies() throws {
    func item(_ content: String, _ itemClass: String = "ninat:text") -> String {
      """
      <newsItem guid="1"><itemMeta><itemClass qcode="\(itemClass)"/></itemMeta><contentMeta><headline>Bridge opens</headline>
      <description>The mayor on the bridge.</description></contentMeta><contentSet>\(content)</contentSet></newsItem>
      """
    }
    let page = try wired(
      item(
        "<inlineXML contenttype='application/xhtml+xml'><html><head><title>x</title><style>p{}</style></head><body>"
          + "<h1>Bridge opens</h1>\(paragraphs)<h2>Tolls</h2><ul><li><p>Cars: 4</p></li></ul></body></html></inlineXML>"
      ))
    #expect(page.string == whole + "\n\nTolls\n\nCars: 4" && page.kinds == [.body, .body, .body, .heading, .list])
    let plain = try wired(
      item("<inlineData contenttype='text/plain'>\(escaped(story.joined(separator: "\n\n")))</inlineData>"))
    #expect(plain.string == whole && plain.kinds == [.body, .body, .body])
    let picture = try wired(item("<remoteContent href='a.jpg'/>", "ninat:picture"))
    #expect(picture.string.isEmpty && strings(picture.metadata.captions) == ["The mayor on the bridge."])
    #expect(try wired(item("")).metadata.captions.isEmpty)
  }

  @Test("an Atom entry in each of its kinds")
  func atom() throws {
    func entry(_ content: String) -> String {
      """
      <entry xmlns="http://www.w3.org/2005/Atom"><id>tag:orla.example,2020:1</id><title type="html">Bridge &lt;b&gt;opens&lt;/b&gt;</title>
      <link rel="self" href="https://orla.example/feed"/><link rel="alternate" href="https://orla.example/bridge?a=1&amp;b=2"/>
      <updated>2020-02-05T10:00:00Z</updated><published>2020-02-03T10:00:00Z</published>
      <author><name>Ada Corr</name><email>ada@orla.example</email></author><author><name>Jonas Lind</name></author>
      <category term="transport"/><source><title>Orla Times</title></source><summary>In short.</summary>\(content)</entry>
      """
    }
    let contents = [
      "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>\(paragraphs)</div></content>",
      "<content type='html'>\(escaped(paragraphs))</content>",
      "<content type=\"html\"><![CDATA[\(paragraphs)]]></content>",
      "<content type='text'>\(whole)</content>", "<content>\(whole)</content>",
    ]
    for content in contents {
      let article = try wired(entry(content))
      #expect(article.string == whole, "\(content)")
      #expect(string(article.metadata.title) == "Bridge opens")
      #expect(strings(article.metadata.byline) == ["Ada Corr", "Jonas Lind"])
      #expect(string(article.metadata.url) == "https://orla.example/bridge?a=1&b=2")
      #expect(string(article.metadata.published) == "2020-02-03")
      #expect(strings(article.metadata.tags) == ["transport"])
    }
    #expect(try wired(entry("<content type='image/png'>iVBORw0K</content>")).string == "In short.")
  }

  @Test("the fullest text of an RSS item counts, escaped, in a section or with bare tags")
  func rss() throws {
    func item(_ rest: String) -> String {
      "<item><title>Bridge opens</title><author>ada@orla.example (Ada Corr)</author>\(rest)</item>"
    }
    for body in [escaped(paragraphs), "<![CDATA[\(paragraphs)]]>", paragraphs] {
      #expect(try wired(item("<description>\(body)</description>")).string == whole)
      let both = try wired(item("<content:encoded>\(body)</content:encoded><description>Short.</description>"))
      #expect(both.string == whole && strings(both.metadata.byline) == ["Ada Corr"])
    }
    let bare = try wired(item("<description>Tea &amp;amp; cake&#8217;s back</description>"))
    #expect(bare.string == "Tea & cake’s back")
    let titled = Array(item("<pubDate>8 May 2017</pubDate>").utf8)
    let places = try #require(wired(String(decoding: titled, as: UTF8.self)).places)
    func source(_ span: ByteSpan?) -> String? { span.map { String(decoding: titled[$0.range], as: UTF8.self) } }
    #expect(source(places.title) == "Bridge opens" && source(places.date) == "8 May 2017")
    #expect(source(places.byline.first) == "ada@orla.example (Ada Corr)")
    let media = try wired(
      item(
        "<media:group><media:content url='a.jpg'><media:title>Not it</media:title><media:description>A bridge.</media:description>"
          + "<media:credit>NWA</media:credit></media:content></media:group>"))
    #expect(media.string.isEmpty && string(media.metadata.title) == "Bridge opens")
    #expect(strings(media.metadata.captions) == ["A bridge."] && strings(media.metadata.credits) == ["NWA"])
    #expect(throws: StageError.self) { try wired("<item><link>https://orla.example</link></item>") }
  }

  @Test("options count for wire articles too")
  func options() throws {
    let nitf = """
      <nitf><body><body.content>\(paragraphs)<hl2>Tolls</hl2><p>Story continues below:</p><media><media-caption>A bridge.
      </media-caption></media></body.content></body></nitf>
      """
    #expect(try wired(nitf).kinds == [.body, .body, .body, .heading, .body])
    #expect(try wired(nitf) { $0.headings = .drop }.kinds == [.body, .body, .body, .body])
    #expect(try wired(nitf) { $0.captions = .keep }.string.hasSuffix("A bridge."))
    #expect(try wired(nitf) { $0.dropPhrases = ["story continues below"] }.string == whole + "\n\nTolls")
  }

  @Test("what stands in the body can be traced to the XML", arguments: [true, false])
  func alignment(isEscaped: Bool) throws {
    let markup = "<p>Tea &amp; cake cost £4 on\n Monday.</p><p>“Yes,” she <b>said</b> &#8212; twice.</p>"
    let xml =
      isEscaped
      ? "<item><title>t</title><description>x</description><content:encoded>\(escaped(markup))<![CDATA[<p>End here.]]></content:encoded></item>"
      : "<nitf><body><body.content>\(markup)<p>End here.</p></body.content></body></nitf>"
    let article = try wired(xml)
    #expect(article.string == "Tea & cake cost £4 on Monday.\n\n“Yes,” she said — twice.\n\nEnd here.")
    let source = Array(xml.utf8)
    for word in ["Tea", "£4 on", "Monday.", "“Yes,” she", "twice.", "End here."] {
      let range = try #require(article.string.range(of: word))
      let start = article.string.utf8.distance(from: article.string.startIndex, to: range.lowerBound)
      let span = try #require(article.alignment?.source(of: ByteSpan(start, start + word.utf8.count)))
      #expect(String(decoding: source[span.range], as: UTF8.self) == word)
    }
    let ampersand = try #require(article.alignment?.source(of: ByteSpan(4, 5)))
    #expect(String(decoding: source[ampersand.range], as: UTF8.self) == (isEscaped ? "&amp;amp;" : "&amp;"))
  }

  @Test(
    "dates",
    arguments: [
      ("2019-10-14T17:48:00Z", "2019-10-14", "2019-10-14T17:48:00Z"),
      ("20191014T174800Z", "2019-10-14", "2019-10-14T17:48:00Z"),
      ("20191014T174800-0500", "2019-10-14", "2019-10-14T17:48:00-05:00"), ("20191014", "2019-10-14", nil),
      ("Mon, 14 Oct 2019 17:48:00 GMT", "2019-10-14", "2019-10-14T17:48:00Z"),
      ("14 Oct 2019 7:48 EDT", "2019-10-14", "2019-10-14T07:48:00-04:00"),
      ("Mon, 14 Oct 2019 25:48:00 GMT", "2019-10-14", nil), ("Mon, 14 Oct 2019 17:48 somewhere", "2019-10-14", nil),
      ("20191014T17", "2019-10-14", nil),
    ])
  func dates(text: String, day: String, instant: String?) throws {
    let date = try #require(WireDate(Array(text.utf8), from: ByteSpan(0, 0)))
    #expect(string(date.day) == day && string(date.instant) == instant)
  }

  @Test("no entity of a document is expanded, and nothing is fetched")
  func entities() throws {
    let article = try wired(
      """
      <!DOCTYPE nitf SYSTEM "file:///etc/passwd" [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">
      <!-- ' --> ]><nitf><body><body.content><p>Here &b; and &f; stay, &eacute; &#x2014; do not.</p></body.content></body></nitf>
      """)
    #expect(article.string == "Here &b; and &f; stay, é — do not.")
  }

  @Test("badly made XML is read as far as it goes")
  func careless() throws {
    func body(_ content: String) throws -> String {
      try wired("<nitf><body><body.content>\(content)</body.content></body></nitf>").string
    }
    #expect(try body("<p>One<p>Two</p>") == "One\n\nTwo")
    #expect(try body("<p>A <b>bold<i> step</b></p></i><p>Next</p>") == "A bold step\n\nNext")
    #expect(try body("<p>5 < 6 & 7 > 2 </ p><p class=x id>Next</p>") == "5 < 6 & 7 > 2\n\nNext")
    #expect(try body("One<br/>more<br/><br/>Two<br>three") == "One more\n\nTwo three")
    #expect(try body("<pre>One\nmore\n\nTwo</pre>") == "One more\n\nTwo")
    #expect(try body("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>") == "a b\n\nc")
    #expect(try body("<p>Kept</p><script>x</script><media-object>iVBORw0K</media-object>") == "Kept")
  }

  @Test(
    "hostile XML ends",
    arguments: [
      ("<nitf><body><body.content>", "<p>"), ("<item><description>", "<p>"), ("<item>", "<title>"), ("<item>", "&lt;"),
      ("<entry><content type='xhtml'>", "<div>x"), ("<nitf ", "a='b' "), ("<nitf ", "a='"), ("<nitf>", "<!--"),
      ("<item><content:encoded>", "<![CDATA["), ("<item><content:encoded>", "&amp;lt;"),
      ("<!DOCTYPE x [", "<!ENTITY a '"),
      ("<nitf>", "</nitf>"), ("<item><title>", "&#"), ("<newsItem>", "<contentMeta><keyword>a</keyword>"),
      ("<nitf><body><body.content>", "</p>"), ("<nitf>", "<?"), ("<item><description>", "&lt;b&gt;"),
    ])
  func hostile(start: String, pattern: String) throws {
    for count in [1, 7, 3000] {
      let article = try? wired("\(start)\(String(repeating: pattern, count: count))")
      if let article { #expect(String(validating: article.text, as: UTF8.self) != nil) }
    }
  }
}

extension String {
  fileprivate func range(of word: String) -> Range<String.Index>? { ranges(of: word).first }
}
