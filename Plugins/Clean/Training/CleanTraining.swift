import StageKit

/// A page with the text of its article, to learn from or to measure on.
public struct TrainingPage: Sendable {
  public var text: [UInt8]
  public var isMarkup: Bool
  public var gold: [UInt8]
  /// The collection that the page is of.
  public var source: String
  /// The site; pages of one site are held out together.
  public var domain: String
  /// What the page is counted under in the figures.
  public var group: String

  public init(text: [UInt8], isMarkup: Bool, gold: [UInt8], source: String, domain: String, group: String) {
    self.text = text
    self.isMarkup = isMarkup
    self.gold = gold
    self.source = source
    self.domain = domain
    self.group = group
  }
}

/// Learns the weights of one front end from pages, first without half of the domains, then from all.
public struct CleanTraining: Sendable {
  public enum FrontEnd: String, CaseIterable, Sendable {
    case lines, markup

    /// The file that holds the front end's weights.
    public var fileName: String { self == .lines ? "LineWeights.swift" : "MarkupWeights.swift" }
  }

  public struct Options: Sendable {
    /// Only pages of these sources are learned from; all others are only measured.
    public var sources: [String]
    /// The most there will be.
    public var epochs = 20
    /// Epochs without a better held-out score after which the fit ends.
    public var patience = 8
    public var seed: UInt64 = 1
    public var holdsOutDomains = true

    public init(sources: [String]) { self.sources = sources }
  }

  /// One epoch done.
  public struct Progress: Sendable {
    public var epoch: Int
    public var loss: Double
    /// On pages of held-out domains; `nil` where none is held out.
    public var heldOut: ShingleScore?
  }

  public struct Result: Sendable {
    public var epochs: Int
    /// The Swift file with the weights.
    public var file: String
    public var pagesLearnedFrom: Int
    /// By group, of weights that saw no page of these domains.
    public var heldOut: [(group: String, score: ShingleScore)]
    /// By group, of the weights in the file, on the pages that they were fitted to.
    public var inSample: [(group: String, score: ShingleScore)]
  }

  /// Pages of more blocks are not learned from.
  private static let longestPage = 1500

  private struct Item: Sendable {
    var page: TrainingPage
    var labelled: LabelledPage
    var gold: Shingles
    var isLearnable: Bool
    var isHeldOut: Bool
  }

  private let frontEnd: FrontEnd
  private let options: Options
  private let items: [Item]

  /// Takes the pages of the front end; `nil` where none is to learn from.
  public init?(_ frontEnd: FrontEnd, _ pages: [TrainingPage], options: Options) throws(StageError) {
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
          isHeldOut: WordHash(page.domain.utf8).value % 2 == 1))
    }
    if !items.contains(where: \.isLearnable) { return nil }
    self.frontEnd = frontEnd
    self.options = options
    self.items = items
  }

  public func run(_ progress: (Progress) -> Void) throws(StageError) -> Result {
    let learnable = items.filter(\.isLearnable)
    var (epochs, heldOut): (Int, [(String, ShingleScore)]) = (options.epochs, [])
    if options.holdsOutDomains {
      let weights: Weights
      (weights, epochs) = try fitWithoutHeldOut(learnable, progress)
      heldOut = try scores(weights, items.filter(\.isHeldOut))
    }
    var fit = LabellerFit(learnable.map(\.labelled), epochs: options.epochs, seed: options.seed)
    while fit.epoch < epochs {
      fit.runEpoch()
      if !options.holdsOutDomains { progress(Progress(epoch: fit.epoch, loss: fit.loss)) }
    }
    let weights = Weights(parameters: fit.averaged)
    let found = Set(learnable.map(\.page.source))
    return Result(
      epochs: epochs,
      file: weights.swiftFile(
        name: frontEnd.rawValue, kind: frontEnd == .lines ? "plain-text dumps" : "HTML pages",
        sources: options.sources.filter(found.contains)),
      pagesLearnedFrom: learnable.count, heldOut: heldOut, inSample: try scores(weights, learnable))
  }

  /// The weights and the number of epochs with the best score on the held-out pages of the sources.
  private func fitWithoutHeldOut(
    _ learnable: [Item], _ progress: (Progress) -> Void
  ) throws(StageError) -> (Weights, epochs: Int) {
    let held = learnable.filter(\.isHeldOut)
    var fit = LabellerFit(
      learnable.filter { !$0.isHeldOut }.map(\.labelled), epochs: options.epochs, seed: options.seed)
    var best: (weights: Weights, epochs: Int, f1: Double)?
    while fit.epoch < options.epochs {
      fit.runEpoch()
      let weights = Weights(parameters: fit.averaged)
      let score = try score(weights, held)
      progress(Progress(epoch: fit.epoch, loss: fit.loss, heldOut: score))
      if best.map({ score.f1 > $0.f1 }) ?? true { best = (weights, fit.epoch, score.f1) }
      if let best, fit.epoch - best.epochs >= options.patience { break }
    }
    return best.map { ($0.weights, $0.epochs) } ?? (Weights(parameters: fit.averaged), fit.epoch)
  }

  // MARK: The score

  private func scores(
    _ weights: Weights, _ items: [Item]
  ) throws(StageError) -> [(group: String, score: ShingleScore)] {
    var result: [(String, ShingleScore)] = []
    for group in Set(items.map(\.page.group)).sorted() {
      result.append((group, try score(weights, items.filter { $0.page.group == group })))
    }
    return result
  }

  /// Of what the stage as a whole makes of the pages with these weights.
  private func score(_ weights: Weights, _ items: [Item]) throws(StageError) -> ShingleScore {
    var stage = try CleanStage(options: CleanStage.Options(), context: StageContext())
    stage.weights = weights
    var score = ShingleScore()
    for item in items {
      var article = Article(
        source: Article.Source(
          name: [], line: nil, format: item.page.isMarkup ? .html : .text, encoding: "utf-8",
          byteCount: item.page.text.count, sha256: []),
        id: [], text: item.page.text, isMarkup: item.page.isMarkup)
      try stage.process(&article, deadline: .none)
      score.add(gold: item.gold, found: Shingles(Words.hashes(article.text)))
    }
    return score
  }
}
