import Bytes
import Glibc
import Quotes
import StageKit

/// Learns where content clauses end from articles with marked quotations.
package struct ClauseEndFit: Sendable {
  /// How many clauses end right.
  package struct Score: Sendable {
    package var clauses = 0
    /// At the same word.
    package var exact = 0
    /// With half of the words in common.
    package var near = 0
  }

  private let learned: [ClauseExample]
  private let measured: [ClauseExample]
  /// How many were learned from.
  private let articles: Int
  package let model: ClauseEndModel

  /// - Parameters:
  ///   - measured: articles that are not learned from; where there are none, those that were.
  ///   - former: finds the clauses of the articles.
  package init(
    _ learned: [LabelledQuotes], measured: [LabelledQuotes], former: ClauseEndModel
  ) throws(StageError) {
    articles = learned.count
    (self.learned, self.measured) = try QuoteJudge.examples(learned, measured: measured) { judge throws(StageError) in
      try judge.clauses(former)
    }
    model = Self.fit(self.learned)
  }

  package var ruled: Score { score { example in example.ends.firstIndex { $0.end == example.clause.ruleEnd } } }
  package var fitted: Score { score { model.best($0.ends, of: $0.clause) } }

  private func score(_ choice: (ClauseExample) -> Int?) -> Score {
    var score = Score()
    for example in measured {
      score.clauses += 1
      guard let chosen = choice(example) else { continue }
      if example.shares[chosen] >= 0.5 { score.near += 1 }
      if example.shares[chosen] > 0.999 { score.exact += 1 }
    }
    return score
  }

  // MARK: The fit

  private static let steps = 300
  /// Times half the square of each weight is taken off the likelihood.
  private static let penalty = 5.0
  /// Rows that stand for fewer ends are left at 0.
  private static let leastCount = 8

  /// The greatest penalised likelihood of the ends that share most with the marks, by Adam (Kingma and Ba, 2015) over
  /// all clauses at once.
  private static func fit(_ examples: [ClauseExample]) -> ClauseEndModel {
    let count = ClauseEndGroup.total
    var seen = Array(repeating: 0, count: count)
    for example in examples { for end in example.ends { for row in end.rows { seen[row] += 1 } } }
    var weights = Array(repeating: 0.0, count: count)
    var (mean, square) = (weights, weights)
    for step in Range(from: 1, upTo: steps + 1) {
      var slopes = weights.map { -penalty * $0 }
      let model = ClauseEndModel(weights: weights.map { Float($0) })
      for example in examples {
        let chances = model.chances(example.ends)
        let best = example.shares.max() ?? 0
        let right = Double(example.shares.count { $0 == best })
        for (at, end) in example.ends.enumerated() {
          let slope = (example.shares[at] == best ? 1 / right : 0) - chances[at]
          for row in end.rows { slopes[row] += slope }
        }
      }
      let (meanLeft, squareLeft) = (1 - pow(0.9, Double(step)), 1 - pow(0.999, Double(step)))
      for row in weights.indices where seen[row] >= leastCount {
        mean[row] = 0.9 * mean[row] + 0.1 * slopes[row]
        square[row] = 0.999 * square[row] + 0.001 * slopes[row] * slopes[row]
        weights[row] += 0.05 * (mean[row] / meanLeft) / ((square[row] / squareLeft).squareRoot() + 1e-8)
      }
    }
    // Whole hundredths, as the file has them.
    return ClauseEndModel(weights: weights.map { Float(max(-32_000, min(32_000, ($0 * 100).rounded()))) / 100 })
  }

  // MARK: The section

  /// Of the model's file, with the weights.
  package var section: ModelFile.Section {
    ModelFile.Section(
      name: ClauseEndModel.section, note: "fitted to \(learned.count) clauses of \(articles) articles",
      shapes: ClauseEndModel.shapes, numbers: model.weights.map { Int16(($0 * 100).rounded()) })
  }
}
