import Glibc
import StageKit

/// A conditional logit over the ends that a clause may have.
package struct ClauseEndModel: Sendable {
  /// One for each row.
  package let weights: [Float]

  package init(weights: [Float]) { self.weights = weights }

  package static let section = "ends"
  package static let shapes = ClauseEndGroup.allCases.map { ModelFile.Shape("\($0)", rows: $0.count) }

  /// - Throws: where the file has no such section for this program.
  package init(_ file: ModelFile) throws(StageError) {
    weights = try file.numbers(of: Self.section, Self.shapes).map { Float($0) / 100 }
  }

  /// The chance of each end.
  package func chances(_ ends: [ClauseEnd]) -> [Double] {
    let scores = ends.map { end in Double(end.rows.reduce(Float(0)) { $0 + weights[$1] }) }
    let greatest = scores.max() ?? 0
    let powers = scores.map { exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// How much a right end counts beside one that shares half of its words with the right one.
  private static let exactness = 0.7

  /// The index of the end that is right, or nearly, with the greatest chance.
  package func best(_ ends: [ClauseEnd], of clause: Clause) -> Int? {
    let chances = chances(ends)
    let lengths = ends.map { $0.end - clause.tokens.lowerBound }
    let worth = ends.indices.map { at in
      ends.indices.reduce(Self.exactness * chances[at]) { sum, other in
        let (short, long) = (min(lengths[at], lengths[other]), max(lengths[at], lengths[other]))
        return 2 * short >= long ? sum + chances[other] : sum
      }
    }
    return worth.indices.max { worth[$0] < worth[$1] }
  }
}
