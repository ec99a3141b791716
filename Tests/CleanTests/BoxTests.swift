import Bytes
import StageKit
import Testing

@testable import Clean

@Suite("Boxes, hidden text, copies and bodies in odd places")
struct BoxTests {
  private let story = [
    "The lighthouse on Gull Point will be lit again in June, the port authority of Nordby said on Tuesday after a long vote.",
    "Keepers who had lived there for forty years said that they were told of the plan by telephone, and that it came late.",
    "“We have waited for this since the storm took the lamp,” said Ada Corr, whose father kept the lighthouse for a decade.",
    "The authority said that a new lamp had been ordered from a firm in the north, and that it would be lifted by crane.",
    "Engineers found in the spring that the tower leans by a hand's width, which they said was no danger to anybody there.",
    "Fishermen asked the port authority to keep the old lamp in the tower, where visitors could see it from the stairs.",
    "The work on the lighthouse is to take two years, and the tower will stay open to visitors at weekends, the authority said.",
  ]

  private func text(_ body: String, head: String = "") throws -> String {
    let html = """
      <html lang="en"><head><title>Lighthouse to be lit again</title>\(head)</head><body>
      <nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav>
      <h1>Lighthouse to be lit again</h1>\(body)
      <footer><p><a href="/p">Privacy</a> © Harbour Press. All rights reserved.</p></footer></body></html>
      """
    return try cleaned(html, markup: true).string
  }

  private func paragraphs(_ story: [String]) -> String { story.map { "<p>\($0)</p>" }.joined(separator: "\n") }
  private var whole: String { story.joined(separator: "\n\n") }

  private static let boxes = [
    """
    <aside class="newsletter"><h3>Morning Post</h3>
    <p>Sign up for our letter to get the best stories every day.</p></aside>
    """,
    """
    <div class="trending"><h4>Trending</h4><ul><li><a href="/1">Ferry runs aground</a></li>
    <li><a href="/2">Mill burns</a></li></ul></div>
    """,
    "<div class=\"related\"><h4>Related</h4><ul><li><a href=\"/1\">Crane falls into the sea</a></li></ul></div>",
  ]

  @Test("what follows a box is body, however little it is", arguments: boxes, 1...6)
  func box(box: String, place: Int) throws {
    let body = paragraphs(Array(story.prefix(place))) + box + paragraphs(Array(story.dropFirst(place)))
    #expect(try text("<article>\(body)</article>") == whole)
  }

  @Test("text that nobody sees is none, unless it is all there is")
  func hidden() throws {
    let popup =
      "The museum beside the harbour was founded in the year when the railway came, and it has a hall of ships."
    let hiding = [
      "style=\"display: none\"", "style=\"visibility:hidden\"", "hidden", "aria-hidden=\"true\" role=\"dialog\"",
    ]
    for attribute in hiding {
      #expect(try text("<main>\(paragraphs(story))<div \(attribute)><p>\(popup)</p></div></main>") == whole)
    }
    #expect(try text("<div style=\"display:none\">\(paragraphs(story))</div>") == whole)
  }

  @Test("of two copies one stays")
  func copies() throws {
    let copy = "<div class=\"story\">\(paragraphs(story))</div>"
    #expect(try text(copy + copy) == whole)
  }

  @Test("a heading or menu that nothing closes takes nothing with it")
  func unclosed() throws {
    #expect(try text("<div><h2>The lamp returns after the storm<div>\(paragraphs(story))</div></div>") == whole)
  }

  @Test("a body in noscript is read where there is no other")
  func noscript() throws {
    #expect(try text("<div id=\"app\"></div><noscript><div>\(paragraphs(story))</div></noscript>") == whole)
  }

  @Test("the text in JSON-LD stands in for one that the page does not show")
  func declared() throws {
    let json = story.joined(separator: "\\n\\n")
    let data =
      "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"articleBody\": \"\(json)\"}</script>"
    let about =
      "<div class=\"bio\"><p>Ada Corr writes about the sea. She joined the Harbour Press after years at a radio.</p></div>"
    #expect(try text(about, head: data) == whole)
    #expect(try text("<article>\(paragraphs(story))</article>", head: data) == whole)
  }
}
