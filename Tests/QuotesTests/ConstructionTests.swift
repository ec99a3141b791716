import Bytes
import Entities
import PipelineKit
import Segment
import StageKit
import Testing

@testable import Quotes

@Suite("Constructions")
struct ConstructionTests {
  @Test(
    "Direct quotations",
    arguments: [
      ("“We sail on Monday,” Corr said.", ["direct | Corr | said | We sail on Monday,"]),
      (
        "Ada Lund, a teacher, recalled sitting there. “It rained,” she said.",
        ["indirect | Ada Lund | recalled | sitting there", "direct | she | said | It rained,"]
      ),
      ("“We sail on Monday,” said Corr.", ["direct | Corr | said | We sail on Monday,"]),
      ("Corr said: “We sail on Monday.”", ["direct | Corr | said | We sail on Monday."]),
      ("Corr told reporters in Holm on Monday, “We sail.”", ["direct | Corr | told | We sail."]),
      ("“We sail,” Corr said, “and we return.”", ["direct | Corr | said | We sail, … and we return."]),
      ("“We sail,” Corr said. “We return in May.”", ["direct | Corr | said | We sail, … We return in May."]),
      ("“It is late. We sail,” Corr said.", ["direct | Corr | said | It is late. We sail,"]),
      ("“Why now?” asked Ada Lund, a teacher.", ["direct | Ada Lund | asked | Why now?"]),
      ("“Why now?” Ada Lund, a teacher, asked.", ["direct | Ada Lund | asked | Why now?"]),
      ("“We sail”- Foreign Minister Ada Lund said.", ["direct | Foreign Minister Ada Lund | said | We sail"]),
      (
        "“We have two boats here.”,- the minister listed.", ["direct | the minister | listed | We have two boats here."]
      ),
      ("Corr had a reply. “We sail,” she said on Monday.", ["direct | she | said | We sail,"]),
      ("“We sail,” the minister told Holm Radio in an interview.", ["direct | the minister | told | We sail,"]),
      ("According to Corr, “we sail on Monday.”", ["direct | Corr | According to | we sail on Monday."]),
      (
        "“We sail.\n\n“We return in May,” Corr said.",
        ["direct | Corr | said | We sail.\n\n“We return in May,"]
      ),
      (
        "Corr said the boats were new, adding “they are, in fact, fast.”",
        [
          "indirect | Corr | said | the boats were new", "direct | Corr | adding | they are, in fact, fast.",
        ]
      ),
      (
        "“The boats that… stay are ours … for now,” Corr said.",
        [
          "direct | Corr | said | The boats that… stay are ours … for now,"
        ]
      ),
      ("“The crews’ nets are torn,” Corr said.", ["direct | Corr | said | The crews’ nets are torn,"]),
      ("'We sail,' said Corr. 'It's May.'", ["direct | Corr | said | We sail, … It's May."]),
      ("«We sail», Corr said.", ["direct | Corr | said | We sail"]),
      ("Corr said:\u{A0}\"We sail.\"", ["direct | Corr | said | We sail."]),
      (
        "Corr said that it was May. “The others, I hope, agree”.",
        [
          "indirect | Corr | said | it was May", "direct | Corr | - | The others, I hope, agree",
        ]
      ),
      (
        "“We sail with the flag [banned in Holm] and the others,” Corr said.",
        ["direct | Corr | said | We sail with the flag [banned in Holm] and the others,"]
      ),
    ])
  func direct(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test(
    "Reported speech",
    arguments: [
      ("Corr said that the boats would sail.", ["indirect | Corr | said | the boats would sail"]),
      ("Corr said the boats would sail.", ["indirect | Corr | said | the boats would sail"]),
      ("The boats will sail, Corr said.", ["indirect | Corr | said | The boats will sail"]),
      ("The boats will sail, said Ada Lund, a teacher.", ["indirect | Ada Lund | said | The boats will sail"]),
      (
        "Corr told reporters on Monday that the boats would sail.",
        ["indirect | Corr | told | the boats would sail"]
      ),
      (
        "The minister said at a forum (LMF) held in Holm that the boats would sail.",
        ["indirect | The minister | said | the boats would sail"]
      ),
      ("According to Corr, the boats will sail.", ["indirect | Corr | According to | the boats will sail"]),
      ("The boats will sail, according to Corr.", ["indirect | Corr | according to | The boats will sail"]),
      // Once, and without the comma before it.
      (
        "According to Corr, the boats will sail, according to Lund.",
        ["indirect | Corr | According to | the boats will sail"]
      ),
      ("The boats, Corr said, will sail.", ["indirect | Corr | said | The boats … will sail"]),
      (
        "Corr said the boats would sail, adding that the nets were ready.",
        ["indirect | Corr | said | the boats would sail", "indirect | Corr | adding | the nets were ready"]
      ),
      (
        "Corr said the boats would sail and added that the nets were ready.",
        ["indirect | Corr | said | the boats would sail", "indirect | Corr | added | the nets were ready"]
      ),
      (
        "A senior official pointed out that the nets were ready.",
        [
          "indirect | A senior official | pointed out | the nets were ready"
        ]
      ),
      ("Corr went on to say that the boats would sail.", ["indirect | Corr | say | the boats would sail"]),
      ("HOLM (LNA) — The boats will sail, Corr said.", ["indirect | Corr | said | The boats will sail"]),
      ("Lund was told that the boats had sailed.", ["indirect | - | told | the boats had sailed"]),
      ("Corr called for new talks on the nets.", ["indirect | Corr | called for | new talks on the nets"]),
      ("While arguing that it rained, Corr left.", ["indirect | Corr | arguing | it rained"]),
      ("Corr vowed to sail in May.", ["indirect | Corr | vowed | to sail in May"]),
    ])
  func indirect(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test(
    "Mixed ones",
    arguments: [
      (
        "Corr said the plan was “a farce from the start” and must go.",
        [
          "mixed | Corr | said | the plan was “a farce from the start” and must go"
        ]
      ),
      (
        "This must be done “with all the boats we have,” the minister said.",
        [
          "mixed | the minister | said | This must be done “with all the boats we have,”"
        ]
      ),
      (
        "Corr said the plan was “a farce,” adding that it must go.",
        [
          "mixed | Corr | said | the plan was “a farce,”", "indirect | Corr | adding | it must go",
        ]
      ),
    ])
  func mixed(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test func verbatimStretchesAreListed() throws {
    let article = try quoted(
      "Corr said the plan was “a farce” and “a shame.” The boats sail, Lund said. “No,” Corr said.")
    #expect(
      article.quotes?.map { $0.quoted.map { string($0, of: article) } } == [["a farce", "a shame."], [], ["No,"]])
  }

  @Test(
    "What is no speech",
    arguments: [
      "The United States sent boats.", "The report was late.", "He knows the so-called Holm accord.",
      "The plan announced on Monday failed.", "Corr bought a “smart” boat.", "She read “Salt and Rope” twice.",
      "Corr did not say whether the boats would sail.", "Corr denied that the boats had sailed.",
    ])
  func none(text: String) throws { #expect(lines(try quoted(text)) == []) }

  @Test func whatIsRefutedIsNotTheirs() throws {
    let article = try quoted(
      "Corr said the plan was fair, refuting the claims that it would “split the whole land in two.”")
    #expect(
      lines(article) == [
        "indirect | Corr | said | the plan was fair",
        "mixed | - | claims | it would “split the whole land in two.”",
      ])
  }

  @Test func nestedOnesKnowTheirOuter() throws {
    let article = try quoted("Corr said that Lund told him that the boats had sailed. “No,” he added.")
    #expect(lines(article).count == 3)
    #expect(article.quotes?.map(\.within) == [nil, 0, nil])
  }

  @Test func anUntaggedQuotationContinuesTheSpeaker() throws {
    let article = try quoted("Corr said that the boats would sail.\n\n“We shall not wait for the spring.”")
    #expect(lines(article).last == "direct | Corr | - | We shall not wait for the spring.")
    #expect(try #require(article.quotes?.last).confidence < 0.6)
  }

  @Test func aRunOfQuotationsKeepsItsSpeaker() throws {
    let article = try quoted(
      "Corr spoke to the crews on Monday. He said that May was near.\n\n“We shall not wait for the spring.”\n\n“We sail as soon as the ice is gone.”",
      knowing: [Known(name: "Ivan Corr")])
    #expect(
      lines(article).suffix(2) == [
        "direct | He | - | We shall not wait for the spring.", "direct | He | - | We sail as soon as the ice is gone.",
      ])
  }

  @Test(
    arguments: [
      ("Boats to Sail in May, Harbour Chief Says\n\nThe sea was calm.", "Harbour Chief | Says | Boats to Sail in May"),
      ("The sea was calm.\n\nNo Boats Until June, Says Corr\n\nIt rained.", "Corr | Says | No Boats Until June"),
      ("Corr Says Boats Will Sail in May\n\nThe sea was calm.", "Corr | Says | Boats Will Sail in May"),
    ])
  func headlines(text: String, expected: String) throws {
    let article = try quoted(text)
    #expect(lines(article) == ["indirect | " + expected])
    #expect(article.quotes?.first?.heading == true)
  }

  @Test func aHeadingThatAnnouncesSpeechHoldsNone() throws {
    let text = "Lund said:\n\n“The nets are dry at last.”"
    let paragraphs = [
      Paragraph(ByteSpan(0, 10), kind: .heading), Paragraph(ByteSpan(12, text.utf8.count), kind: .body),
    ]
    #expect(try quoted(text, paragraphs: paragraphs).quotes?.map(\.heading) == [false])
  }

  @Test func headings() throws {
    let article = try quoted(
      "Corr: boats will sail in May\n\nThe sea was calm.\n\nLund: no boats until June\n\nIt rained.")
    #expect(
      lines(article) == [
        "indirect | Corr | : | boats will sail in May", "indirect | Lund | : | no boats until June",
      ])
    #expect(article.quotes?.last?.heading == true)
  }

