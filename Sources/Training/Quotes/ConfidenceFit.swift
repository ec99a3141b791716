import Coreference
import Quotes
import StageKit

/// Counts how often quotations of each construction and form of speaker are right, and makes the table of `confidence`.
package struct ConfidenceFit: Sendable {
  /// Quotations whose confidence lies in the same tenth.
  package struct Bin: Sendable {
    package var count = 0
    package var right = 0
    /// Of their confidence.
    package var sum = 0.0
  }

  /// How well confidence foretells what is right.
  package struct Reliability: Sendable {
    package var bins = Array(repeating: Bin(), count: 10)
    package var count: Int { bins.reduce(0) { $0 + $1.count } }

    /// The mean distance of a bin's confidence from its share of right ones, weighed by the bins' counts.
    package var expectedError: Double {
      bins.reduce(0) { $0 + abs($1.sum - Double($1.right)) } / Double(max(1, count))
    }
  }

  /// A construction and how often it was right.
  package struct Row: Sendable {
    package var construction: String
    package var count: Int
    package var withContent: Int
    package var right: Int
  }

  private let learned: [Finding]
  private let measured: [Finding]
  /// How many were counted.
  private let articles: Int
  private let table: ConfidenceTable

  /// - Parameters:
  ///   - learned: articles to count.
  ///   - measured: articles that are held against the table only; where there are none, those that were counted.
  ///   - ends: finds the ends of clauses.
  package init(
    _ learned: [LabelledQuotes], measured: [LabelledQuotes], ends: ClauseEndModel
  ) throws(StageError) {
    articles = learned.count
    (self.learned, self.measured) = try QuoteJudge.examples(learned, measured: measured) { judge throws(StageError) in
      try judge.findings(ends)
    }
    table = Self.table(of: self.learned)
  }

  // MARK: The table

  /// A share of few counts as if so many more had been seen, right as often as its parent.
  private static let shrinkage = 10.0
  /// Constructions that the data do not mark, with what was counted by hand, in hundredths: of transcripts 16 of 20 were
  /// right, the rest rows of tables that are left out since; of what is said inside a quotation 32 of 44.
  private static let unmarked: [Construction: Int16] = [.label: 90, .inner: 75]

  /// Cells are shrunk to the share of their construction, which is shrunk to the mean of all constructions.
  private static func table(of findings: [Finding]) -> ConfidenceTable {
    let constructions = Construction.allCases.map { construction in
      findings.filter { $0.construction == construction }
    }
    let seen = constructions.filter { !$0.isEmpty }
    let mean = seen.reduce(0) { $0 + share($1, parent: 0.5, shrinkage: 0) } / Double(max(1, seen.count))
    return ConfidenceTable(
      hundredths: Construction.allCases.flatMap { construction in
        if let counted = unmarked[construction] { return SpeakerForm.allCases.map { _ in counted } }
        let all = constructions[construction.rawValue]
        let parent = share(all, parent: mean, shrinkage: shrinkage)
        return SpeakerForm.allCases.map { form in
          Int16((share(all.filter { $0.form == form }, parent: parent, shrinkage: shrinkage) * 100).rounded())
        }
      })
  }

  private static func share(_ findings: [Finding], parent: Double, shrinkage: Double) -> Double {
    let right = Double(findings.count { $0.isRight })
    return findings.isEmpty ? parent : (right + shrinkage * parent) / (Double(findings.count) + shrinkage)
  }

  /// Of the model's file, with the table.
  package var section: ModelFile.Section {
    ModelFile.Section(
      name: ConfidenceTable.section, note: "counted on \(learned.count) quotations of \(articles) articles",
      shapes: ConfidenceTable.shapes, numbers: table.hundredths)
  }

  // MARK: The figures

  /// Of what the stage lists unless it is told otherwise.
  package var reliability: Reliability {
    var reliability = Reliability()
    for finding in measured
    where Self.unmarked[finding.construction] == nil && finding.construction != .scareQuotes {
      let confidence = table[finding.construction, finding.form]
      let bin = min(9, Int(confidence * 10))
      reliability.bins[bin].count += 1
      reliability.bins[bin].sum += confidence
      if finding.isRight { reliability.bins[bin].right += 1 }
    }
    return reliability
  }

  /// Of the measured articles.
  package var rows: [Row] {
    Construction.allCases.map { construction in
      let all = measured.filter { $0.construction == construction }
      return Row(
        construction: "\(construction)", count: all.count, withContent: all.count { $0.hasContent },
        right: all.count { $0.isRight })
    }
  }
}
