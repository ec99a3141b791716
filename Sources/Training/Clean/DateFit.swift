import Bytes
import Clean
import StageKit

/// Learns which of the days on a page is the one of publication.
package struct DateFit: Sendable {
  private let fit: ChoiceFit

  /// Takes the pages with a day of publication; `nil` where none is to learn from.
  ///
  /// - Parameter model: finds body and headline of the pages.
  package init?(
    _ pages: [TrainingPage], sources: [String], model: CleanModel, seed: UInt64
  ) throws(StageError) {
    var items: [ChoiceFit.Item] = []
    for page in pages {
      guard let gold = page.goldDay, let day = DateReader.day(gold.span, ByteSpan(0, gold.count)) else { continue }
      let read =
        page.isMarkup
        ? try HTMLPage.read(page.text, deadline: .none) : try PlainPage.read(page.text, deadline: .none)
      let facts = try PageFacts(read, deadline: .none)
      let labeller = Labeller(page.isMarkup ? model.markup : model.lines, bodyBias: 0)
      let states = try labeller.label(read, facts, deadline: .none)
      let roles = try BlockRoles(
        read, facts, states: states, isMarkup: page.isMarkup, address: page.address, dropPhrases: nil, keepsAll: false,
        titles: model.titles, deadline: .none)
      let features = try PublicationFeatures(roles, address: page.address, deadline: .none)
      let isRight = features.mentions.map { $0.day == day }
      let isFound = isRight.contains(true)
      // Where the page does not say, to choose none is right. One that declares another day teaches nothing.
      let isLearnable =
        sources.contains(page.source) && (isFound || !features.mentions.contains { $0.isDeclared })
      items.append(
        ChoiceFit.Item(
          page, isLearnable: isLearnable,
          candidates: [[PublicationFeatures.noneRow]] + features.mentions.indices.map(features.rows),
          isRight: [!isFound] + isRight, isFound: isFound))
    }
    if !items.contains(where: \.isLearnable) { return nil }
    fit = ChoiceFit(items, prior: PublicationFeatures.prior, sources: sources, seed: seed)
  }

  package func run(epochs: Int) -> ChoiceFit.Result {
    fit.run(epochs: epochs, section: "days", PublicationFeatures.shapes)
  }
}