  @Test func transcripts() throws {
    let article = try quoted("LUND: When do we sail? It is late.\n\nCORR: On Monday.\n\nIt rained.")
    #expect(lines(article) == ["direct | LUND | : | When do we sail? It is late.", "direct | CORR | : | On Monday."])
    #expect(lines(try quoted("The boats stayed.\n\nHOLM: It rained all day.")) == [])
  }

  @Test func aSpeakerInNestedSpeechIsNotTheNextSubject() throws {
    let article = try quoted("Corr said that Holm has stressed that it would pay, adding: “We wait.”")
    #expect(lines(article).last == "direct | Corr | adding | We wait.")
  }
}

@Suite("Options of quotes")
struct OptionTests {
  private let text = "“We sail,” Corr said. The “old” boat is ready, the mate said. Lund kvetched: “My nets are torn.”"

  @Test func kinds() throws {
    var options = QuotesStage.Options()
    options.kinds = [.direct]
    #expect(try quoted(text, options: options).quotes?.allSatisfy { $0.kind == .direct } == true)
  }

  @Test func minWords() throws {
    var options = QuotesStage.Options()
    options.minWords = 3
    #expect(lines(try quoted(text, options: options)).contains { $0.contains("We sail") } == false)
  }

  @Test func scareQuotes() throws {
    var options = QuotesStage.Options()
    let text = "She bought a “smart” boat."
    #expect(lines(try quoted(text, options: options)) == [])
    options.scareQuotes = .keep
    #expect(lines(try quoted(text, options: options)) == ["direct | - | - | smart"])
  }

