import Bytes
import StageKit
import Testing

@testable import Clean

@Suite("Parts of an article that are no plain paragraphs")
struct PartsTests {
  private let story = [
    "The lighthouse on Gull Point will be lit again in June, the port authority of Nordby said on Tuesday after a long vote.",
    "Keepers who had lived there for forty years said that they were told of the plan by telephone, and that it came late.",
    "“We have waited for this since the storm took the lamp,” said Ada Corr, whose father kept the lighthouse for a decade.",
    "The authority said that a new lamp had been ordered from a firm in the north, and that it would be lifted by crane.",
    "Engineers found in the spring that the tower leans by a hand's width, which they said was no danger to anybody there.",
    "The work on the lighthouse is to take two years, and the tower will stay open to visitors at weekends, the authority said.",
  ]
  private let other = [
    "A baker in Holm has given away nine hundred loaves since the flood, and flour sacks still reach her ceiling.",
    "Neighbours bring butter, eggs and firewood to the bakery before dawn, because power returned only last week.",
    "Marta Lind says bread should cost nothing while people sleep in tents, and she means to bake through winter.",
    "Volunteers drive the loaves over the hills in two borrowed vans, one of which broke an axle on Saturday night.",
  ]

  private func article(_ body: String, title: String = "Lighthouse to be lit again") throws -> Article {
    let html = """
      <html lang="en"><head><title>\(title)</title></head><body>
      <nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>\(body)
      <footer><p><a href="/p">Privacy</a> © Harbour Press. All rights reserved.</p></footer></body></html>
      """
    return try cleaned(html, markup: true)
  }

  private func paragraphs(_ story: some Sequence<String>) -> String {
    story.map { "<p>\($0)</p>" }.joined(separator: "\n")
  }
  private var whole: String { story.joined(separator: "\n\n") }

  // MARK: Standfirst

  @Test(
    "a standfirst is the first paragraph, of a kind of its own",
    arguments: ["<p class=\"standfirst\">", "<h2 class=\"deck\">", "<div class=\"article-subtitle\">"])
  func standfirst(tag: String) throws {
    let sum = "Two years of work are to begin in June, but keepers say they heard of it by telephone"
    let name = tag.dropFirst().prefix { $0 != " " }
    let page = "<h1>Lighthouse to be lit again</h1>\(tag)\(sum)</\(name)><div class=\"body\">\(paragraphs(story))</div>"
    let found = try article("<article>\(page)</article>")
    #expect(found.string == sum + "\n\n" + whole)
    #expect(found.kinds == [.standfirst] + Array(repeating: .body, count: story.count))
    let source = "<html><head><title>Lighthouse to be lit again</title></head>\(page)</html>"
    let dropped = try cleaned(source, markup: true) { $0.standfirst = .drop }
    #expect(dropped.string == whole)
  }

  // MARK: Live blogs

  @Test(
    "a live blog is posts under their times",
    arguments: [["12:05", "11:40", "11:02", "10:30"], ["1.15pm", "12.50pm", "12.10pm", "11.45am"]])
  func posts(all: [String]) throws {
    let text =
      "Home\nNews\nSport\n\nLighthouse vote: live\n\n"
      + zip(all, story).map { "\($0)\n\($1)\nShare" }.joined(separator: "\n")
      + "\n\nMost read\nFerry runs aground\nMill burns\n\nContact us\nPrivacy policy\n"
    let found = try cleaned(text)
    #expect(found.string == zip(all, story).flatMap { [$0, $1] }.joined(separator: "\n\n"))
    #expect(found.kinds == [.heading, .post, .heading, .post, .heading, .post, .heading, .post])
    let html = zip(all, story).map {
      "<div class=\"entry\"><time>\($0)</time><p>\($1)</p><a href=\"#\">Share</a></div>"
    }
    let page = try article("<h1>Lighthouse to be lit again</h1><main>\(html.joined())</main>")
    #expect(page.kinds.count { $0 == .post } == 4)
  }

