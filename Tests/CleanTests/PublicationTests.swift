import Bytes
import StageKit
import Testing

@testable import Clean

@Suite("The day of publication")
struct PublicationTests {
  private let headline = "Harbour Town Opens Its Rebuilt Bridge After Four Years"

  @Test(
    "of a plain-text page",
    arguments: [
      ("Log in\n\nHEADLINE\n\nBy Ada Corr\nMay 4, 2018\n\nSTORY", "2018-05-04"),
      ("Log in\n\nHEADLINE\n\nBy Ada CorrMay 4, 2018 9:00 am EST\n\nSTORY", "2018-05-04"),
      ("Home\nNews\n\nHEADLINE\n\nLast updated: June 1, 2019\nFirst published: May 4, 2018\n\nSTORY", "2018-05-04"),
      ("Home\nNews\n\nHEADLINE\n\nPublished: 4 May 2018 · Modified: 1 June 2019\n\nSTORY", "2018-05-04"),
      ("Home\nNews\n\nHEADLINE\n\nPublished on\n4 May 2018\n\nSTORY", "2018-05-04"),
      ("Log in\nSubscribe\n\nHEADLINE\n\nSTORY\n\nPublished 4 May 2018", "2018-05-04"),
      (
        "Log in\n\nHEADLINE\n\nBy Ada Corr\n22/05/2018\n\nSTORY\n\nComments\n\nKai says:\n03/06/2018 at 9:14\n\nGood.",
        "2018-05-22"
      ),
      ("Log in\n\nHEADLINE\n\nBy Ada Corr\n04/05/2018\n\nSTORY", nil),
      ("Log in\n\nHEADLINE\n\nBy Ada Corr\nMay 4\n\nSTORY", nil),
      ("Log in\n\nHEADLINE\n\nSTORY\n\nCopyright 2018 Orla Times", nil),
    ] as [(String, String?)])
  func dump(page: String, day: String?) throws {
    let story = Array(repeating: story.joined(separator: "\n\n"), count: 3).joined(separator: "\n\n")
    let page = page.replacing("HEADLINE", with: headline).replacing("STORY", with: story)
    #expect(try string(cleaned(page).metadata.published) == day)
  }

