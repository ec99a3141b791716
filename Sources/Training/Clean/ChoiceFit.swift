import Bytes
import Clean
import Glibc
import StageKit

/// Learns which of a page's candidates is right: a softmax over them and none of them.
package struct ChoiceFit: Sendable {
  /// Pages right, by group.
  package typealias Scores = [(group: String, right: Int, pages: Int)]

  package struct Result: Sendable {
    package var pagesLearnedFrom: Int
    /// Of the model's file, with the weights.
    package var section: ModelFile.Section
    /// Of weights that saw no page of the same domain, and of those in the section.
    package var heldOut: Scores
    package var inSample: Scores
  }

  struct Item: Sendable {
    var group: String
    /// Of a source to learn from.
    var isLearnable: Bool
    var fold: Int
    /// Rows of each candidate; none of them comes first.
    var candidates: [[Int]]
    /// Whether choosing the candidate is right.
    var isRight: [Bool]
    /// Whether what is asked for is among the candidates at all.
    var isFound: Bool

    init(
      _ page: TrainingPage, isLearnable: Bool, candidates: [[Int]], isRight: [Bool], isFound: Bool = true
    ) {
      group = page.group
      self.isLearnable = isLearnable
      fold = Int(WordHash(page.domain.utf8).value % UInt64(ChoiceFit.folds))
      (self.candidates, self.isRight, self.isFound) = (candidates, isRight, isFound)
    }
  }

  /// Parts that the domains are dealt out to; each page is measured with weights fitted to the other parts.
  private static let folds = 5

  private let items: [Item]
  /// What the weights are drawn to, in units of evidence.
  private let prior: [Double]
  private let sources: [String]
  private let seed: UInt64

  /// - Parameters:
  ///   - prior: of each feature, in hundredths, where the data say nothing.
  ///   - sources: those that were to be learned from.
  init(_ items: [Item], prior: [Int], sources: [String], seed: UInt64) {
    (self.items, self.prior, self.sources, self.seed) = (items, prior.map { Double($0) / 100 }, sources, seed)
  }

  /// - Parameters:
  ///   - name: of the section.
  ///   - shapes: of its tables.
  func run(epochs: Int, section name: String, _ shapes: [ModelFile.Shape]) -> Result {
    let learnable = items.filter(\.isLearnable)
    let blind = (0..<Self.folds).map { fold in fit(learnable.filter { $0.fold != fold }, epochs: epochs) }
    let weights = fit(learnable, epochs: epochs)
    let note = FitNote(sources: sources, pages: learnable.count, epochs: epochs, seed: seed).text
    return Result(
      pagesLearnedFrom: learnable.count,
      section: ModelFile.Section(name: name, note: note, shapes: shapes, numbers: weights.rows),
      heldOut: Self.score(items) { blind[$0.fold] }, inSample: Self.score(learnable) { _ in weights })
  }

  private static let rate = 0.02
  private static let decay = 0.01

  private func fit(_ items: [Item], epochs: Int) -> ChoiceWeights {
    var random = SeededGenerator(state: seed)
    var parameters = prior
    var sum = [Double](repeating: 0, count: prior.count)
    var adam = Adam(parameterCount: parameters.count)
    for epoch in 0..<epochs {
      for item in items.shuffled(using: &random) {
        adam.step(&parameters, against: gradient(item, parameters), rate: Self.rate / (1 + Double(epoch) / 3))
      }
      // The later half of the epochs is averaged.
      if epoch * 2 >= epochs { for at in sum.indices { sum[at] += parameters[at] } }
    }
    let count = Double(epochs - (epochs + 1) / 2)
    return ChoiceWeights(rows: sum.map { Int16(max(-30_000, min(30_000, ($0 / max(1, count) * 100).rounded()))) })
  }

  /// Of the negative log likelihood that a right candidate is chosen.
  private func gradient(_ item: Item, _ parameters: [Double]) -> [Double] {
    let scores = item.candidates.map { $0.reduce(0) { $0 + parameters[$1] } }
    let most = scores.max() ?? 0
    let weights = scores.map { exp($0 - most) }
    let total = weights.reduce(0, +)
    let right = weights.indices.reduce(0) { item.isRight[$1] ? $0 + weights[$1] : $0 }
    var gradient = zip(parameters, prior).map { ($0 - $1) * Self.decay }
    for (index, rows) in item.candidates.enumerated() {
      let change = weights[index] / total - (item.isRight[index] ? weights[index] / right : 0)
      for row in rows { gradient[row] += change }
    }
    return gradient
  }

  private static func score(_ items: [Item], _ weights: (Item) -> ChoiceWeights) -> Scores {
    Set(items.map(\.group)).sorted().map { group in
      let own = items.filter { $0.group == group }
      let right = own.count { item in
        let scores = item.candidates.map(weights(item).score)
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        return item.isFound && item.isRight[best]
      }
      return (group, right, own.count)
    }
  }
}
