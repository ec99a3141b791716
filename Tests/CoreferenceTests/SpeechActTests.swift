import StageKit
import Testing

@testable import Coreference

@Suite("Who speaks in a sentence")
struct SpeechActTests {
  @Test(
    arguments: [
      ("Ada Corr said that it rained.", ["Ada Corr said: | it rained"]),
      ("“It rains,” said Ada Corr.", ["Ada Corr said: “It rains,” | ."]),
      ("It rained, Ada Corr said.", ["Ada Corr said: It rained, | ."]),
      (
        "Ada Corr said that it rained, adding that it snowed.",
        ["Ada Corr said: | it rained", "Ada Corr adding: | it snowed"]
      ),
      ("According to Ada Corr it rained.", ["Ada Corr According: | "]),
      ("Ada Corr was told that it rained.", []),
      ("Ada Corr spoke.", []),
      ("Ada Corr denied that it rained.", []),
    ])
  func acts(text: String, expected: [String]) throws {
    var article = try article(text, [])
    let names = try article.readNames(
      try #require(article.paragraphs), try #require(article.segmentation), .none)
    let passage = names.passage
    func words(_ tokens: Range<Int>) -> String { string(article.text[passage.span(tokens).range]) }
    let found = passage.reporterSentences.indices.flatMap { passage.speechActs(of: $0) }.map { act in
      let before = act.before.isEmpty ? "" : words(act.before) + " "
      return "\(words(act.speaker)) \(words(act.verb..<act.verb + 1)): \(before)| \(words(act.after))"
    }
    #expect(found == expected)
  }

  @Test func whatIsSaidInPassingIsBackground() throws {
    var article = try article("Ada Corr earlier said that Jonas Lund claimed that it rained.", [])
    let names = try article.readNames(
      try #require(article.paragraphs), try #require(article.segmentation), .none)
    #expect(names.passage.speechActs(of: 0).map(\.isBackground) == [true, true])
  }
}