  @Test(
    "of an HTML page",
    arguments: [
      ("<link rel=canonical href=https://orla.example/2018/05/04/bridge>", "", "2018-05-04"),
      ("<link rel=canonical href=https://orla.example/2018/may/04/bridge>", "", "2018-05-04"),
      ("<link rel=canonical href=https://orla.example/2018/05/bridge>", "", nil),
      ("<meta name=date content='May 4, 2018'>", "<time class=updated datetime=2018-06-01>x</time>", "2018-05-04"),
      ("", "<time itemprop=dateModified content=x datetime=2018-05-04T10:00:00Z>May 4, 2018</time>", "2018-05-04"),
      // The headline's day in the zone of the place, the head's in Greenwich.
      (
        "<meta property=article:published_time content=2018-05-05T03:00:00Z>",
        "<p>By Ada Corr<p>PUBLISHED: <time datetime='2018-05-04 22:00:00'>May 4, 2018 at 10 p.m.</time>", "2018-05-04"
      ),
      ("<meta name=article:published_time content=1462458120>", "", "2016-05-05"),
      ("<meta name=datePublished content=2018-05-04>", "", "2018-05-04"),
      ("<meta name=dc:date:issued content=2018-05-04>", "", "2018-05-04"),
      ("", "at <abbr class=published title='2018-05-04T03:55:00-07:00'>3:55 AM</abbr>", "2018-05-04"),
      ("", "<dl><dt>Joined</dt><dd>May 11, 2017</dd></dl>", nil),
      ("", "<ul><li>Received: 10 May 2017</li><li>Published: 4 May 2018</li></ul>", "2018-05-04"),
      ("", "<blockquote>It rained. — Ada Corr (@adacorr) May 9, 2017</blockquote>", nil),
      ("", "<p>The first bridge was opened on 12 April 1987 by the mayor of the town and her council.</p>", nil),
      (
        "<meta property=article:published_time content=2018-05-04>",
        "<p>Originally published in the Orla Times on 3 May 2011.</p>", "2018-05-04"
      ),
      (
        #"<script type=application/ld+json>{"@type":"NewsArticle","image":{"url":"x"}},"datePublished":"2018-05-04"}</script>"#,
        "",
        "2018-05-04"
      ),
      (
        #"<script>var page = {"datePublished": "2018-05-04T10:00:00Z"}</script>"#, "<p>Updated May 9, 2018</p>",
        "2018-05-04"
      ),
      (#"<script>var list = [{"publishedAt": "2018-05-04"}, {"publishedAt": "2018-05-06"}]</script>"#, "", nil),
      ("", "<div class=date>2018.05.04. 21:35</div>", "2018-05-04"),
      ("<html lang=en-GB>", "<div class=date>04/05/2018 14:22</div>", "2018-05-04"),
      ("<html lang=en-US>", "<div class=date>05/04/2018 14:22</div>", "2018-05-04"),
      ("<html lang=en>", "<div class=date>04/05/2018 14:22</div>", nil),
    ] as [(String, String, String?)])
  func markup(head: String, body: String, day: String?) throws {
    let paragraphs = story.map { "<p>\($0)</p>" }.joined()
    let page = "<title>\(headline)</title>\(head)<h1>\(headline)</h1>\(body)\(paragraphs)"
    #expect(try string(cleaned(page, markup: true).metadata.published) == day)
  }

  @Test("a day that only the address has stands nowhere in the page")
  func place() throws {
    let page = "<title>\(headline)</title><h1>\(headline)</h1>\(story.map { "<p>\($0)</p>" }.joined())"
    var article = try cleaned("")
    article = Article(source: article.source, id: [], text: Array(page.utf8), markup: .html)
    article.metadata.url = Array("https://orla.example/2018/05/04/bridge".utf8)
    try cleanStage().process(&article, deadline: .none)
    #expect(string(article.metadata.published) == "2018-05-04" && article.places?.date == nil)
  }

  @Test("the hour comes from what says when it appeared, not from a change on the same day")
  func hour() throws {
    let head = """
      <meta property=article:modified_time content=2018-05-04T18:00:00Z>
      <meta property=article:published_time content=2018-05-04T09:00:00Z>
      """
    let page = "<title>\(headline)</title>\(head)<h1>\(headline)</h1>\(story.map { "<p>\($0)</p>" }.joined())"
    #expect(try string(cleaned(page, markup: true).metadata.publishedAt) == "2018-05-04T09:00:00Z")
  }

  @Test(
    "what an address says",
    arguments: [
      ("https://orla.example/2018/05/04/bridge", "2018-05 2018-05-04"),
      ("https://orla.example/news/2018-05-04/bridge", "2018-05 2018-05-04"),
      ("https://orla.example/bridge-opens-20180504.html", "2018-05 2018-05-04"),
      ("https://orla.example/2018/may/4/bridge", "2018-05 2018-05-04"),
      ("https://orla.example/2018/05/bridge", "2018-05"), ("https://orla.example/2018/15/04/bridge", nil),
      ("https://orla.example/bridge-20189999.html", nil), ("https://orla.example/1066/10/14/", nil), ("", nil),
    ] as [(String, String?)])
  func address(text: String, expected: String?) {
    let bytes = Array(text.utf8)
    let found = DateReader.inAddress(bytes.span, ByteSpan(0, bytes.count)).map { found in
      let month = String(
        decoding: Day(year: found.year, month: found.month, day: 1)?.iso.prefix(7) ?? [], as: UTF8.self)
      return month + (found.day.map { " " + String(decoding: $0.iso, as: UTF8.self) } ?? "")
    }
    #expect(found == expected)
  }

  @Test("what the words before a day say of it")
  func labels() {
    func labels(_ text: String) -> [DateLabel?] {
      let bytes = Array(text.utf8)
      return DateReader.days(bytes.span, ByteSpan(0, bytes.count)).map(\.label)
    }
    #expect(labels("Updated May 11, 2018 8:23 PM ET Originally published May 9, 2018") == [.updated, .published])
    #expect(labels("May 4, 2018 | Open until 5 May 2018") == [nil, .other])
    #expect(labels("No day, and none in 2018") == [])
  }

  @Test("an instant falls on the days of all zones")
  func zones() {
    let bytes = Array("1970-01-01T11:59:00Z".utf8)
    let instant = Instant(bytes.span, ByteSpan(0, bytes.count))
    #expect(instant?.days == -1..<2)
  }
}
