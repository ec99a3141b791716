import Glibc
import StageKit

/// Learns which line before the body is the headline: a softmax over the candidates of each page and none of them.
public struct TitleFit: Sendable {
  public struct Result: Sendable {
    public var epochs: Int
    public var pagesLearnedFrom: Int
    /// The Swift file with the weights.
    public var file: String
    /// Headlines found by weights that saw no page of these domains, and by the weights in the file.
    public var heldOut: [(group: String, right: Int, pages: Int)]
    public var inSample: [(group: String, right: Int, pages: Int)]
  }

  private struct Item: Sendable {
    var group: String
    /// Of a source to learn from, and with the headline among the candidates.
    var isLearnable: Bool
    var isHeldOut: Bool
    /// Rows of each candidate; none of them comes first.
    var candidates: [[Int]]
    /// Whether choosing the candidate is right.
    var isRight: [Bool]
  }

  private let items: [Item]
  private let sources: [String]
  private let seed: UInt64

  /// Takes the plain-text pages with a headline; `nil` where none is to learn from.
  public init?(_ pages: [TrainingPage], sources: [String], seed: UInt64) throws(StageError) {
    var items: [Item] = []
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
      items.append(
        Item(
          group: page.group, isLearnable: sources.contains(page.source) && isRight.contains(true),
          isHeldOut: WordHash(page.domain.utf8).value % 2 == 1, candidates: candidates, isRight: isRight))
    }
    if !items.contains(where: \.isLearnable) { return nil }
    (self.items, self.sources, self.seed) = (items, sources, seed)
  }

  /// Fits without half of the domains to measure, then to all pages.
  public func run(epochs: Int) -> Result {
    let learnable = items.filter(\.isLearnable)
    let blind = fit(learnable.filter { !$0.isHeldOut }, epochs: epochs)
    let weights = fit(learnable, epochs: epochs)
    return Result(
      epochs: epochs, pagesLearnedFrom: learnable.count, file: weights.swiftFile(sources: sources),
      heldOut: Self.score(blind, items.filter(\.isHeldOut)), inSample: Self.score(weights, learnable))
  }

  private static let rate = 0.02
  private static let decay = 0.01

  private func fit(_ items: [Item], epochs: Int) -> TitleWeights {
    var random = SeededGenerator(state: seed)
    var parameters = [Double](repeating: 0, count: TitleFeatures.count)
    var sum = parameters
    var adam = Adam(parameterCount: parameters.count)
    for epoch in 0..<epochs {
      for item in items.shuffled(using: &random) {
        adam.step(&parameters, against: Self.gradient(item, parameters), rate: Self.rate / (1 + Double(epoch) / 3))
      }
      // The later half of the epochs is averaged.
      if epoch * 2 >= epochs { for at in sum.indices { sum[at] += parameters[at] } }
    }
    let count = Double(epochs - (epochs + 1) / 2)
    return TitleWeights(rows: sum.map { Int16(max(-30_000, min(30_000, ($0 / max(1, count) * 100).rounded()))) })
  }

  /// Of the negative log likelihood that a right candidate is chosen.
  private static func gradient(_ item: Item, _ parameters: [Double]) -> [Double] {
    let scores = item.candidates.map { $0.reduce(0) { $0 + parameters[$1] } }
    let most = scores.max() ?? 0
    let weights = scores.map { exp($0 - most) }
    let total = weights.reduce(0, +)
    let right = weights.indices.reduce(0) { item.isRight[$1] ? $0 + weights[$1] : $0 }
    var gradient = parameters.map { $0 * decay }
    for (index, rows) in item.candidates.enumerated() {
      let change = weights[index] / total - (item.isRight[index] ? weights[index] / right : 0)
      for row in rows { gradient[row] += change }
    }
    return gradient
  }

  private static func score(_ weights: TitleWeights, _ items: [Item]) -> [(group: String, right: Int, pages: Int)] {
    Set(items.map(\.group)).sorted().map { group in
      let own = items.filter { $0.group == group }
      let right = own.count { item in
        let scores = item.candidates.map(weights.score)
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        return item.isRight[best]
      }
      return (group, right, own.count)
    }
  }
}

extension TitleWeights {
  /// The weights as a Swift file of this module.
  func swiftFile(sources: [String]) -> String {
    var (lines, at): ([String], Int) = ([], 0)
    for group in TitleFeatures.Group.allCases {
      lines.append("    \(group) " + rows[at..<at + group.size].map { "\($0)" }.joined(separator: " "))
      at += group.size
    }
    return """
      extension TitleWeights {
        /// For plain-text dumps. Fitted by `linecaster train titles`, to pages of
        /// \(sources.joined(separator: ", ")); the figures hold no text of theirs.
        static let lines = TitleWeights(table: linesRows)

        /// By feature group.
        private static let linesRows: StaticString = \"""
      \(lines.joined(separator: "\n"))
          \"""
      }

      """
  }
}
