import StageKit

/// What each feature of a candidate says for choosing it, in hundredths.
package struct ChoiceWeights: Sendable {
  package let rows: [Int16]

  package init(rows: [Int16]) { self.rows = rows }

  /// - Throws: where the file has no such section for this program.
  init(_ file: ModelFile, section: String, _ shapes: [ModelFile.Shape]) throws(StageError) {
    rows = try file.numbers(of: section, shapes)
  }

  package func score(_ held: [Int]) -> Int { held.reduce(0) { $0 + Int(rows[$1]) } }
}
