import ArticleFacts
import Bytes
import Coreference
import StageKit

/// Finds who said what.
public struct QuotesStage: Stage {
  public struct Options: StageOptions {
    public enum ScareQuotes: String, Sendable, CaseIterable { case drop, keep }
    public enum Speakers: String, Sendable, CaseIterable { case names, all }

    /// The kinds that the record lists.
    public var kinds = Quote.Kind.allCases
    /// Words of content.
    public var minWords = 1
    public var scareQuotes = ScareQuotes.drop
    /// More verbs of speech.
    public var cues: [String] = []
    public var speakers = Speakers.all
    /// The file of the model, by name or path.
    public var model = "quotes.model"
    /// ISO 639-1.
    public var languages = ["en"]
    public init() {}
  }

  public static let declaration = StageDeclaration<Options>(
    name: "quotes",
    summary: "Finds quotations and reported speech, with speaker and cue.",
    discussion: """
      Quotation marks are paired paragraph by paragraph, so that a stray one costs at most one quotation. A verb of \
      speech, “according to” or a colon ties a quotation or a content clause to its speaker: a quotation is direct, a \
      clause indirect, a clause that holds verbatim stretches mixed, with those stretches under `quoted`. The pieces of \
      a split quotation are one quote with several spans. A quotation without a cue continues the last speaker, with a \
      lower confidence; a transcript, whose paragraphs open with “Q:” or “LUND:”, is verbatim. What people quote others \
      as saying is a quote of its own, `within` theirs. Speakers are resolved to entities by name, by pronoun and by \
      description where an earlier stage found entities; a speaker that is among an entity's `references` is that entity. Who \
      is not found stays null. What somebody denies, or calls a \
      claim, is not given to them. Of one sentence at most \(AttributionReader.mostInSentence) pieces of reported speech \
      are listed, \(AttributionReader.deepest) within one another; where it holds more, an entry `crowded_sentence` in \
      `errors` says so. `confidence` is how often quotations like it are right (docs/models/quotes.md). \
      These shares, and where clauses end, are learned from marked articles: the model is the file ‘quotes.model’, which \
      lies where ‘entities.model’ does; ‘linecaster train quotes’ makes another.
      """,
    requires: [.sentences, .tokens, .entities],
    provides: [.quotes],
    options: OptionTable([
      .choices("kinds", \.kinds, help: "The kinds of quotation that the record lists.", example: "[direct, mixed]"),
      .integer("min_words", \.minWords, in: 1...1000, help: "Quotations with fewer words of content are left out."),
      .choice(
        "scare_quotes", \.scareQuotes,
        help: "Whether single words and titles in quotation marks, without a speaker, are listed."),
      .texts("cues", \.cues, help: "More verbs of speech, in their base form.", example: "[kvetch, spitball]"),
      .choice(
        "speakers", \.speakers,
        help: "Whether quotations are listed for all speakers, or only for those whose name is known."),
      .text(
        "model", \.model,
        help: "The model of clause ends and of confidence: the name of an installed file, or a path.",
        example: "/srv/news/mine.model"),
      .languages(\.languages),
    ]),
    examples: examples)

  private let options: Options
  private let lexicon: CueLexicon
  private let model: QuotesModel

  public init(options: Options, context: StageContext) throws(StageError) {
    self.init(options: options, model: try QuotesModel(context.resource(options.model)))
  }

