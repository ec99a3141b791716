import Bytes
import Entities
import StageKit

/// Learns a name model from labelled articles: first without a tenth of them, then from all.
package struct NameTraining: Sendable {
  package struct Options: Sendable {
    /// The most there will be.
    package var epochs = 20
    /// Epochs without a better held-out score after which the fit ends.
    package var patience = 4
    package var seed: UInt64 = 1
    /// How much silver labels count against those of people.
    package var silverWeight = 0.4
    /// Features seen fewer times are left out.
    package var leastCount = 3
    /// Features whose weights are all smaller are left out of the file.
    package var leastWeight = 0.02

    package init() {}
  }

  package struct Progress: Sendable {
    package var epoch: Int
    package var loss: Double
    /// Over PERSON, ORG and LOC of the articles held out; with a base over all types.
    package var heldOut: NameScore
  }

  package struct Result: Sendable {
    package var epochs: Int
    /// The bytes of the model's file.
    package var file: [UInt8]
    package var articlesLearnedFrom: Int
    package var features: Int
    /// By group, of a model that saw none of these articles.
    package var heldOut: [Figure]
    /// By group, of the model in the file, on articles that are only measured.
    package var measured: [Figure]
  }

  /// How well a group's names were found.
  package struct Figure: Sendable {
    package var group: String
    /// Over PERSON, ORG and LOC.
    package var score: NameScore
    /// Of each type that the labels have or that was found.
    package var ofTypes: [(kind: Entity.Kind, score: NameScore)]
  }

  private let texts: [LabelledText]
  private let lists: ListFiles
  private let options: Options
  private let base: BaseModel?

  /// - Parameter base: the model to go on from; `nil` to begin anew.
  package init(_ texts: [LabelledText], lists: ListFiles, options: Options, base: BaseModel? = nil) {
    self.texts = texts
    self.lists = lists
    self.base = base
    self.options = options
  }

  package func run(_ progress: (Progress) -> Void) throws(StageError) -> Result {
    let learnable = texts.filter { $0.trust != .none }
    let hasNames = learnable.contains { text in
      text.names.contains { if case .name = $0.label { true } else { false } }
    }
    guard hasNames else {
      throw StageError(
        .failsArticle, class: .training,
        "there is nothing to learn from: of \(learnable.count) articles none has a label PERSON, ORG, LOC or MISC")
    }
    let heldOut = learnable.filter { Self.isHeldOut($0) && !$0.isVariant }
    var (corpus, fit) = try prepare(learnable.filter { !Self.isHeldOut($0) })
    var best: (file: [UInt8], epochs: Int, f1: Double)?
    while fit.epoch < options.epochs {
      fit.runEpoch()
      let file = try corpus.file(fit, lists, options, base: base)
      let model = try NameModel(Resource(path: "the model in training", copying: file))
      let kinds = base == nil ? Self.scored : Self.all
      let score = try Self.score(model, heldOut.filter { $0.trust != .silver }, kinds)
      progress(Progress(epoch: fit.epoch, loss: fit.loss, heldOut: score))
      // What goes on from a base has few articles held out: of equal scores the later one, which has learned more.
      if best.map({ base == nil ? score.f1 > $0.f1 : score.f1 >= $0.f1 - Self.slack }) ?? true {
        best = (file, fit.epoch, score.f1)
      }
      if let best, fit.epoch - best.epochs >= options.patience { break }
    }
    guard let best else { throw StageError(.failsArticle, class: .training, "there is nothing to learn from") }
    let held = try NameModel(Resource(path: "the model in training", copying: best.file))
    let heldScores = try Self.scores(held, heldOut)
    (corpus, fit) = try prepare(learnable)
    while fit.epoch < best.epochs { fit.runEpoch() }
    let file = try corpus.file(fit, lists, options, base: base)
    let model = try NameModel(Resource(path: "the model in training", copying: file))
    let measured = try Self.scores(model, texts.filter { $0.trust == .none })
    return Result(
      epochs: best.epochs, file: file, articlesLearnedFrom: learnable.count { !$0.isVariant },
      features: corpus.keys.count,
      heldOut: heldScores, measured: measured)
  }

  /// A name or two of those held out.
  private static let slack = 0.01

  private static func isHeldOut(_ text: LabelledText) -> Bool { WordHash(text.article.id).value % 10 == 0 }

  private func prepare(_ texts: [LabelledText]) throws(StageError) -> (Corpus, NameFit) {
    // The lists are read the way that the stage reads them.
    let empty = NameModel.file(
      lists: lists, keys: [], weights: [], transitions: Array(repeating: 0, count: Transitions.count), least: 0)
    let model = try NameModel(Resource(path: "the lists", copying: empty))
    var corpus = Corpus(readsContext: base != nil)
    for text in texts {
      try corpus.add(text, model, weight: text.trust == .silver ? Float(options.silverWeight) : 1)
    }
    corpus.leaveOutRare(options.leastCount, besides: base)
    let fit = NameFit(
      corpus.stretches, features: corpus.features, rowCount: corpus.keys.count, seed: options.seed,
      from: try base.map { base throws(StageError) in
        let known = base.weights(of: corpus.keys)
        return NameFit.Start(
          rows: known.rows, rehearsals: corpus.rehearsals, isNew: corpus.isNew, transitions: known.transitions,
          isTaught: try base.labelsTaught(by: texts))
      })
    return (corpus, fit)
  }

  // MARK: The score

  private static func scores(
    _ model: NameModel, _ texts: [LabelledText]
  ) throws(StageError) -> [Figure] {
    var groups: [(String, [LabelledText])] = []
    for text in texts {
      if let at = groups.firstIndex(where: { $0.0 == text.group }) {
        groups[at].1.append(text)
      } else {
        groups.append((text.group, [text]))
      }
    }
    var figures: [Figure] = []
    for (group, texts) in groups {
      var figure = Figure(group: group, score: try score(model, texts, scored), ofTypes: [])
      for kind in [.person, .organization, .location, .miscellaneous] as [Entity.Kind] {
        let score = try score(model, texts, [kind])
        if score.found + score.expected > 0 { figure.ofTypes.append((kind, score)) }
      }
      figures.append(figure)
    }
    return figures
  }

  static let scored: Set<Entity.Kind> = [.person, .organization, .location]
  private static let all: Set<Entity.Kind> = [.person, .organization, .location, .miscellaneous]

  private static func score(
    _ model: NameModel, _ texts: [LabelledText], _ scored: Set<Entity.Kind>
  ) throws(StageError) -> NameScore {
    var score = NameScore()
    var watch = DeadlineWatch(.none)
    for text in texts {
      guard let segmentation = text.article.segmentation else { continue }
      let words = try EntitiesStage.words(segmentation.tokens, text.article.text.span, &watch)
      let found = try EntitiesStage.names(
        words, segmentation, text.article.paragraphs ?? [], model, text.article.text.span, &watch
      ).filter { $0.kind.map(scored.contains) ?? false }
      let gold = text.names.filter { if case .name(let kind) = $0.label { scored.contains(kind) } else { false } }
      let right = found.count { name in
        guard let kind = name.kind else { return false }
        let span = ByteSpan(
          segmentation.tokens[name.tokens.lowerBound].span.start,
          segmentation.tokens[name.tokens.upperBound - 1].span.end)
        return gold.contains { $0.span == span && $0.label == .name(kind) }
      }
      score.add(right: right, found: found.count, expected: gold.count)
    }
    return score
  }
}
