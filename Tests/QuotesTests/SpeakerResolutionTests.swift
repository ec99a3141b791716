import StageKit
import Testing

@testable import Quotes

@Suite("Speakers")
struct SpeakerResolutionTests {
  private let known = [
    Known(name: "Ivan Corr", roles: ["Deputy Foreign Minister"]), Known(name: "Mary Lund", roles: ["President"]),
    Known(name: "Holm", kind: .location), Known(name: "Sea Board", kind: .organization),
  ]

  @Test(
    arguments: [
      // Names, as written in many ways.
      ("Deputy Foreign Minister Ivan Corr said that it rained. “Yes,” Corr said.", ["Ivan Corr", "Ivan Corr"]),
      ("A spokesman for Mary Lund said that it rained.", ["-"]),
      ("Envoy for Holm Mary Lund said that it rained.", ["Mary Lund"]),
      ("Mary Lund’s lawyer said that it rained.", ["-"]),
      ("The town’s mayor, Ivan Corr, said that it rained.", ["Ivan Corr"]),
      ("The Sea Board said that it rained.", ["Sea Board"]),
      // Pronouns.
      ("Ivan Corr said that it rained. He added that it snowed.", ["Ivan Corr", "Ivan Corr"]),
      ("Mary Lund came with Ivan Corr. She said that it rained.", ["Mary Lund"]),
      ("Ivan Corr went to Holm. He said that it rained.", ["Ivan Corr"]),
      ("Somebody came. He said that it rained.", ["-"]),
      ("The Sea Board met. It said that it rained.", ["-"]),
      // Named only inside a quotation or in reported speech: no antecedent.
      (
        "“President Mary Lund is right,” Corr pointed out.\n\nHe added that it rained. Ivan Corr left.",
        ["Ivan Corr", "Ivan Corr"]
      ),
      (
        "Ivan Corr said that Mary Lund told the board that it rained. The politician added that it snowed.",
        ["Ivan Corr", "Mary Lund", "Ivan Corr"]
      ),
      // In passing.
      (
        "Ivan Corr said that it rained. President Mary Lund earlier stressed that it snowed. The official noted that it hailed.",
        ["Ivan Corr", "Mary Lund", "Ivan Corr"]
      ),
      // Descriptions.
      ("Ivan Corr met Mary Lund. The diplomat said that it rained.", ["Ivan Corr"]),
      ("Ivan Corr said that it rained. The president said that it snowed. Mary Lund left.", ["Ivan Corr", "-"]),
      (
        "Mary Lund came. Ivan Corr said that it rained. The president said that it snowed.", ["Ivan Corr", "Mary Lund"]
      ),
      ("Ivan Corr came. A diplomat said that it rained.", ["-"]),
      ("Ivan Corr came. The report said that it rained.", ["-"]),
    ])
  func resolve(text: String, expected: [String]) throws {
    #expect(names(try quoted(text, knowing: known)) == expected)
  }

  @Test func withoutEntitiesSpeakersAreSpans() throws {
    let article = try quoted("Ivan Corr said that it rained.")
    #expect(names(article) == ["-"])
    #expect(article.quotes?.first?.speaker != nil)
  }
}