  init(options: Options, model: QuotesModel) {
    self.options = options
    self.model = model
    lexicon = CueLexicon(extraCues: options.cues)
  }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    try article.requireLanguage(options.languages)
    guard let segmentation = article.segmentation, let paragraphs = article.paragraphs else {
      throw StageError(
        .skipsLayer, class: .needsSegment, "quotations need sentences and tokens: put segment before quotes")
    }
    let reading = try Self.read(&article, paragraphs, segmentation, options, lexicon, model.ends, deadline)
    article.quotes = try quotes(of: reading, paragraphs, segmentation, deadline)
    // Several times as large as the text, and no stage behind asks for it.
    article.namedText = nil
    if let first = reading.crowdedSentences.first { article.errors.append(Self.crowded(first, reading)) }
  }

  /// Who said what in an article.
  package struct Reading {
    package var passage: Passage
    /// With the entity of each speaker.
    package var attributions: [(Attribution, entity: Int?)]
    /// The first token of each sentence of which not all speech is listed.
    var crowdedSentences: [Int]
  }

  package static func read(
    _ article: inout Article, _ paragraphs: [Paragraph], _ segmentation: Segmentation, _ options: Options,
    _ lexicon: CueLexicon, _ ends: ClauseEndModel, _ deadline: Deadline
  ) throws(StageError) -> Reading {
    let antecedents = try article.readAntecedents(paragraphs, segmentation, deadline)
    let names = try article.readNames(paragraphs, segmentation, deadline)
    // A user's verbs are in no dictionary.
    let passage =
      options.cues.isEmpty
      ? names.passage : try article.readPassage(paragraphs, segmentation, lexicon, deadline)
    let text = article.text.span
    var reader = AttributionReader(passage, names: article.entities == nil ? nil : names, ends: ends)
    try reader.readFrames(deadline)
    try reader.joinNeighbours(deadline)
    try reader.readUntagged(keepsScareQuotes: options.scareQuotes == .keep, deadline)
    try reader.readInside(segmentation, deadline)
    try deadline.check()
    let attributions = reader.attributions.sorted { $0.reporterSentence < $1.reporterSentence }
    var resolution = try SpeakerResolution(names, antecedents, article.entities ?? [], deadline)
    let speakers = try resolution.resolve(attributions, text: text, deadline)
    try deadline.check()
    let inner = reader.innerAttributions
    let innerSpeakers = try resolution.resolve(inner, inside: attributions, speakers, deadline)
    return Reading(
      passage: passage,
      attributions: attributions.indices.map { (attributions[$0], speakers[$0]) }
        + inner.indices.map { (inner[$0], innerSpeakers[$0]) },
      crowdedSentences: reader.crowdedSentences)
  }

  private func quotes(
    of reading: Reading, _ paragraphs: [Paragraph], _ segmentation: Segmentation, _ deadline: Deadline
  ) throws(StageError) -> [Quote] {
    var quotes: [Quote] = []
    var watch = DeadlineWatch(deadline)
    for (attribution, entity) in reading.attributions {
      try watch.step()
      guard options.kinds.contains(attribution.kind), entity != nil || options.speakers == .all,
        options.minWords == 1 || Self.words(attribution.spans, segmentation) >= options.minWords
      else { continue }
      quotes.append(quote(attribution, entity, reading.passage, paragraphs))
    }
    try deadline.check()
    quotes.sort { $0.hull.start != $1.hull.start ? $0.hull.start < $1.hull.start : $0.hull.end > $1.hull.end }
    try Self.nest(&quotes, &watch)
    return quotes
  }

  private static func crowded(_ token: Int, _ reading: Reading) -> StageError {
    let paragraph = reading.passage.reporterSentences[reading.passage.reporterSentence(of: token)].paragraph + 1
    let count = reading.crowdedSentences.count
    var error = StageError(
      .skipsLayer, class: .crowdedSentence,
      """
      a sentence in paragraph \(paragraph)\(count > 1 ? ", the first of \(count)," : "") holds more reported speech than \
      is listed of one sentence: \(AttributionReader.mostInSentence) pieces, \(AttributionReader.deepest) within one another
      """)
    error.stage = declaration.name
    return error
  }

  private func quote(
    _ attribution: Attribution, _ entity: Int?, _ passage: Passage, _ paragraphs: [Paragraph]
  ) -> Quote {
    var quote = Quote(
      kind: attribution.kind, spans: attribution.spans, quoted: attribution.quoted,
      speaker: attribution.speaker.map { Quote.Speaker(passage.span($0), entity: entity) },
      cue: attribution.cue.map { passage.span($0) },
      confidence: model.confidence[attribution.construction, SpeakerForm(attribution.speaker, in: passage)])
    // Not where its cue stands: “Corr said:” may be a heading above what she said.
    let start = quote.hull.start
    let paragraph = paragraphs.partitioningIndex { $0.span.end > start }
    quote.heading = paragraph < paragraphs.count && paragraphs[paragraph].kind == .heading
    return quote
  }

  /// Ties each quotation to the smallest one whose content holds it.
  private static func nest(_ quotes: inout [Quote], _ watch: inout DeadlineWatch) throws(StageError) {
    var around: [Int] = []
    for at in quotes.indices {
      try watch.step()
      let hull = quotes[at].hull
      while let last = around.last, quotes[last].hull.end <= hull.start { around.removeLast() }
      quotes[at].within = around.last { index in quotes[index].spans.span(around: hull).map { $0 != hull } ?? false }
      around.append(at)
    }
  }

  private static func words(_ spans: [ByteSpan], _ segmentation: Segmentation) -> Int {
    var count = 0
    for span in spans {
      var at = segmentation.tokens.partitioningIndex { $0.span.start >= span.start }
      while at < segmentation.tokens.count, segmentation.tokens[at].span.end <= span.end {
        let kind = segmentation.tokens[at].kind
        if kind == .word || kind == .number { count += 1 }
        at += 1
      }
    }
    return count
  }
}
