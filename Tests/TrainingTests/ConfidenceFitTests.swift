import Bytes
import Coreference
import StageKit
import Testing

@testable import Quotes
@testable import Training

@Suite("Confidence from labelled articles")
struct ConfidenceFitTests {
  /// The article with marks on these pieces of it.
  private func labelled(
    _ text: String, _ marks: [(content: String, speaker: String?, isSpeech: Bool)]
  ) throws -> LabelledQuotes {
    func span(_ part: String) throws -> ByteSpan { try #require(places(of: part, in: text).first) }
    return LabelledQuotes(
      article: try segmented(text),
      marks: try marks.map { mark in
        LabelledQuotes.Mark(
          content: try span(mark.content), speaker: try mark.speaker.map { [try span($0)] } ?? [],
          isSpeech: mark.isSpeech)
      })
  }

  @Test func contentAndSpeakerAreJudgedApart() throws {
    let text = "Corr said that it rained in Holm. Lund said that it snowed there."
    let article = try labelled(text, [("that it rained in Holm", "Corr", true), ("it snowed", "Corr", true)])
    let findings = try QuoteJudge(article).findings(clauseEnds())
    #expect(findings.map(\.hasContent) == [true, true])
    #expect(findings.map(\.hasSpeaker) == [true, false])
    #expect(findings.map(\.form) == [.name, .name])
  }

  @Test func whatIsMarkedAsThoughtCountsNeitherWay() throws {
    let text = "Corr said that it rained in Holm. Lund said that it snowed there."
    let article = try labelled(text, [("it rained in Holm", "Corr", false)])
    let findings = try QuoteJudge(article).findings(clauseEnds())
    #expect(findings.map(\.isRight) == [false])
  }

  @Test func nestedSpeechIsNotCounted() throws {
    let article = try labelled("Corr said that Lund said that it rained in Holm.", [])
    #expect(try QuoteJudge(article).findings(clauseEnds()).count == 1)
  }

  @Test func aCellOfFewKeepsNearItsParent() throws {
    let right = try labelled("Corr said that it rained.", [("it rained", "Corr", true)])
    let wrong = try labelled("The baker said that it rained.", [])
    let fit = try ConfidenceFit(
      Array(repeating: right, count: 90) + [wrong], measured: [wrong], ends: clauseEnds())
    let that = Construction.that.rawValue * SpeakerForm.allCases.count
    let figures = fit.section.numbers[that..<that + SpeakerForm.allCases.count].map { Int($0) }
    #expect(figures[SpeakerForm.name.rawValue] > 97)
    #expect((80...96).contains(figures[SpeakerForm.description.rawValue]))
    #expect(fit.reliability.count == 1)
    #expect(fit.reliability.expectedError > 0.8)
  }
}
