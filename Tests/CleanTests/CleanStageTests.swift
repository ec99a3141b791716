import Bytes
import PipelineKit
import StageKit
import Testing

@testable import Clean

/// The article after `clean`.
func cleaned(
  _ text: String, markup: Bool = false, _ change: (inout CleanStage.Options) -> Void = { _ in }
) throws -> Article {
  var article = Article(
    source: Article.Source(
      name: Array("a".utf8), line: nil, format: markup ? "html" : "text", encoding: "utf-8", byteCount: text.utf8.count,
      sha256: []),
    id: Array("1".utf8), text: Array(text.utf8), markup: markup ? .html : nil)
  var options = CleanStage.Options()
  change(&options)
  try cleanStage(options).process(&article, deadline: .none)
  return article
}

func string(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
func strings(_ list: [[UInt8]]) -> [String] { list.map { String(decoding: $0, as: UTF8.self) } }

extension Article {
  var string: String { String(decoding: text, as: UTF8.self) }
  var kinds: [Paragraph.Kind] { paragraphs?.map(\.kind) ?? [] }
}

/// Paragraphs that read like news.
let story = [
  "The rebuilt bridge over the Orla opened on Monday, and the first buses crossed it at noon with the mayor on board.",
  "Mayor Tilda Holm said that the town had waited four winters for this day, and that the work had been worth it.",
  "The old span had been closed since the flood, when two of its piers were found to have moved by a hand's width.",
]

@Suite("The clean stage")
struct CleanStageTests {
  @Test("prose stays as it is, but for the spaces that become one")
  func prose() throws {
    let text = story.joined(separator: "\n\n")
    #expect(try cleaned(text).string == text)
    #expect(
      try cleaned("He came.  She left. It rained all day; nobody minded.").string
        == "He came.  She left. It rained all day; nobody minded.")
    let short = "Nobody came to the harbour. It rained.\n\n" + text
    #expect(try cleaned(short).string == short, "a short sentence at the start is no headline")
    #expect(try cleaned("").string == "")
    #expect(try cleaned(" \n\n ").kinds == [])
  }

  @Test(
    "white space",
    arguments: [
      ("Ships\u{A0} came in.", "Ships came in."), ("Ships\u{202F}came\u{2009}in.", "Ships came in."),
      ("Sh\u{AD}ips c\u{200B}ame in\u{FEFF}.", "Ships came in."),
      ("Ships came in\nfrom the sea today.", "Ships came in from the sea today."),
      ("Ships\tcame in.", "Ships came in."), ("  Ships came in.\r\n", "Ships came in."),
      ("He said\u{200B} so. Cafe\u{301} “was” shut…", "He said so. Cafe\u{301} “was” shut…"),
      ("\u{FEFF}Ships came in.", "Ships came in."), ("Ships \u{A0} came in.", "Ships came in."),
    ])
  func whiteSpace(text: String, expected: String) throws {
    #expect(try cleaned(text).string == expected)
  }

  @Test("wrapped lines are joined, paragraphs apart by a blank line")
  func wrapped() throws {
    let text = """
      The rebuilt bridge over the Orla opened on Monday, and the first
      buses crossed it at noon with the mayor on board. It had been closed
      since the flood.

      Mayor Tilda Holm said that the town had waited four winters for this
      day, and that the work had been worth it.
      """
    let article = try cleaned(text)
    #expect(article.paragraphs?.count == 2)
    #expect(!article.string.replacing("\n\n", with: "").contains("\n"))
    #expect(article.string.contains("the first buses crossed"))
  }

  /// A dump as sites with a clock, a caption over the headline and tag lines without label print it.
  static let page = """
    Register
    11:05 GMT +214 March 2019
    Listen Live
        Ice covers the harbour of Nordby on March 2, 2019

        Nordby Harbour to Stay Open Through Winter, Minister Says

        © NORTHWIRE / Ada Corr
        Europe
        Get short URL
        0 21

        The harbour of Nordby will stay open through the winter, Transport Minister Jonas Lind said on Tuesday when he came out of a meeting with the unions.

        NORDBY (Northwire) — According to Lind, the ice breaker "will run in all weather from the first of the month, and the crews will be paid for the nights."

        Head of the union of pilots Mara Quist
        © NORTHWIRE / Kai Moe
        Pilots of Nordby Call Off Their Strike and Name a Price - Union
        The minister noted that "some of these ships carry medicine, which cannot lie in the roads until the tide turns, and the town lives on all of them."

        READ MORE: Ice Breaker Damaged in Storm

        Night shifts

        "A pilot who has not slept is of no use to a captain in the dark. From now on two of them will go out with every ship," he added.

        Ferry Line to Close in Spring
        Harbour Wall to Be Raised, Council Says
        Jonas Lind, Mara Quist, Nordby, Norway
        Community standardsDiscussion
        Comment via FacebookComment via Northwire
    News

        All news
        Log inPrivacy Policy
        Password recovery
        Your data are safe with us: the new Privacy Policy tells you what we keep, for how long, and whom you may ask.

        Community standards
        We take down what readers write here where it:

        • insults or threatens other readers, or a person named in the article;
    """

  @Test("a page with everything")
  func wholePage() throws {
    let article = try cleaned(Self.page)
    let text = article.string
    #expect(string(article.metadata.title) == "Nordby Harbour to Stay Open Through Winter, Minister Says")
    #expect(article.kinds == [.body, .body, .body, .heading, .body])
    #expect(text.hasPrefix("The harbour of Nordby will stay open") && text.hasSuffix("he added."))
    #expect(text.contains("\n\nThe minister noted that") && text.contains("\n\nNight shifts\n\n"))
    for gone in ["READ MORE", "Strike", "Quist\n", "Privacy", "Ferry", "insults", "NORTHWIRE", "Register"] {
      #expect(!text.contains(gone), "\(gone)")
    }
    let dateline = try #require(article.metadata.dateline)
    #expect(string(dateline.place) == "NORDBY" && string(dateline.agency) == "Northwire")
    #expect(String(decoding: article.text[dateline.span.range], as: UTF8.self) == "NORDBY (Northwire) —")
    #expect(strings(article.metadata.captions).count == 2)
    #expect(strings(article.metadata.credits) == ["© NORTHWIRE / Ada Corr", "© NORTHWIRE / Kai Moe"])
    #expect(strings(article.metadata.tags) == ["Jonas Lind", "Mara Quist", "Nordby", "Norway"])
    #expect(article.metadata.published == nil, "a clock is no day of publication, nor is a day in a caption")
  }

  @Test("a block before a credit is its caption, unless it is as long as a paragraph", arguments: [5, 45, 46])
  func captionLength(words: Int) throws {
    let text =
      "The old ferry to Holm lies at the northern quay of Lund harbour where crews took down its funnel and two masts on "
      + "a grey morning in late autumn while children from the village school looked on from the mole above the fish "
      + "market and the lamps"
    let caption = text.split(separator: " ").prefix(words).joined(separator: " ") + "."
    let article = try cleaned(
      """
      Ferry crews strike at Lund harbour

      \(caption)
      Photo: Peter Holm/Northwire

      LUND – Crews of the ferry line walked out on Monday, the union said, and no boat left the harbour before noon. The \
      line said that it would talk to them on Tuesday. “We want the night shifts paid,” said Mara Quist, who speaks for \
      the crews.

      The walkout is the third this year. Passengers waited in the rain, and some of them took the long way round by \
      bus, which takes three hours more. The council of the town asked both sides to talk.

      Hotels in the old town said that guests had left early. The line runs nine boats in summer and five in winter, and \
      it carried a million people last year.
      """)
    #expect(strings(article.metadata.captions) == (words <= 45 ? [caption] : []))
    #expect(article.string.hasPrefix(words <= 45 ? "LUND –" : caption))
  }

  @Test("options")
  func options() throws {
    let page = Self.page
    #expect(try cleaned(page) { $0.boilerplate = .keep }.string.contains("Password recovery"))
    #expect(try cleaned(page) { $0.captions = .keep }.string.contains("union of pilots Mara Quist"))
    let bare = try cleaned(page) { $0.headings = .drop }
    #expect(!bare.string.contains("Night shifts") && !bare.kinds.contains(.heading))
    #expect(try !cleaned(page) { $0.dropPhrases = ["NIGHT shifts"] }.string.contains("Night shifts"))
    #expect(try cleaned(page) { $0.minBody = 500 }.string.contains("Your data are safe"))
    #expect(try cleaned(page) { $0.boilerplate = .strict }.text.count <= cleaned(page).text.count)
  }

  @Test("strict keeps no paragraph that normal drops, and fewer")
  func strict() throws {
    let doubtful = [
      "Jonas Lind is a reporter in Holmsund.", "Correction: The trains run twice a week.", "Editing by Kai Moe.",
      "Do you use the train? Tell us what you think of it.", "Sign up for our letter and never miss a train again.",
      "Picture: the old line at Nordby.", "The harbour office has a page with all ships and trains of the coast.",
      "The ferry to Nordby sails again", "Council meets on Monday over the price of bread", "More on trains", "Share",
    ]
    var (normal, strict) = (0, 0)
    var random = SeededGenerator(state: 7)
    for _ in 0..<150 {
      let lines = (0..<Int.random(in: 1...5, using: &random)).map { _ in doubtful.randomElement(using: &random) ?? "" }
      let rest = [story.joined(separator: "\n\n"), lines.joined(separator: "\n\n")].shuffled(using: &random)
      let page = "Log in\nSubscribe\n\nHarbour Bridge Opens\n\n" + (rest + lines).joined(separator: "\n\n")
      let kept = try [CleanStage.Options.Boilerplate.normal, .strict].map { choice in
        let article = try cleaned(page) { $0.boilerplate = choice }
        return (article.paragraphs ?? []).map { String(decoding: article.text[$0.span.range], as: UTF8.self) }
      }
      #expect(Set(kept[1]).isSubset(of: kept[0]))
      (normal, strict) = (normal + kept[0].count, strict + kept[1].count)
    }
    #expect(strict < normal)
  }

  @Test("phrases are dropped whatever their case, spaces and end", arguments: CleanStage.Options.Boilerplate.allCases)
  func phrases(boilerplate: CleanStage.Options.Boilerplate) throws {
    for (phrase, line) in [
      ("Story continues below", "STORY CONTINUES\u{A0}BELOW:"), ("ÉTÉ ici :", "été Ici"),
      ("check  also", "Check Also."),
    ] {
      let page = [story[0], line, story[1]].joined(separator: "\n\n")
      let article = try cleaned(page) { ($0.dropPhrases, $0.boilerplate) = ([phrase], boilerplate) }
      #expect(article.string == story[0] + "\n\n" + story[1], "\(phrase)")
      // A phrase inside a paragraph is text.
      let inside = [story[0], "Nobody knew why \(line) stood on every wall of the harbour town that year.", story[1]]
      let whole = inside.joined(separator: "\n\n").replacing("\u{A0}", with: " ")
      #expect(try cleaned(whole) { $0.dropPhrases = [phrase] }.string == whole)
    }
  }

  @Test("each option of the table sets its own")
  func table() {
    let values: [(String, OptionValue)] = [
      ("boilerplate", .text("strict")), ("captions", .text("keep")), ("headings", .text("drop")),
      ("standfirst", .text("drop")),
      ("min_body", .integer(7)), ("drop_phrases", .list(["x"])), ("model", .text("mine.model")),
    ]
    #expect(CleanStage.declaration.options.specs.map(\.name) == values.map(\.0))
    let options = CleanStage.declaration.options.decode(OptionValues(uniqueKeysWithValues: values))
    #expect(options.boilerplate == .strict && options.captions == .keep && options.headings == .drop)
    #expect(options.standfirst == .drop)
    #expect(options.minBody == 7 && options.dropPhrases == ["x"] && options.model == "mine.model")
  }

  @Test("what the input said of itself stays")
  func given() throws {
    var article = try cleaned("")
    article = Article(source: article.source, id: [], text: Array(Self.page.utf8))
    article.metadata.title = Array("Given".utf8)
    article.metadata.published = Array("2001-02-03".utf8)
    try cleanStage().process(&article, deadline: .none)
    #expect(string(article.metadata.title) == "Given" && string(article.metadata.published) == "2001-02-03")
  }

  @Test("the language is the body's, unless the input says it")
  func language() throws {
    #expect(try string(cleaned(Self.page).metadata.language) == "en")
    let german =
      "Die Brücke ist am Montag geöffnet worden, und die ersten Busse fuhren mit dem Bürgermeister über den Fluss."
    #expect(try string(cleaned(german).metadata.language) == "de")
    #expect(try cleaned("Holmsund 4711").metadata.language == nil)
    var article = try cleaned("")
    article = Article(source: article.source, id: [], text: Array(german.utf8))
    article.metadata.language = Array("nds".utf8)
    try cleanStage().process(&article, deadline: .none)
    #expect(string(article.metadata.language) == "nds")
    let declared = "<item><title>x</title><language>sv-SE</language><description>\(german)</description></item>"
    #expect(try string(wired(declared).metadata.language) == "de", "the text knows better than a template")
    #expect(try string(wired(declared.replacing(german, with: "4711")).metadata.language) == "sv")
  }

  @Test("a deadline that has passed ends the work")
  func deadline() throws {
    var article = try cleaned("")
    article = Article(source: article.source, id: [], text: Array(Self.page.utf8))
    #expect(throws: StageError.self) {
      try cleanStage().process(&article, deadline: Deadline(after: .zero))
    }
  }

  @Test(
    "hostile pages end, and mostly fast",
    arguments: [
      ("", "<div>", 20_000), ("", "<a b='", 10_000), ("", "&", 30_000), ("&#", "9", 30_000), ("", "<!--", 10_000),
      ("<script>", "</scrip", 6_000), ("", "<title>", 6_000), ("", "</b>", 10_000), ("", "<svg><select>", 6_000),
      ("", "x", 100_000), ("", "<br>x", 10_000), ("", "word ", 20_000), ("", "a\n", 20_000), ("", "(", 30_000),
      ("<script type=application/ld+json>", "[{\"author\":", 5_000),
    ])
  func hostile(start: String, pattern: String, count: Int) throws {
    let text = start + String(repeating: pattern, count: count)
    for markup in [true, false] {
      let article = try cleaned(text, markup: markup)
      #expect(String(validating: article.text, as: UTF8.self) != nil)
    }
  }

  @Test(
    "a page of more blocks than there may be keeps the rest with the last",
    arguments: [("a\n\n", false), ("<p>a", true)])
  func mostBlocks(pattern: String, markup: Bool) throws {
    #expect(Page.mostBlocks == 1_048_576)
    let most = 200
    for count in [most - 1, most, most + 1, most + 1000] {
      let source = Array(String(repeating: pattern, count: count).utf8)
      let page =
        try markup
        ? HTMLPage.read(source, deadline: .none, mostBlocks: most)
        : PlainPage.read(source, deadline: .none, mostBlocks: most)
      #expect(page.blocks.count == min(count, most) && page.isCrowded == (count > most), "\(count)")
      let last = try #require(page.blocks.last).span
      let words = page.bytes[last.range].split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
      #expect(words.count == max(1, count - most + 1) && words.allSatisfy { $0 == [UInt8(ascii: "a")] })
    }
  }

  @Test("a page with more blocks than there may be says so in its record", arguments: [true, false])
  func crowded(isCrowded: Bool) throws {
    var page = Page(bytes: Array("Ships came in.".utf8), blocks: [Block(span: ByteSpan(0, 14))])
    page.isCrowded = isCrowded
    let empty = try cleaned("")
    var article = Article(source: empty.source, id: [], text: page.bytes)
    try cleanStage().write(page, [.body], to: &article, deadline: .none)
    #expect(article.errors.map(\.class) == (isCrowded ? ["many_blocks"] : []))
    #expect(article.string == "Ships came in.")
  }

  @Test(
    "a text of nothing but short lines keeps every one", arguments: ["Ab", "A: b", "Zorv Kam, 500 shares", "Oslo 3"])
  func shortLines(line: String) throws {
    for count in [1, 2, 3, 30, 400] {
      for gap in ["\n", "\n\n"] {
        let lines = (0..<count).map { "\(line) \($0)" }
        let article = try cleaned(lines.joined(separator: gap))
        let kept = article.string + " " + (string(article.metadata.title) ?? "")
        for text in lines { #expect(kept.contains(text), "\(text) of \(count) with \(gap.count)") }
        #expect(article.errors == [])
      }
    }
  }

  @Test("a page on which nothing is an article says so")
  func noBody() throws {
    let page = "<html><body>" + String(repeating: "<p>Ab</p>", count: 300) + "</body></html>"
    let article = try cleaned(page, markup: true)
    #expect(article.string == "" && article.errors.map(\.class) == ["no_body"])
    #expect(try cleaned(page, markup: true) { $0.boilerplate = .keep }.errors == [])
    #expect(try cleaned("<html><body></body></html>", markup: true).errors == [])
    #expect(try cleaned(" \n ").errors == [])
  }

  @Test(
    "no paragraph has white space at its ends, whatever white space it is",
    arguments: [
      "\u{1C}", "\u{1D}\u{1E}", "\u{1F} ", "\u{85}", "\u{3000}\u{3000}", "\u{2003}", "\u{200B}\u{2028}",
      "\u{FEFF} ",
      "\u{B}", "\u{1680}\u{205F}",
    ], [true, false])
  func edges(space: String, markup: Bool) throws {
    let text = story.map { space + $0 + space }
    let source = markup ? text.map { "<p>\($0)</p>" }.joined() : text.joined(separator: "\n\n")
    let article = try cleaned(source, markup: markup)
    #expect(article.string == story.joined(separator: "\n\n"))
    #expect(article.paragraphs?.count == 3)
  }

  @Test(
    "a day in a caption is not the article's",
    arguments: [
      "Crews lift the old span over the Orla river at the harbour of Holmsund on May 7, 2018",
      "Crews at work on the old span on May 7, 2018.", "Smoke over the mill at Nordby on 7 May 2018",
      "Smoke over Nordby, May 7, 2018",
    ], [true, false])
  func captionDay(caption: String, hasCredit: Bool) throws {
    let page = """
      Log in
      Listen Live
      \(caption)

      Harbour Town Opens Its Rebuilt Bridge After Four Years

      \(hasCredit ? "© NORTHWIRE 2018 / Ada Corr" : "Share")
      Europe
      Get short URL


      """
    // Without a credit a few words with a day cannot be told from a date line.
    if !hasCredit, !caption.contains(" on ") { return }
    #expect(try cleaned(page + story.joined(separator: "\n\n")).metadata.published == nil)
    let dated = page.replacing("Europe", with: "14:02 08.05.2018\nLast updated on 8 May 2018 by Ada Corr of Northwire")
    #expect(try string(cleaned(dated + story.joined(separator: "\n\n")).metadata.published) == "2018-05-08")
  }

  @Test(
    "the line after the body: a signature, or another story's headline",
    arguments: [
      ("Jonas Lind", ["Jonas Lind"]), ("Manar al-Quist / Jonas Lind", ["Manar al-Quist", "Jonas Lind"]),
      ("Tamsin J. Oort", ["Tamsin J. Oort"]), ("By Tamsin Oort", ["Tamsin Oort"]),
      ("Mara Quist Visits Nordby", []), ("Harbour Strike Ends\n\nFerry Runs Again", []), ("Kai Moe Resigns", []),
      ("Rebuilt Bridge", []), ("Orla Region Floods\n14 May 2019", []),
    ] as [(String, [String])])
  func signature(line: String, people: [String]) throws {
    let body = (story + story.map { "As was told, \($0)" }).joined(separator: "\n\n")
    let page =
      "Home\nNews\nLog in\n\nHarbour Town Opens Its New Bridge After Four Years\n\n\(body)\n\n\(line)\n\nPrivacy policy"
    let article = try cleaned(page)
    #expect(strings(article.metadata.byline) == people)
    #expect(article.string.hasSuffix("hand's width."))
  }
}
