import StageKit
import Testing

@testable import Clean

@Suite("Texts that are not quite plain, and notes in the body")
struct PlainFormTests {
  private func body(_ text: String, markup: Bool = false) throws -> String {
    try String(decoding: cleaned(text, markup: markup).text, as: UTF8.self)
  }

  @Test("HTML under the name of a text")
  func tags() throws {
    let page = "Bridge opens\n\n" + story.map { "<p>\($0.replacing("the ", with: "<i>the</i> "))</p>\n" }.joined()
    let text = try body(page)
    #expect(!text.contains("<") && text.contains(story[0]))
  }

  @Test("Markdown that a program made of a page")
  func markdown() throws {
    let page = """
      # Harbour town opens its rebuilt bridge

      [Home](https://orla.example/) | [News](https://orla.example/news)

      **By [Ada Corr](https://orla.example/a)** May 5, 2016

      ![bridge](https://orla.example/b.jpg)

      \(story.joined(separator: "\n\n"))

        * [Share](https://orla.example/s)
      """
    let article = try cleaned(page)
    #expect(string(article.metadata.title) == "Harbour town opens its rebuilt bridge")
    #expect(article.metadata.byline.map { string($0) } == ["Ada Corr"])
    let text = String(decoding: article.text, as: UTF8.self)
    #expect(!text.contains("](") && !text.contains("Share") && text.contains(story[0]))
  }

  @Test("raw wire: slugs above, the stamp below")
  func wire() throws {
    let page = """
      a0123
      ^BC-Bridge,0412<
      ^Eds: UPDATES with mayor.<
      ^By ADA CORR=
         HOLMVIK (NWA) _ \(story.joined(separator: "\n   "))

      05-05-16 1422EDT
      """
    let article = try cleaned(page)
    let text = String(decoding: article.text, as: UTF8.self)
    #expect(article.metadata.byline.map { string($0) } == ["ADA CORR"])
    #expect(text.hasPrefix("HOLMVIK (NWA) _") && !text.contains("1422") && !text.contains("Eds"))
  }

  @Test(
    "what a page says of itself between the paragraphs",
    arguments: [
      "Sign up for our morning newsletter to get the stories of the coast straight to your inbox.",
      "Like what you read? Follow us on all channels, and tell your neighbours on Facebook.",
      "We use cookies to make this site better, and share some of them with our partners.",
      "Before you buy stock in Orla Boats, consider what our analysts think are the ten best shares.",
      "All rights reserved. This text may not be reproduced or rewritten without the permission of the Orla Times.",
      "___", "* * *", "Enditem",
    ])
  func notes(note: String) throws {
    let paragraphs = story.map { "<p>\($0)</p>" }
    let page =
      "<title>Bridge opens</title><h1>Bridge opens</h1>\(paragraphs[0])<p>\(note)</p>\(paragraphs.dropFirst().joined())"
    #expect(try !body(page, markup: true).contains(note))
  }

  @Test("who tells a story of subscribers and of stocks is left alone")
  func leftAlone() throws {
    let lines = [
      "Subscribers of the harbour's newsletter were told on Monday that the ferry would not sail before the end of the week.",
      "Follow the coast to the north, and the bridge comes into sight behind the lighthouse that was built for it.",
      "Copyright law does not protect the plan of a bridge, the court said, because it is of use to everybody.",
    ]
    let page =
      "<title>Bridge opens</title><h1>Bridge opens</h1>" + (story + lines).map { "<p>\($0)</p>" }.joined()
    let text = try body(page, markup: true)
    for line in lines { #expect(text.contains(line)) }
  }

  @Test("an end mark goes, the sentence before it stays; what was escaped twice is read")
  func ends() throws {
    let page = "<title>Bridge opens</title><h1>Bridge opens</h1>" + story.map { "<p>\($0)</p>" }.joined()
    let last = try #require(story.last)
    #expect(try body(page.replacing(last, with: last + " Enditem"), markup: true).hasSuffix(last))
    #expect(try body(page.replacing(last, with: "The town&amp;#8217;s \(last)"), markup: true).contains("The town’s"))
  }
}
