import StageKit
import Testing

@testable import Quotes

@Suite("Sentences with more reported speech than anybody writes")
struct CrowdedSentenceTests {
  private let deepest = AttributionReader.deepest

  private func depths(_ article: Article) -> [Int] {
    let quotes = article.quotes ?? []
    return quotes.indices.map { index in
      var depth = 1
      var at = index
      while let outer = quotes[at].within {
        depth += 1
        at = outer
      }
      return depth
    }
  }

  @Test func speechInsideSpeechIsListedToADepth() throws {
    let speakers = ["Corr", "Lund", "Holt", "Osk", "Brandt", "Vik"]
    for count in 1...speakers.count {
      let text = speakers.prefix(count).map { "\($0) said that " }.joined() + "it snowed."
      let article = try quoted(text)
      #expect(depths(article) == Array(1...min(count, deepest)))
      #expect(article.errors.map(\.class) == (count > deepest ? ["crowded_sentence"] : []))
    }
  }

  @Test func theErrorSaysWhereAndHowMuch() throws {
    let crowd = String(repeating: "Corr said that ", count: 9) + "it snowed."
    let article = try quoted("It rained.\n\n\(crowd)\n\nIt hailed.\n\n\(crowd) Lund left.")
    #expect(article.errors.count == 1)
    #expect(article.errors.first?.stage == "quotes")
    #expect(
      article.errors.first?.message
        == "a sentence in paragraph 2, the first of 2, holds more reported speech than is listed of one sentence: "
        + "32 pieces, 4 within one another")
  }

  @Test func soManyPiecesOfOneSentenceAreListed() throws {
    let most = AttributionReader.mostInSentence
    for count in [most, most + 1] {
      let text = String(repeating: "Lund said so; ", count: count) + "it rains."
      let article = try quoted(text)
      #expect(article.quotes?.count == most)
      #expect(article.errors.isEmpty == (count == most))
    }
  }

  @Test(
    "What is listed stays within a small multiple of the text",
    arguments: [
      "he said ", "Corr said that ", "his claim that ", "Corr said it was “wet” and ", "according to Corr, it snows, ",
      "Corr, who said “no, and said that he told them that, ", "she said he told them that “a” “b” “c” ",
      "“it snows,” he said she said ", "Q: Why?\n\nA: He said he said he said he said he said so.\n\n",
    ])
  func content(unit: String) throws {
    let text = String(repeating: unit, count: 6_000 / unit.utf8.count)
    var options = QuotesStage.Options()
    options.scareQuotes = .keep
    let article = try quoted(text, options: options)
    let listed = (article.quotes ?? []).flatMap(\.spans).reduce(0) { $0 + $1.count }
    #expect(listed <= (deepest + 1) * text.utf8.count)
    #expect(flaws(of: article) == [])
  }
}
