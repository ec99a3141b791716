import Bytes
import Coreference
import Segment
import StageKit
import Testing

@testable import Quotes

@Suite("Frames")
struct ReporterSentenceTests {
  private func passage(_ text: String) throws -> Passage {
    var article = try quoted(text)
    let (paragraphs, segmentation) = (try #require(article.paragraphs), try #require(article.segmentation))
    return try article.readPassage(paragraphs, segmentation, CueLexicon(), .none)
  }

  @Test(arguments: [
    "The pier\n\nSaid he", "“We sail.” He left", "Lund\n\n, who came", "A.\n\nSo. “We\n\n“sail", "Q\n\n: so",
  ])
  func aReaderCannotSeeTheNextOne(text: String) throws {
    let passage = try passage(text)
    #expect(passage.reporterSentences.count > 1)
    for reporterSentence in passage.reporterSentences {
      #expect(passage.next(reporterSentence.tokens.upperBound - 1) == nil)
      #expect(passage.previous(reporterSentence.tokens.lowerBound) == nil)
      for at in reporterSentence.tokens.dropLast() { #expect(passage.next(at)?.span == passage.words[at + 1].span) }
    }
  }

  @Test(
    "None has more pieces than the most",
    arguments: [
      "the boats came and ", "“a” ", "“a ‘b ’ ” ", "he said “no” and ", "‘a s’ ", "“It snows. It rains, he said” ",
      "“a ",
    ])
  func pieces(unit: String) throws {
    let passage = try passage(String(repeating: unit, count: 1_000))
    for reporterSentence in passage.reporterSentences {
      var (pieces, at) = (0, reporterSentence.tokens.lowerBound)
      while at < reporterSentence.tokens.upperBound {
        pieces += 1
        at = passage.after(at)
      }
      #expect(pieces <= ReporterSentence.mostPieces + 1)
      #expect(at == reporterSentence.tokens.upperBound, "it ends inside a quotation")
    }
    #expect(passage.reporterSentences.first?.tokens.lowerBound == 0)
    for (reporterSentence, next) in zip(passage.reporterSentences, passage.reporterSentences.dropFirst()) {
      #expect(reporterSentence.tokens.upperBound == next.tokens.lowerBound)
    }
  }

  @Test func anEmptyRangeOfTokensHasAnEmptySpan() throws {
    let passage = try passage("It snows.")
    #expect(passage.span(Range(from: 1, count: 0)) == ByteSpan(3, 3))
    #expect(passage.span(Range(from: passage.words.count, count: 0)) == ByteSpan(9, 9))
    #expect(try self.passage("").span(Range(from: 0, count: 0)) == ByteSpan(0, 0))
  }
}
