import StageKit

/// Learns which line before the body is the headline.
public struct TitleFit: Sendable {
  private let fit: ChoiceFit
  private let sources: [String]

  /// Takes the plain-text pages with a headline; `nil` where none is to learn from.
  public init?(_ pages: [TrainingPage], sources: [String], seed: UInt64) throws(StageError) {
    var items: [ChoiceFit.Item] = []
    for page in pages where !page.isMarkup {
      guard let title = page.goldTitle else { continue }
      let words = Words.hashes(title, lowered: true)
      if words.isEmpty { continue }
      let read = try PlainPage.read(page.text, deadline: .none)
      let facts = try PageFacts(read, deadline: .none)
      let states = try Labeller(.lines, bodyBias: 0).label(read, facts, deadline: .none)
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
    self.sources = sources
    fit = ChoiceFit(items, prior: [Int](repeating: 0, count: TitleFeatures.count), seed: seed)
  }

  public func run(epochs: Int) -> ChoiceFit.Result {
    fit.run(epochs: epochs) { weights in
      let rows = TitleFeatures.Group.allCases.map { ("\($0)", $0.size) }
      return """
        extension ChoiceWeights {
          /// Of the lines of a plain-text dump. Fitted by `linecaster train titles`, to pages of
          /// \(sources.joined(separator: ", ")); the figures hold no text of theirs.
          static let titles = ChoiceWeights(table: titlesRows, count: TitleFeatures.count)

        \(weights.table(named: "titlesRows", rows))
        }

        """
    }
  }
}
