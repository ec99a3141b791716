import StageKit
import Testing

@testable import Quotes

@Suite("Speech inside speech")
struct InnerSpeechTests {
  private let known = [Known(name: "Ivan Corr"), Known(name: "Mary Lund")]

  @Test(
    arguments: [
      (
        "“The board of Holm has often said that the ferry is safe,” Corr noted.",
        [
          "direct | Corr | noted | The board of Holm has often said that the ferry is safe,",
          "indirect | The board of Holm | said | the ferry is safe",
        ]
      ),
      (
        "“My aunt told us, ‘Leave the nets,’ and she went,” Corr said.",
        [
          "direct | Corr | said | My aunt told us, ‘Leave the nets,’ and she went,",
          "direct | My aunt | told | Leave the nets,",
        ]
      ),
    ])
  func inQuotations(text: String, expected: [String]) throws {
    let article = try quoted(text)
    #expect(lines(article) == expected)
    #expect(article.quotes?.map(\.within) == [nil, 0])
  }

  @Test(
    "No plain statement that somebody said it",
    arguments: [
      "“You could say that the ferry is safe,” Corr noted.",
      "“If he said that the ferry is safe, he lied,” Corr noted.",
      "“They never said that the ferry is safe,” Corr noted.", "“Did she say that the ferry is safe?” Corr asked.",
      "“What said that the ferry is safe was the old sign,” Corr noted.",
    ])
  func none(text: String) throws { #expect(lines(try quoted(text)).count == 1) }

  @Test func insideAQuotationIIsTheOuterSpeaker() throws {
    let article = try quoted("“I told the board that the ferry is safe,” Ivan Corr said.", knowing: known)
    #expect(names(article) == ["Ivan Corr", "Ivan Corr"])
  }

  @Test func insideAQuotationHeMayBeAnybody() throws {
    let article = try quoted("Paul Holt came. “He said that the ferry is safe,” Mary Lund said.", knowing: known)
    #expect(names(article) == ["Mary Lund", "-"])
  }

  @Test func theInnerSpeakerIsNotTheNextHe() throws {
    let text = "“Paul Lund said that the ferry is safe,” Ivan Corr noted. He added that it was new."
    let article = try quoted(text, knowing: [Known(name: "Ivan Corr"), Known(name: "Paul Lund")])
    #expect(names(article) == ["Ivan Corr", "Paul Lund", "Ivan Corr"])
  }
}

@Suite("Nouns of speech")
struct NounTests {
  @Test(
    arguments: [
      ("His warning that the ice was thin came late.", ["indirect | His | warning | the ice was thin came late"]),
      ("Corr’s claim that the ice was thin, and old, was mocked.", ["indirect | Corr | claim | the ice was thin"]),
      ("The claim by Corr that the ice was thin, angered Holm.", ["indirect | Corr | claim | the ice was thin"]),
      ("Corr repeated the claim that the ice was thin.", ["indirect | Corr | claim | the ice was thin"]),
      ("Corr came, issuing a statement that the ice was thin.", ["indirect | Corr | statement | the ice was thin"]),
      ("Corr warned of thin ice.", ["indirect | Corr | warned of | thin ice"]),
      ("Corr said in a statement on Monday that the ice was thin.", ["indirect | Corr | said | the ice was thin"]),
      ("It was announced that the ice was thin.", ["indirect | - | announced | the ice was thin"]),
      ("Lund was told by Corr that the ice was thin.", ["indirect | Corr | told | the ice was thin"]),
    ])
  func nouns(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test(
    "What somebody refutes or dismisses is nobody's",
    arguments: [
      "Corr dismissed the claim that the ice was thin.", "Corr came, refuting allegations that the ice was thin.",
      "Corr was angry at the suggestion that the ice was thin.", "Corr did not repeat the claim that the ice was thin.",
    ])
  func refuted(text: String) throws {
    let article = try quoted(text)
    #expect(article.quotes?.map { string($0.spans[0], of: article) } == ["the ice was thin"])
    #expect(article.quotes?.first?.speaker == nil)
  }

  @Test(arguments: ["He made statements that were false.", "The claims office opened."])
  func none(text: String) throws { #expect(lines(try quoted(text)) == []) }
}

@Suite("Transcripts")
struct TranscriptTests {
  private let known = [Known(name: "Ada Lund"), Known(name: "Ivan Corr")]

  @Test(
    arguments: [
      ("Ada Lund spoke to us.\n\nQ: Why now?\n\nA: It is May.", ["-", "Ada Lund"]),
      ("Ada Lund spoke to us.\n\nQuestion: Why now?\n\nAnswer: It is May.", ["-", "Ada Lund"]),
      ("Ada Lund spoke to us.\n\nQ. Why now?\n\nA. It is May.", ["-", "Ada Lund"]),
      ("Ada Lund met Ivan Corr.\n\nAL: Why now?\n\nIC: It is May.", ["Ada Lund", "Ivan Corr"]),
      ("Ada Lund met Ivan Corr.\n\nLUND: Why now?\n\nCORR: It is May.", ["Ada Lund", "Ivan Corr"]),
      (
        "Ada Lund met Ivan Corr.\n\nLund: Why do we sail now?\n\nCorr: It is May at last.\n\nLund: So it is, my friend.",
        ["Ada Lund", "Ivan Corr", "Ada Lund"]
      ),
    ])
  func speakers(text: String, expected: [String]) throws {
    let article = try quoted(text, knowing: known)
    #expect(names(article) == expected)
    #expect(article.quotes?.allSatisfy { $0.kind == .direct } == true)
  }

  @Test func rowsOfATableAreNoTranscripts() throws {
    #expect(lines(try quoted("The votes came in.\n\nLund: 1,204.\n\nCorr: 988.\n\nLund: 2,310.")) == [])
  }

  @Test(
    "A label alone has no content, and takes none from the next paragraph",
    arguments: [
      ("Q. How deep is it?\n\nA.\n\n… forty feet, we hope.", ["direct | Q. | - | How deep is it?"]),
      ("Q.\n\nQ.\n\n: so", []), ("a\n\n?]\n\nLUND:\n\nCORR:", []),
      (
        "LUND: How deep?\n\nCORR: Deep.\n\nA.\n\n. . . and so on",
        ["direct | LUND | : | How deep?", "direct | CORR | : | Deep."]
      ),
    ])
  func bareLabels(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test func whatATextIsIsNoLabel() throws {
    let text = "Warning: it snows.\n\nFlood Warning: it rains.\n\nWarning: it hails."
    #expect(lines(try quoted(text)) == [])
  }

  @Test func listsAreNoTranscripts() throws {
    let text = "The fair opens on Monday.\n\nWhere: the old harbour.\n\nWhen: all day long.\n\nCost: one crown."
    #expect(lines(try quoted(text)) == [])
  }
}
