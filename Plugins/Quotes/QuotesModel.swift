import StageKit

/// What the stage learned from marked articles (docs/models/quotes.md): one section of its file each.
package struct QuotesModel: Sendable {
  /// Where content clauses end.
  var ends: ClauseEndModel
  /// How often quotations are right.
  var confidence: ConfidenceTable

  package static let stage = "quotes"

  /// - Throws: where the bytes are no model of this stage, or one that another state of the program fitted.
  init(_ resource: Resource) throws(StageError) {
    let file = try ModelFile(resource, of: Self.stage)
    (ends, confidence) = (try ClauseEndModel(file), try ConfidenceTable(file))
  }
}
