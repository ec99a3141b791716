import StageKit
import Testing

@testable import Clean

/// Where an HTML page may name its authors, and what is no name there.
@Suite("The gate of bylines")
struct BylineGateTests {
  private let headline = "Harbour town opens its rebuilt bridge after four years"

  private func byline(head: String = "", _ body: String, foot: String = "") throws -> [String] {
    let paragraphs = story.map { "<p>\($0)</p>" }.joined()
    let page =
      "<html lang=en><title>\(headline) | The Orla Times</title>\(head)<body><h1>\(headline)</h1>\(body)\(paragraphs)\(foot)"
    return try cleaned(page, markup: true).metadata.byline.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "elements that say so",
    arguments: [
      ("<p class=byline><span>By</span><a rel=author href=/a>Ada Corr</a></p>", ["Ada Corr"]),
      ("<div class=author><span>Ada Corr</span><span>CEO</span></div>", ["Ada Corr"]),
      ("<div class=post-author>Ada Corr <em>Washington</em></div>", ["Ada Corr"]),
      ("<div class=byline><a>Ada Corr</a><a>Twitter</a><a>News</a></div>", ["Ada Corr"]),
      (
        "<p class=byline>By <a class=author>Ada Corr</a> And <a class=author>Jo Lund</a> For The Orla Mail</p>",
        ["Ada Corr", "Jo Lund"]
      ),
      ("<p class=auteur><a>Ada Corr</a> (avec Jo Lund et Bea Roe)</p>", ["Ada Corr", "Jo Lund", "Bea Roe"]),
      ("<div class=author-info><time>May 4, 2018</time> <b>Ada Corr</b></div>", ["Ada Corr"]),
      ("<span itemprop=author>Ada Corr</span>", ["Ada Corr"]),
      ("<div class=author>Von Ada Corr</div>", ["Ada Corr"]),
      ("<div class=author>渡辺 洋介</div>", ["渡辺 洋介"]),
    ])
  func labelled(body: String, people: [String]) throws {
    #expect(try byline(body) == people)
  }

  @Test(
    "headings, labels, lists and the site itself are nobody",
    arguments: [
      "<h3>Car Talk</h3>", "<h2>Recent Posts</h2>", "<h2>Ada Corr</h2>",
      "<div class=byline_action><i>AA</i><div><strong>Text Size</strong></div></div>",
      "<div class=byline>By <a>Orla Times</a></div>", "<ul><li>Ada Corr</li><li>Jo Lund</li></ul>",
      "<label>Ada Corr</label>",
      "<div class=author-bio><p>Social Sharing</p></div>", "<button>Ada Corr</button>",
    ])
  func nobody(body: String) throws {
    #expect(try byline(body) == [])
  }

  @Test(
    "what the head declares",
    arguments: [
      ("<meta name=author content='No Author'>", []), ("<meta name=author content='AC7567'>", []),
      ("<meta name=author content='Orla Times'>", []), ("<meta name=author content='Harbour & Home'>", []),
      (
        "<meta name='dc:creator x:creator' content='Jo Lund'><meta property=dc:creator content='Ada Corr'>",
        ["Ada Corr"]
      ),
      ("<meta name=author content='Ada Corr and Jo Lund'>", ["Ada Corr", "Jo Lund"]),
      (
        #"<script type=application/ld+json>{"@graph":[{"@type":"NewsArticle","author":[{"@id":"/p/1"}]},{"@type":"Person","@id":"/p/1","name":"Ada Corr"}]}</script>"#,
        ["Ada Corr"]
      ),
      (
        #"<script type=application/ld+json>{"@type":"NewsArticle","author":{"name":{"@value":"Ada Corr"}}}</script>"#,
        ["Ada Corr"]
      ),
      (
        #"<script type=application/ld+json>{"@type":"NewsArticle","author":{"@type":"Organization","name":"Orla Times"}}</script><meta name=author content="Ada Corr">"#,
        ["Ada Corr"]
      ),
    ] as [(String, [String])])
  func declared(head: String, people: [String]) throws {
    #expect(try byline(head: head, "") == people)
  }

  @Test("a reporter in bold type above the text, unless the text is about him")
  func bold() throws {
    #expect(try byline("<p><strong>Mohlo Mpeli</strong></p>") == ["Mohlo Mpeli"])
    #expect(try byline("<p><strong>Chuko Eze, Orla</strong></p>") == ["Chuko Eze"])
    let words = story.joined(separator: " ").split(separator: " ")
    let subject = try #require(
      words.first { $0.first?.isUppercase ?? false && $0.count > 4 && $0.last?.isLetter ?? false })
    #expect(try byline("<p><strong>Mohlo \(subject)</strong></p>") == [])
  }
}