  @Test func cues() throws {
    let text = "Lund kvetched that the nets were torn."
    #expect(lines(try quoted(text)) == [])
    var options = QuotesStage.Options()
    options.cues = ["kvetch"]
    #expect(lines(try quoted(text, options: options)) == ["indirect | Lund | kvetched | the nets were torn"])
  }

  @Test func speakers() throws {
    var options = QuotesStage.Options()
    options.speakers = .names
    let article = try quoted(text, knowing: [Known(name: "Ada Corr")], options: options)
    #expect(names(article) == ["Ada Corr"])
  }
}

@Suite("The quotes stage")
struct StageTests {
  @Test func withoutSentencesTheLayerStaysEmpty() {
    let source = Article.Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: [])
    var article = Article(source: source, id: [], text: Array("“No,” he said.".utf8))
    #expect(throws: StageError.self) {
      try quotesStage().process(&article, deadline: .none)
    }
    #expect(article.quotes == nil)
  }

  @Test func anExpiredDeadlineStopsIt() throws {
    var article = try quoted("“No,” he said.")
    #expect(throws: StageError.self) {
      try quotesStage().process(&article, deadline: Deadline(after: .zero))
    }
  }

  @Test(
    arguments: [
      "", ".", "“", "said", "said that", "“” said", "according to", "According to , .", ", said", "said: “", "He said,",
      "and said and said and said", "“A,” “B,” “C,” said", "(said (said (", "Corr, , , said that", "X: ", ": : :",
      "who said who said that which told", "told told told that that that", "“a” said “b” said “c” said “d”",
    ])
  func anyTextIsReadWithoutHarm(text: String) throws {
    let article = try quoted(text)
    for quote in article.quotes ?? [] {
      #expect(!quote.spans.isEmpty && quote.spans.allSatisfy { !$0.isEmpty })
      #expect(quote.spans == quote.spans.sorted())
    }
  }

  @Test func timeGrowsWithLengthOnly() throws {
    // Without linear time this would not end.
    let text = String(repeating: "Corr, who said “no, and said that he told them that, ", count: 4_000)
    #expect(try quoted(text).quotes != nil)
  }
}