  @Test("comments with times are no live blog")
  func comments() throws {
    let comments = zip(["12:05", "12:40", "13:02", "13:30"], other).map {
      "<div class=\"comment\"><b>gull77</b> <span>\($0)</span><p>\($1)</p></div>"
    }
    let found = try article(
      "<h1>Lighthouse to be lit again</h1><article>\(paragraphs(story))</article><section id=\"comments\"><h3>Comments</h3>"
        + comments.joined() + "</section>")
    #expect(found.string == whole)
  }

  // MARK: Key points, tables, pictures

  @Test("key points and tables of the article stay")
  func pointsAndTables() throws {
    let points =
      "<div><h4>Key points</h4><ul><li>The lamp is lit in June</li><li>The tower leans a little</li></ul></div>"
    let table = """
      <table><tr><th>Day</th><th>Open</th></tr><tr><td>Saturday</td><td>10 to 4</td></tr>
      <tr><td>Sunday</td><td>12 to 4</td></tr></table>
      """
    let found = try article(
      "<article><h1>Lighthouse to be lit again</h1>\(points)\(paragraphs(story.prefix(4)))\(table)\(paragraphs(story.suffix(2)))</article>"
    )
    #expect(
      found.string.hasPrefix("Key points\n\nThe lamp is lit in June\n\nThe tower leans a little\n\nThe lighthouse"))
    #expect(found.string.contains("by crane.\n\nDay | Open\n\nSaturday | 10 to 4\n\nSunday | 12 to 4\n\nEngineers"))
    #expect(found.kinds.count { $0 == .list } == 5)
  }

  @Test("a text that stands under its pictures is the article; slides between its paragraphs are none")
  func pictures() throws {
    let pictures = zip(["Mill", "Bakery", "Quay", "Tower"], other).map {
      "<figure><img src=\"a.jpg\"><figcaption><h3>\($0)</h3><p>\($1)</p></figcaption></figure>"
    }
    let told = try article(
      "<article><h1>Lighthouse to be lit again</h1><p>Four places to see.</p>\(pictures.joined())</article>")
    for text in other { #expect(told.string.contains(text)) }
    let slides = zip(1..., other).map { "<li><h3>\($0) of 4: Bread</h3><p>\($1)</p></li>" }.joined()
    let found = try article(
      "<h1>Lighthouse to be lit again</h1><div class=\"t\">\(paragraphs(story.prefix(3)))<div class=\"show\"><ul>\(slides)</ul></div>"
        + "\(paragraphs(story.suffix(3)))</div>")
    #expect(found.string == whole)
  }

  @Test("a sentence that is set once more in large type stands once")
  func pullQuote() throws {
    let pull =
      "<blockquote class=\"pull-quote\"><p>We have waited for this since the storm took the lamp</p><cite>Ada Corr</cite></blockquote>"
    let found = try article(
      "<article><h1>Lighthouse to be lit again</h1>\(paragraphs(story.prefix(4)))\(pull)\(paragraphs(story.suffix(2)))</article>"
    )
    #expect(found.string == whole)
  }

  // MARK: Ends

  @Test("a second story ends the article, under a label or a headline of its own")
  func secondStory() throws {
    let next = "Baker in Holm gives nine hundred loaves away since the flood"
    for label in ["Next article", "More from Harbour Press", "You may also like"] {
      let text =
        "Lighthouse to be lit again\n\n\(whole)\n\n\(label)\n\n\(next)\n\n" + other.joined(separator: "\n\n") + "\n"
      #expect(try cleaned(text).string == whole, "\(label)")
    }
    let found = try article(
      "<article><h1>Lighthouse to be lit again</h1>\(paragraphs(story))</article><article><h1>\(next)</h1>\(paragraphs(other))</article>"
    )
    #expect(found.string == whole)
    // A box of one headline is no story.
    let boxed =
      "Lighthouse to be lit again\n\n" + story.prefix(3).joined(separator: "\n\n") + "\n\nRelated\n\(next)\n\n"
      + story.suffix(3).joined(separator: "\n\n") + "\n"
    #expect(try cleaned(boxed).string == whole)
  }

  @Test(
    "what agencies put under the end goes",
    arguments: [" -30-", " Item ends", " /ends", " Enditem", "\n\n(more)", "\n\n###"])
  func ends(mark: String) throws { #expect(try cleaned(whole + mark + "\n").string == whole) }

  @Test(
    "what a page says of itself goes, in any language",
    arguments: [
      "Stay on top of the news with our alerts: join the Telegram channel of the paper today.",
      "Have a story to tell us? Email desk@harbour.example and a reporter will call you.",
      "FREE LETTER: Sign up for our newsletter and read the best of the coast each Friday.",
      "Melden Sie sich für unseren Newsletter an und lesen Sie jeden Morgen das Beste von der Küste.",
      "Inscrivez-vous à notre newsletter pour lire chaque matin le meilleur de la côte.",
      "Suscríbase a nuestro boletín y lea cada mañana lo mejor de la costa en su correo.",
      "Подпишитесь на наш телеграм-канал, чтобы первыми читать новости побережья.",
    ])
  func promotions(promotion: String) throws {
    let page = paragraphs(story.prefix(4)) + "<p>\(promotion)</p>" + paragraphs(story.suffix(2))
    #expect(try article("<article><h1>Lighthouse to be lit again</h1>\(page)</article>").string == whole)
  }

  // MARK: Texts that are not quite plain

  @Test("references and tags of text markup that were left in a text go")
  func markedText() throws {
    let marked = story.joined(separator: "\n\n").replacing("“", with: "&ldquo;").replacing("”", with: "&rdquo;")
      .replacing("hand's", with: "hand&#39;s").replacing("Nordby", with: "<b>Nordby</b>")
      .replacing("Ada Corr", with: "<a href=\"/ada\">Ada Corr</a>")
    #expect(try cleaned(marked).string == whole)
    let escaped = story.map { "&lt;p&gt;\($0)&lt;/p&gt;" }.joined(separator: "\n")
    #expect(try cleaned(escaped).string == whole)
    let divided = story.map { "<div>\($0)</div>" }.joined(separator: "\n")
    #expect(try cleaned(divided).string == whole)
    #expect(
      try cleaned("Ferries & trains cost 5 < 6 crowns, said the board.").string
        == "Ferries & trains cost 5 < 6 crowns, said the board.")
  }

  @Test("Markdown with its addresses at the end, quotations and emphasis")
  func markdown() throws {
    let text =
      "# Lighthouse to be lit again\n\n" + story[0].replacing("Gull Point", with: "[Gull Point][1]") + "\n\n> "
      + story[2] + "\n\n"
      + story[3].replacing("lamp", with: "_lamp_") + "\n\n* * *\n\n" + story[4]
      + "\n\n [1]: https://harbour.example/gull\n [2]: https://harbour.example/two\n [3]: https://harbour.example/three\n"
    #expect(try cleaned(text).string == [story[0], story[2], story[3], story[4]].joined(separator: "\n\n"))
  }

  // MARK: Rows before the body

  private static let notice =
    "Tide tables are issued by the harbour office of Nordby at six in the morning. Warnings for small boats are read on channel nine "
    + "every three hours. The next table will be issued at noon."

  @Test("a table between headline and body is what the body is about")
  func leadingTable() throws {
    let rows = [["Harbour", "High", "Low"], ["Nordby", "4.1 m", "0.6 m"], ["Holm", "3.8 m", "0.9 m"]]
    let table = rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }.joined()
    let title = "Tides for Monday, March 2"
    let found = try article("<main><h2>\(title)</h2><table>\(table)</table><p>\(Self.notice)</p></main>", title: title)
    #expect(found.string == rows.map { $0.joined(separator: " | ") }.joined(separator: "\n\n") + "\n\n" + Self.notice)
    #expect(found.kinds == [.list, .list, .list, .body])
  }

  @Test("rows of numbers under the headline of a text are kept, counts of a page are not")
  func leadingRows() throws {
    let rows = ["Nordby: high 4.1 m, low 0.6 m", "Holm: high 3.8 m, low 0.9 m", "Gull Point: high 5.0 m, low 1.2 m"]
    func page(_ lines: [String]) throws -> Article {
      try cleaned((["Tides on the coast for Monday", ""] + lines + ["", Self.notice]).joined(separator: "\n"))
    }
    let found = try page(rows)
    #expect(found.string == (rows + [Self.notice]).joined(separator: "\n\n"))
    #expect(try page(["Share 34", "Comments 12", "2,345 views"]).string == Self.notice)
  }
}
