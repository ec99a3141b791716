import Bytes
import StageKit
import Testing

@testable import Quotes

@Suite("Any text")
struct RandomTextTests {
  private static let words = [
    "Corr", "Lund", "Ada Lund", "HOLM", "LUND", "AL", "he", "she", "it", "who", "I", "they", "his", "the minister",
    "the woman", "the agency", "a sailor", "Minister", "Sen.", "said", "says", "saying", "Reporting", "Adding", "told",
    "was told", "asked", "warned", "claim", "claims", "warning", "Warning", "denied", "pointed out", "called for",
    "according to", "According to", "joked", "that", "whether", "to", "and", "but", "because", "earlier", "on Monday",
    "Monday", "it snows", "the boats sail", "We sail", "is", "not", "will", "of", "in", "by", "’s", "'s", "so", "12",
    "Q", "A", "Q.", "A.", "Answer", "Related", "é", "日本", "\u{200B}",
  ]
  private static let marks = [
    ",", ".", ":", ";", "?", "!", "…", "—", "–", "-", "(", ")", "[", "]", "{", "}", "“", "”", "\"", "\"", "‘", "’", "'",
    "''", "«", "»", "„", ",”", ".”", "“", "”", "\n\n", "\n\n", "\n", "\n\n“", "\n\nA. ", "\n\nQ: ", "\n\nLUND: ", ". ",
  ]
  private static let known = [
    Known(name: "Ada Lund", roles: ["Minister"], references: ["she"]), Known(name: "Ivan Corr", roles: ["former Sen."]),
    Known(name: "Paul Holt"), Known(name: "Sea Board", kind: .organization), Known(name: "HOLM", kind: .location),
  ]

  private func text(_ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      let isMark = Int.random(in: 0..<3, using: &random) == 0
      text += (isMark ? Self.marks : Self.words).randomElement(using: &random) ?? ""
      if Int.random(in: 0..<5, using: &random) > 0 { text += " " }
    }
    return text
  }

  @Test("has quotations without a flaw", arguments: 1...8 as ClosedRange<UInt64>)
  func flawless(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var options = QuotesStage.Options()
    for turn in 0..<250 {
      let text = text(&random)
      options.scareQuotes = turn % 4 == 0 ? .keep : .drop
      options.minWords = turn % 5 == 0 ? 2 : 1
      let article = try quoted(text, knowing: turn % 3 == 0 ? [] : Self.known, options: options)
      #expect(flaws(of: article) == [], "seed \(seed), turn \(turn): \(text)")
    }
  }
}
