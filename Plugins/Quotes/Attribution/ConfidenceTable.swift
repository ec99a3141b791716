import Coreference
import StageKit

/// How often the content and the speaker of quotations like one are both right (docs/models/quotes.md).
package struct ConfidenceTable: Sendable {
  /// In hundredths: for each construction, one for each form of speaker.
  package let hundredths: [Int16]

  private static let forms = SpeakerForm.allCases.count

  package static let section = "confidence"
  package static let shapes = Construction.allCases.map { ModelFile.Shape("\($0)", rows: 1, columns: forms) }

  package init(hundredths: [Int16]) { self.hundredths = hundredths }

  /// - Throws: where the file has no such section for this program.
  init(_ file: ModelFile) throws(StageError) { hundredths = try file.numbers(of: Self.section, Self.shapes) }

  package subscript(construction: Construction, form: SpeakerForm) -> Double {
    Double(hundredths[construction.rawValue * Self.forms + form.rawValue]) / 100
  }
}
