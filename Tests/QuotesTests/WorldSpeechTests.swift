import StageKit
import Testing

@testable import Quotes

/// Kinds of speech, and of what only looks like it, in the press of many countries.
@Suite("Speech of the world's press")
struct WorldSpeechTests {
  @Test(
    "Clauses with interruptions",
    arguments: [
      ("According to Corr, who runs the pier, the ice is thin.", ["indirect | Corr | According to | the ice is thin"]),
      ("According to Corr, a diver in Holm, the ice is thin.", ["indirect | Corr | According to | the ice is thin"]),
      ("According to Corr, a storm is near.", ["indirect | Corr | According to | a storm is near"]),
      (
        "Corr said the pier — made in 1950 — would fall.",
        ["indirect | Corr | said | the pier — made in 1950 — would fall"]
      ),
      (
        "Corr said the pier, which had cracks, was weak.",
        ["indirect | Corr | said | the pier, which had cracks, was weak"]
      ),
      (
        "Corr said when the ice broke in May, the boats left the harbour.",
        ["indirect | Corr | said | when the ice broke in May, the boats left the harbour"]
      ),
      (
        "Corr said the ice was thin, but Lund said it was firm.",
        ["indirect | Corr | said | the ice was thin", "indirect | Lund | said | it was firm"]
      ),
      ("Corr said on Monday the ice was thin.", ["indirect | Corr | said | the ice was thin"]),
      (
        "Corr said the pier, built in Holm, was weak.",
        ["indirect | Corr | said | the pier, built in Holm, was weak"]
      ),
      (
        "Corr said her brother, a diver who works in Holm, would help.",
        ["indirect | Corr | said | her brother, a diver who works in Holm, would help"]
      ),
      (
        "Corr said after the ice melted, the pier was weak.",
        ["indirect | Corr | said | after the ice melted, the pier was weak"]
      ),
      (
        "According to Corr — herself a diver — the ice is thin.", ["indirect | Corr | According to | the ice is thin"]
      ),
      ("Corr said of the plan that it was dead.", ["indirect | Corr | said | it was dead"]),
      ("Corr said of her critics: “They never sailed.”", ["direct | Corr | said | They never sailed."]),
      ("The firm said on its blog it was sorry.", ["indirect | The firm | said | it was sorry"]),
      ("The firm said in a filing its chairman was ill.", ["indirect | The firm | said | its chairman was ill"]),
      ("Corr said in a letter the ice was thin.", ["indirect | Corr | said | the ice was thin"]),
    ])
  func clauses(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test(
    "Speakers with “as” and “for”",
    arguments: [
      ("As per Corr, the ice is thin.", ["indirect | Corr | As per | the ice is thin"]),
      ("The ice is a bridge, as Corr put it.", ["indirect | Corr | put it | The ice is a bridge"]),
      ("As the mayor explained, the ice is thin.", ["indirect | the mayor | explained | the ice is thin"]),
      ("As Corr said that the ice was thin, Lund left.", ["indirect | Corr | said | the ice was thin"]),
      ("The ice is thin, as Corr pointed out.", ["indirect | Corr | pointed out | The ice is thin"]),
      ("As Corr told reporters, the ice is thin.", ["indirect | Corr | told | the ice is thin"]),
      ("In the words of Corr, “the ice is thin”.", ["direct | Corr | In the words of | the ice is thin"]),
      ("To quote Corr, “the ice is thin”.", ["direct | Corr | To quote | the ice is thin"]),
      ("For Corr, “the ice is thin”.", ["direct | Corr | For | the ice is thin"]),
    ])
  func phrases(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test(
    "Tags behind a quotation",
    arguments: [
      (
        "“The ice is thin,” warned on Monday in Holm the mayor, Ada Corr.",
        ["direct | the mayor | warned | The ice is thin,"]
      ),
      ("“The ice is thin,” chimed in Ada Corr.", ["direct | Ada Corr | chimed in | The ice is thin,"]),
      ("“The ice is thin,” adjusts Ada Corr, a diver.", ["direct | Ada Corr | adjusts | The ice is thin,"]),
      ("“The ice is thin,” vows Ada Corr, a diver.", ["direct | Ada Corr | vows | The ice is thin,"]),
      ("“The ice is thin,” the US Navy said.", ["direct | the US Navy | said | The ice is thin,"]),
      ("“The ice is thin,” the WHO said.", ["direct | the WHO | said | The ice is thin,"]),
      (
        "“The ice is thin.”\n– Ada Corr, state secretary", ["direct | Ada Corr | - | The ice is thin."]
      ),
      ("“The ice is thin.” -Mayor Ada Corr", ["direct | Mayor Ada Corr | - | The ice is thin."]),
      (
        "And from Mayor Ada Corr:\n\n“The ice is thin.”", ["direct | Mayor Ada Corr | from | The ice is thin."]
      ),
      ("“The ice is thin,” Corr laughed.", ["direct | Corr | laughed | The ice is thin,"]),
    ])
  func tags(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test(
    "No speech",
    arguments: [
      "If Corr says the ice is thin, we stay.", "Before Corr says that the ice is thin, we stay.",
      "Unless Corr says that the ice is thin, the court will rule.", "Corr proposed: the closure of the pier.",
      "Corr suggested a ban on all the boats.", "Corr thanked: the crew and the cooks.",
      "• contains insults or calls for other protests",
      "Corr added two boats.", "Corr said nothing.",
    ])
  func none(text: String) throws { #expect(lines(try quoted(text)) == []) }

  @Test func aReactionIsNoTagOfTheSentenceBefore() throws {
    let article = try quoted(
      "Ada Corr turned to us. “The ice is thin.” The crowd laughed.", knowing: [Known(name: "Ada Corr")])
    #expect(lines(article) == ["direct | Ada Corr | - | The ice is thin."])
  }

  @Test func anHonourBehindANameIsNoPartOfIt() throws {
    let article = try quoted("“The ice is thin,” Ms Corr AM said.", knowing: [Known(name: "Corr")])
    #expect(article.quotes?.first?.speaker?.entity == 0)
  }

  @Test func aNameWithItsOfficeOnALineAnnounces() throws {
    let known = [Known(name: "Ada Corr")]
    for line in ["Mayor Ada Corr:", "Statement from Mayor Ada Corr:"] {
      #expect(
        lines(try quoted("\(line)\n\n“The ice is thin.”", knowing: known)).map { $0.contains("Ada Corr") } == [true])
    }
  }

  @Test func aColonsSpeakerIsSomebodyWhomTheArticleKnows() throws {
    let known = [Known(name: "Ada Corr"), Known(name: "Holm", kind: .location)]
    for text in ["Explainer: why the ice broke", "Holm: the ice broke in May", "Also read: the ice broke in May"] {
      #expect(lines(try quoted("\(text)\n\nAda Corr lives in Holm.", knowing: known)) == [])
    }
    #expect(
      lines(try quoted("Corr: the ice broke in May\n\nAda Corr lives in Holm.", knowing: known))
        == ["indirect | Corr | : | the ice broke in May"])
    #expect(
      lines(try quoted("Mayor: the ice broke in May\n\nAda Corr lives in Holm.", knowing: known))
        == ["indirect | Mayor | : | the ice broke in May"])
  }

  @Test func townsBeforeColonsAreNoTranscript() throws {
    #expect(lines(try quoted("MUMBAI: It rained all day here.\n\nNEW DELHI: It snowed all day here.")) == [])
  }

  @Test(
    "Marks",
    arguments: [
      ("It rained. \"The ice is thin, Corr said. Nobody left.", ["direct | Corr | said | The ice is thin,"]),
      ("— The ice is thin — said Corr. — We stay.", ["direct | Corr | said | The ice is thin … We stay."]),
      ("’’The ice is thin,’’ Corr said.", ["direct | Corr | said | The ice is thin,"]),
      ("‹The ice is thin,› Corr said.", ["direct | Corr | said | The ice is thin,"]),
      ("Ivan “The Oar” Corr said it rained.", ["indirect | Corr | said | it rained"]),
    ])
  func marks(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }
}
