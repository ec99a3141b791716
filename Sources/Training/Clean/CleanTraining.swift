import Bytes
import Clean
import StageKit

/// A page with the text of its article, to learn from or to measure on.
package struct TrainingPage: Sendable {
  package var text: [UInt8]
  package var isMarkup: Bool
  package var gold: [UInt8]
  /// The headline, where it is known.
  package var goldTitle: [UInt8]?
  /// The day of publication, where it is known: `2017-05-08`.
  package var goldDay: [UInt8]?
  /// Of the page, where it is known.
  package var address: [UInt8]?
  /// The collection that the page is of.
  package var source: String
  /// The site; pages of one site are held out together.
  package var domain: String
  /// What the page is counted under in the figures.
  package var group: String

  package init(text: [UInt8], isMarkup: Bool, gold: [UInt8], source: String, domain: String, group: String) {
    self.text = text
    self.isMarkup = isMarkup
    self.gold = gold
    self.source = source
    self.domain = domain
    self.group = group
  }
}

/// Learns the weights of one front end from pages; measures them on sites that weights of the same kind did not see.
package struct CleanTraining: Sendable {
  package enum FrontEnd: String, CaseIterable, Sendable {
    case lines, markup

    /// How often the fit goes through all pages, unless told otherwise.
    package var epochs: Int { self == .lines ? 20 : 32 }
    /// Small steps do better on HTML only, by cross-validation.
    var step: (batchSize: Int, rate: Double) { self == .lines ? (24, 0.01) : (6, 0.006) }
  }

  package struct Options: Sendable {
    /// Only pages of these sources are learned from; all others are only measured.
    package var sources: [String]
    /// `nil`: what suits the front end.
    package var epochs: Int?
    package var seed: UInt64 = 1
    /// Parts that the domains are dealt out to for cross-validation; none where it is less than two.
    package var folds = 5

    package init(sources: [String]) { self.sources = sources }
  }

  /// One epoch done.
  package struct Progress: Sendable {
    /// The fold that is held out, from 1; `nil` in the fit to all pages.
    package var fold: Int?
    package var epoch: Int
    package var loss: Double
  }

  /// The scores of some pages, together and apart.
  package struct Scores: Sendable {
    package internal(set) var byGroup: [(group: String, score: ShingleScore)] = []
    package internal(set) var bySource: [(group: String, source: String, score: ShingleScore)] = []
  }

  package struct Result: Sendable {
    /// Of the model's file, with the weights.
    package var section: ModelFile.Section
    package var pagesLearnedFrom: Int
    /// Each page by weights that saw no page of its domain; `nil` without folds.
    package var heldOut: Scores?
    /// Of the weights in the section, on the pages that they were fitted to.
    package var inSample: Scores
  }

  /// Pages of more blocks are not learned from.
  private static let longestPage = 1500

  private struct Item: Sendable {
    var page: TrainingPage
    var labelled: LabelledPage
    var gold: Shingles
    var isLearnable: Bool
    var fold: Int
  }

  private let frontEnd: FrontEnd
  private let options: Options
  private let model: CleanModel
  private let items: [Item]

  /// Takes the pages of the front end; `nil` where none is to learn from.
  ///
  /// - Parameter model: what the stage is measured with, the weights that are fitted aside.
  package init?(
    _ frontEnd: FrontEnd, _ pages: [TrainingPage], model: CleanModel, options: Options
  ) throws(StageError) {
    var items: [Item] = []
    for page in pages where page.isMarkup == (frontEnd == .markup) {
      let read =
        page.isMarkup
        ? try HTMLPage.read(page.text, deadline: .none) : try PlainPage.read(page.text, deadline: .none)
      let labelled = try LabelledPage(read, gold: page.gold)
      items.append(
        Item(
          page: page, labelled: labelled, gold: Shingles(Words.hashes(page.gold)),
          isLearnable: options.sources.contains(page.source) && labelled.count <= Self.longestPage,
          fold: Int(WordHash(page.domain.utf8).value % UInt64(max(1, options.folds)))))
    }
    if !items.contains(where: \.isLearnable) { return nil }
    self.frontEnd = frontEnd
    self.options = options
    self.model = model
    self.items = items
  }

  package func run(_ progress: (Progress) -> Void) throws(StageError) -> Result {
    let heldOut = options.folds < 2 ? nil : try crossValidate(progress)
    let learnable = items.filter(\.isLearnable)
    let weights = fit(learnable, fold: nil, progress)
    let found = Set(learnable.map(\.page.source))
    let note = FitNote(
      sources: options.sources.filter(found.contains), pages: learnable.count,
      epochs: options.epochs ?? frontEnd.epochs, seed: options.seed)
    return Result(
      section: ModelFile.Section(
        name: frontEnd.rawValue, note: note.text, shapes: Weights.shapes, numbers: weights.hundredths),
      pagesLearnedFrom: learnable.count, heldOut: heldOut, inSample: try scores(learnable) { _ in weights })
  }

  /// Scores each page with weights that saw no page of its domain.
  func crossValidate(_ progress: (Progress) -> Void) throws(StageError) -> Scores {
    let weights = (0..<options.folds).map { fold in
      fit(items.filter { $0.isLearnable && $0.fold != fold }, fold: fold, progress)
    }
    return try scores(items) { weights[$0.fold] }
  }

  private func fit(_ items: [Item], fold: Int?, _ progress: (Progress) -> Void) -> Weights {
    let epochs = options.epochs ?? frontEnd.epochs
    var fit = LabellerFit(
      items.map(\.labelled), epochs: epochs, seed: options.seed, batchSize: frontEnd.step.batchSize,
      rate: frontEnd.step.rate)
    while fit.epoch < epochs {
      fit.runEpoch()
      progress(Progress(fold: fold.map { $0 + 1 }, epoch: fit.epoch, loss: fit.loss))
    }
    return Weights(parameters: fit.averaged)
  }

  // MARK: The score

  private func scores(_ items: [Item], _ weights: (Item) -> Weights) throws(StageError) -> Scores {
    var (groups, sources): ([String: ShingleScore], [[String]: ShingleScore]) = ([:], [:])
    for item in items {
      let found = try words(item.page, weights(item))
      groups[item.page.group, default: ShingleScore()].add(gold: item.gold, found: found)
      sources[[item.page.group, item.page.source], default: ShingleScore()].add(gold: item.gold, found: found)
    }
    return Scores(
      byGroup: groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      bySource: sources.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key[0], $0.key[1], $0.value) })
  }

  /// What the stage as a whole makes of a page with these weights.
  private func words(_ page: TrainingPage, _ weights: Weights) throws(StageError) -> Shingles {
    var model = model
    if page.isMarkup { model.markup = weights } else { model.lines = weights }
    let stage = CleanStage(options: CleanStage.Options(), model: model)
    var article = Article(
      source: Article.Source(
        name: [], line: nil, format: page.isMarkup ? "html" : "text", encoding: "utf-8",
        byteCount: page.text.count, sha256: []),
      id: [], text: page.text, markup: page.isMarkup ? .html : nil)
    try stage.process(&article, deadline: .none)
    return Shingles(Words.hashes(article.text))
  }
}
