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
      description where an earlier stage found entities; who is not found stays null. What somebody denies, or calls a \
      claim, is not given to them. `confidence` is how often quotations like it are right (docs/models/quotes.md).
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
      .languages(\.languages),
    ]),
    examples: examples)

  private let options: Options
  private let lexicon: Lexicon

  public init(options: Options, context: StageContext) throws(StageError) {
    self.options = options
    lexicon = options.cues.isEmpty ? .standard : Lexicon(extraCues: options.cues)
  }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    try article.requireLanguage(options.languages)
    guard let segmentation = article.segmentation, let paragraphs = article.paragraphs else {
      throw StageError(
        .skipsLayer, class: "needs_segment", "quotations need sentences and tokens: put segment before quotes")
    }
    let quotes = try Self.quotes(
      in: article.text.span, paragraphs, segmentation, article.entities ?? [], options, lexicon, deadline)
    article.quotes = quotes
  }

  private static func quotes(
    in text: Span<UInt8>, _ paragraphs: [Paragraph], _ segmentation: Segmentation, _ entities: [Entity],
    _ options: Options, _ lexicon: Lexicon, _ deadline: Deadline
  ) throws(StageError) -> [Quote] {
    let (passage, attributions) = try attributions(
      in: text, paragraphs, segmentation, entities, options, lexicon, .news, deadline)
    var quotes: [Quote] = []
    for (attribution, entity) in attributions {
      guard options.kinds.contains(attribution.kind), entity != nil || options.speakers == .all,
        options.minWords == 1 || words(attribution.spans, segmentation) >= options.minWords
      else { continue }
      quotes.append(quote(attribution, entity, passage))
    }
    quotes.sort { $0.hull.start != $1.hull.start ? $0.hull.start < $1.hull.start : $0.hull.end > $1.hull.end }
    nest(&quotes)
    return quotes
  }

  /// Who said what, with the entity of each speaker.
  static func attributions(
    in text: Span<UInt8>, _ paragraphs: [Paragraph], _ segmentation: Segmentation, _ entities: [Entity],
    _ options: Options, _ lexicon: Lexicon, _ ends: ClauseEndModel, _ deadline: Deadline
  ) throws(StageError) -> (Passage, [(Attribution, entity: Int?)]) {
    let passage = Passage(text: text, paragraphs: paragraphs, segmentation: segmentation, lexicon: lexicon)
    var reader = AttributionReader(passage, ends: ends)
    for frame in passage.frames.indices {
      if frame & 255 == 0 { try deadline.check() }
      reader.read(frame: frame)
    }
    reader.joinNeighbours()
    reader.readUntagged(keepsScareQuotes: options.scareQuotes == .keep)
    reader.readInside(segmentation)
    let attributions = reader.attributions.sorted { $0.frame < $1.frame }
    var resolution = SpeakerResolution(passage: passage, entities: entities, text: text)
    return (passage, Array(zip(attributions, resolution.resolve(attributions, text: text))))
  }

  private static func quote(_ attribution: Attribution, _ entity: Int?, _ passage: Passage) -> Quote {
    var quote = Quote(
      kind: attribution.kind, spans: attribution.spans, quoted: attribution.quoted,
      speaker: attribution.speaker.map { Quote.Speaker(passage.span($0), entity: entity) },
      cue: attribution.cue.map { passage.span($0) },
      confidence: ConfidenceTable.news[attribution.construction, SpeakerForm(attribution.speaker, in: passage)])
    quote.heading = passage.frames[attribution.frame].isHeading
    return quote
  }

  /// Ties each quotation to the smallest one whose content holds it.
  private static func nest(_ quotes: inout [Quote]) {
    var around: [Int] = []
    for at in quotes.indices {
      let hull = quotes[at].hull
      while let last = around.last, quotes[last].hull.end <= hull.start { around.removeLast() }
      quotes[at].within = around.last { index in quotes[index].spans.contains { $0 != hull && $0.contains(hull) } }
      around.append(at)
    }
  }

  private static func words(_ spans: [ByteSpan], _ segmentation: Segmentation) -> Int {
    var count = 0
    for span in spans {
      var (low, high) = (0, segmentation.tokens.count)
      while low < high {
        let middle = (low + high) / 2
        if segmentation.tokens[middle].span.start < span.start { low = middle + 1 } else { high = middle }
      }
      while low < segmentation.tokens.count, segmentation.tokens[low].span.end <= span.end {
        let kind = segmentation.tokens[low].kind
        if kind == .word || kind == .number { count += 1 }
        low += 1
      }
    }
    return count
  }
}
