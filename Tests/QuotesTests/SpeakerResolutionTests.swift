import StageKit
import Testing

@testable import Quotes

@Suite("Speakers")
struct SpeakerResolutionTests {
  private let known = [
    Known(name: "Ivan Corr", roles: ["Deputy Foreign Minister"]), Known(name: "Mary Lund", roles: ["President"]),
    Known(name: "Paul Holt"), Known(name: "Holm", kind: .location), Known(name: "Sea Board", kind: .organization),
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
      ("The Sea Board met. It said that it rained.", ["Sea Board"]),
      ("Ivan Corr left the Sea Board. It said that it rained.", ["-"]),
      ("The Sea Board met. You said that it rained.", ["-"]),
      ("Ivan Corr, who said that it rained, left.", ["Ivan Corr"]),
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
      ("The Sea Board met. The agency said that it rained.", ["Sea Board"]),
      ("The Sea Board met. The court said that it rained.", ["-"]),
      ("Ivan Corr left the Sea Board. The company said that it rained.", ["-"]),
      ("Paul Holt came. Ivan Corr sat with Holt. The man said that it rained.", ["-"]),
      ("Mary Lund came. Paul Holt sat down. The Lund aide said that it rained.", ["-"]),
      ("Mary Lund came. Ivan Corr left. His wife said that it rained.", ["-"]),
      ("Mary Lund came. Ivan Corr left. The 41-year-old said that it rained.", ["Ivan Corr"]),
      ("“It rained,” wrote the ambassador at the time, Ivan Corr.", ["Ivan Corr"]),
      // A subject without a verb of speech stays on the reader’s mind, by name or by pronoun.
      (
        "Ivan Corr said that it rained. Holm was wet. He went home. He added that it snowed.",
        ["Ivan Corr", "Ivan Corr"]
      ),
      ("Ivan Corr said that it rained. A sailor came in. He said that it snowed.", ["Ivan Corr", "-"]),
      ("A woman came in. Ivan Corr sat down. She said that it rained.", ["-"]),
      ("Ivan Corr met Mary Lund, who was late because she said it rained.", ["Mary Lund"]),
      ("When he said that it rained, Ivan Corr was at sea. Mary Lund was not.", ["Ivan Corr"]),
      // Named in what is said, or with the verb: not the one who says it.
      ("Ivan Corr came. Paul Holt sat down. He told Holt that it rained.", ["Ivan Corr"]),
      ("Paul Holt sat down. Ivan Corr came. Rain fell. “Corr is late,” he said.", ["Paul Holt"]),
      ("Mary Lund spoke. Corr’s boat lay there. She said that Ivan Corr was late.", ["Mary Lund"]),
    ])
  func resolve(text: String, expected: [String]) throws {
    #expect(names(try quoted(text, knowing: known)) == expected)
  }

  @Test func whatAnEarlierStageKnowsOfGenderHolds() throws {
    let text =
      "Kim Osk lost her boat. Paul Holt helped. She said that it rained. Osk left. He said that it snowed."
    let article = try quoted(text, knowing: [Known(name: "Kim Osk", gender: .feminine), Known(name: "Paul Holt")])
    #expect(names(article) == ["Kim Osk", "Paul Holt"])
  }

  @Test func anOfficeBeforeTheNameMayHoldAPreposition() throws {
    let known = [Known(name: "Ada Osk", roles: ["Secretary of Fish", "Gov."])]
    #expect(names(try quoted("Secretary of Fish Ada Osk said that it rained.", knowing: known)) == ["Ada Osk"])
    #expect(names(try quoted("A friend of Gov. Ada Osk said that it rained.", knowing: known)) == ["-"])
  }

  @Test func aRoleOutweighsWhoSpokeLast() throws {
    let known = [Known(name: "Ada Osk"), Known(name: "Paul Holt", roles: ["Sen."])]
    let text = "Sen. Paul Holt sat down. Ada Osk said that it snowed. The senator said that it rained."
    #expect(names(try quoted(text, knowing: known)) == ["Ada Osk", "Paul Holt"])
  }

  @Test func ofTwoWhoFitNobodyIsTaken() throws {
    let known = [Known(name: "Ada Osk", roles: ["Sen."]), Known(name: "Paul Holt", roles: ["Sen."])]
    let text = "There were Sen. Ada Osk and Sen. Paul Holt. The senator said that it rained."
    #expect(names(try quoted(text, knowing: known)) == ["-"])
  }

  @Test func whatEntitiesReferToIsWhoSpeaks() throws {
    let text = "A woman came in. Mary Lund sat down. She said that it rained."
    #expect(names(try quoted(text, knowing: [Known(name: "Mary Lund", references: ["She"])])) == ["Mary Lund"])
    let two = "Ivan Corr said that it rained. He left with Paul Holt. He added that it snowed."
    let known = [Known(name: "Ivan Corr"), Known(name: "Paul Holt", references: ["He"])]
    #expect(names(try quoted(two, knowing: known)) == ["Ivan Corr", "Paul Holt"])
    let office = "Sen. Ada Osk met Paul Holt. The senator from Holm said that it rained."
    let senators = [
      Known(name: "Ada Osk", roles: ["Sen."]),
      Known(name: "Paul Holt", references: ["The senator"], kindOfReferences: .description),
    ]
    #expect(names(try quoted(office, knowing: senators)) == ["Paul Holt"])
    let aide = "Sen. Ada Osk met Paul Holt. The senator's aide said that it rained."
    #expect(names(try quoted(aide, knowing: senators)) != ["Paul Holt"])
  }

  @Test func whoeverIsNamedMostIsNotTheSpeaker() throws {
    let text = """
      Ivan Corr came to Holm. Ivan Corr sat down. Ivan Corr ate. Ivan Corr left.

      Paul Holt said that the boat of Ivan Corr was new. “It is white,” he said. “It is fast,” he added.
      """
    let article = try quoted(text, knowing: [Known(name: "Ivan Corr"), Known(name: "Paul Holt")])
    #expect(names(article) == ["Paul Holt", "Paul Holt", "Paul Holt"])
  }

  @Test func withoutEntitiesSpeakersAreSpans() throws {
    let article = try quoted("Ivan Corr said that it rained.")
    #expect(names(article) == ["-"])
    #expect(article.quotes?.first?.speaker != nil)
  }
}
