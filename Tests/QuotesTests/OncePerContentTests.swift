import StageKit
import Testing

@testable import Quotes

@Suite("A quotation is listed once")
struct OncePerContentTests {
  @Test(
    arguments: [
      // “X said:” and a tag.
      ("Lund said:\n\n“The nets are dry at last,” he said.", ["direct | he | said | The nets are dry at last,"]),
      ("Two said:\n\n“The nets are dry,” said Lund.", ["direct | Lund | said | The nets are dry,"]),
      ("Lund said:\n\n“The nets are dry at last.”", ["direct | Lund | said | The nets are dry at last."]),
      ("Lund said:\n\n“The nets are dry.” He left.", ["direct | Lund | said | The nets are dry."]),
      (
        "Lund said:\n\n“The nets are dry,” he said. “We sail.”",
        ["direct | he | said | The nets are dry, … We sail."]
      ),
    ])
  func announcedAndTagged(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }

  @Test(
    "Verbatim pieces stand inside the content, also where a bracket closes in a quotation or one ends in a control",
    arguments: [
      "Lund added {“} so” then.", "Lund said (at “noon) we sail” today.", "Lund said that [“we] sail” is new.",
      "Lund told Corr (“of) it”, he said.", "Lund noted that the nets “are dry.\u{8}",
    ])
  func quotedInside(text: String) throws { #expect(flaws(of: try quoted(text)) == []) }

  @Test func aQuotationInsideAnotherIsReadWholeThoughItHoldsSentences() throws {
    let text = "“My aunt told us, ‘Leave the nets. Come home. It is late,’ and she went,” Lund noted."
    #expect(
      lines(try quoted(text)) == [
        "direct | Lund | noted | My aunt told us, ‘Leave the nets. Come home. It is late,’ and she went,",
        "direct | My aunt | told | Leave the nets. Come home. It is late,",
      ])
  }
}
