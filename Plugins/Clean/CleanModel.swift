import StageKit

/// What the stage learned from pages (docs/models/clean.md): one section of its file each.
package struct CleanModel: Sendable {
  /// For plain-text dumps.
  package var lines: Weights
  /// For HTML pages.
  package var markup: Weights
  /// Of the lines that may be the headline of a plain-text dump.
  package var titles: ChoiceWeights
  /// Of the days on a page.
  package var days: ChoiceWeights

  package static let stage = "clean"

  /// - Throws: where the bytes are no model of this stage, or one that another state of the program fitted.
  init(_ resource: Resource) throws(StageError) {
    let file = try ModelFile(resource, of: Self.stage)
    lines = try Weights(file, section: "lines")
    markup = try Weights(file, section: "markup")
    titles = try ChoiceWeights(file, section: "titles", TitleFeatures.shapes)
    days = try ChoiceWeights(file, section: "days", PublicationFeatures.shapes)
  }

  package init(lines: Weights, markup: Weights, titles: ChoiceWeights, days: ChoiceWeights) {
    (self.lines, self.markup, self.titles, self.days) = (lines, markup, titles, days)
  }
}
