import Clean
import StageKit

/// Learns which line before the body is the headline.
package struct TitleFit: Sendable {
  private let fit: ChoiceFit

  /// Takes the plain-text pages with a headline; `nil` where none is to learn from.
  ///
  /// - Parameter model: finds the body of the pages.
  package init?(
    _ pages: [TrainingPage], sources: [String], model: CleanModel, seed: UInt64
  ) throws(StageError) {
    var items: [ChoiceFit.Item] = []
    for page in pages where !page.isMarkup {
      guard let title = page.goldTitle else { continue }
      let words = Words.hashes(title, lowered: true)
      if words.isEmpty { continue }
      let read = try PlainPage.read(page.text, deadline: .none)
      let facts = try PageFacts(read, deadline: .none)
      let states = try Labeller(model.lines, bodyBias: 0).label(read, facts, deadline: .none)
      let features = TitleFeatures(read, facts, bodyStart: states.firstIndex(of: .body) ?? 0)
      var (candidates, isRight): ([[Int]], [Bool]) = ([[TitleFeatures.noneRow]], [false])
      for candidate in features.candidates {
        candidates.append(features.rows(of: candidate))
        isRight.append(Words.hashes(read.bytes.span, candidate.span, lowered: true) == words)
      }
      // A page whose headline is no line of its own teaches nothing.
      let isLearnable = sources.contains(page.source) && isRight.contains(true)
      items.append(ChoiceFit.Item(page, isLearnable: isLearnable, candidates: candidates, isRight: isRight))
    }
    if !items.contains(where: \.isLearnable) { return nil }
    fit = ChoiceFit(items, prior: [Int](repeating: 0, count: TitleFeatures.count), sources: sources, seed: seed)
  }

  package func run(epochs: Int) -> ChoiceFit.Result {
    fit.run(epochs: epochs, section: "titles", TitleFeatures.shapes)
  }
}
