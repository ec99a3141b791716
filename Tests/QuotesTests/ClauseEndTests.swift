import Bytes
import StageKit
import Testing

@testable import Quotes

@Suite("Ends of clauses")
struct ClauseEndTests {
  @Test(
    arguments: [
      // The reporter goes on with the same speaker: never inside.
      ("Corr said that it rained in Holm, adding that it snowed in Lund.", "it rained in Holm"),
      ("Corr said that it rained in Holm and added that it snowed in Lund.", "it rained in Holm"),
      // A second clause that is the speaker's.
      (
        "Corr said that the idea is to sail in May, but finding a crew in one week is quite hard.",
        "the idea is to sail in May, but finding a crew in one week is quite hard"
      ),
    ])
  func ends(text: String, expected: String) throws {
    let article = try quoted(text)
    #expect(string(try #require(article.quotes?.first).spans[0], of: article) == expected)
  }

  @Test func theWeightsAreOneForEachRow() throws {
    #expect(try quotesModel().ends.weights.count == ClauseEndGroup.total)
  }
}
