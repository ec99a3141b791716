import Bytes
import Segment
import StageKit
import Testing

@testable import Quotes

@Suite("Frames")
struct FrameTests {
  private func passage(_ text: String) throws -> Passage {
    let article = try quoted(text)
    let (paragraphs, segmentation) = (try #require(article.paragraphs), try #require(article.segmentation))
    return try Passage(
      text: article.text.span, paragraphs: paragraphs, segmentation: segmentation, lexicon: CueLexicon(),
      deadline: .none)
  }

  @Test(arguments: [
    "The pier\n\nSaid he", "“We sail.” He left", "Lund\n\n, who came", "A.\n\nSo. “We\n\n“sail", "Q\n\n: so",
  ])
  func aReaderCannotSeeTheNextOne(text: String) throws {
    let passage = try passage(text)
    #expect(passage.frames.count > 1)
    for frame in passage.frames {
      #expect(passage.next(frame.tokens.upperBound - 1) == nil)
      #expect(passage.previous(frame.tokens.lowerBound) == nil)
      for at in frame.tokens.dropLast() { #expect(passage.next(at)?.span == passage.words[at + 1].span) }
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
    for frame in passage.frames {
      var (pieces, at) = (0, frame.tokens.lowerBound)
      while at < frame.tokens.upperBound {
        pieces += 1
        at = passage.after(at)
      }
      #expect(pieces <= Frame.mostPieces + 1)
      #expect(at == frame.tokens.upperBound, "it ends inside a quotation")
    }
    #expect(passage.frames.first?.tokens.lowerBound == 0)
    for (frame, next) in zip(passage.frames, passage.frames.dropFirst()) {
      #expect(frame.tokens.upperBound == next.tokens.lowerBound)
    }
  }

  @Test func anEmptyRangeOfTokensHasAnEmptySpan() throws {
    let passage = try passage("It snows.")
    #expect(passage.span(Range(from: 1, count: 0)) == ByteSpan(3, 3))
    #expect(passage.span(Range(from: passage.words.count, count: 0)) == ByteSpan(9, 9))
    #expect(try self.passage("").span(Range(from: 0, count: 0)) == ByteSpan(0, 0))
  }
}
