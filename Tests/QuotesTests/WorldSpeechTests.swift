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
      "Corr added two boats.", "Corr said nothing.",
    ])
  func none(text: String) throws { #expect(lines(try quoted(text)) == []) }

  @Test func aReactionIsNoTagOfTheSentenceBefore() throws {
    let article = try quoted(
      "Ada Corr turned to us. “The ice is thin.” The crowd laughed.", knowing: [Known(name: "Ada Corr")])
    #expect(lines(article) == ["direct | Ada Corr | - | The ice is thin."])
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
