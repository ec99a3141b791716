import Bytes
import StageKit
import Testing

@testable import Quotes
@testable import Training

@Suite("Ends of clauses from marked articles")
struct ClauseEndFitTests {
  /// Clauses are learned to end where the marks do, here before “as”.
  @Test func theFitFollowsTheMarks() throws {
    let text = "Corr said that the boats would sail on as rain fell in Holm."
    func labelled(_ content: String) throws -> LabelledQuotes {
      let span = try #require(places(of: content, in: text).first)
      return LabelledQuotes(
        article: try segmented(text), marks: [.init(content: span, speaker: [ByteSpan(0, 4)], isSpeech: true)])
    }
    let long = Array(repeating: try labelled("the boats would sail on as rain fell in Holm"), count: 30)
    let short = Array(repeating: try labelled("the boats would sail on"), count: 30)
    for examples in [long, short] {
      let fit = try ClauseEndFit(examples, measured: [], former: clauseEnds())
      #expect(fit.fitted.exact == 30)
      #expect(fit.fitted.clauses == 30)
    }
  }
}
