import Bytes

/// A quotation or reported speech: what was said, by whom, and the word that says so.
public struct Quote: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable { case direct, indirect, mixed }

  public struct Speaker: Sendable, Equatable {
    /// As written at the cue: “he”, “Lavrov”, “the minister”.
    public var span: ByteSpan
    /// Index into `Article.entities`, where it could be resolved.
    public var entity: Int?
    public init(_ span: ByteSpan, entity: Int? = nil) {
      self.span = span
      self.entity = entity
    }
  }

  public var kind: Kind
  /// The content, without cue, speaker and outer quotation marks; several for a split quotation. Sorted, never empty.
  public var spans: [ByteSpan]
  /// The verbatim stretches: all of a direct quotation, none of an indirect one.
  public var quoted: [ByteSpan]
  public var speaker: Speaker?
  public var cue: ByteSpan?
  /// Whether it stands in a heading.
  public var heading = false
  /// Index of the enclosing quotation.
  public var within: Int?
  /// 0...1.
  public var confidence: Double

  /// From the start of the first content span to the end of the last.
  public var hull: ByteSpan {
    ByteSpan(spans.first?.start ?? 0, spans.last?.end ?? 0)
  }

  public init(
    kind: Kind, spans: [ByteSpan], quoted: [ByteSpan], speaker: Speaker? = nil, cue: ByteSpan? = nil,
    confidence: Double
  ) {
    self.kind = kind
    self.spans = spans
    self.quoted = quoted
    self.speaker = speaker
    self.cue = cue
    self.confidence = confidence
  }
}

extension Layer {
  public static let quotes = Layer(
    "quotes", help: "Quotations and reported speech.", .list(Quote.shape),
    get: \.quotes, set: { $0.quotes = $1 },
    write: { writer, quotes in
      writer.list(quotes.indices) { $0.quote(quotes[$1], at: $1) }
    },
    read: { node, reader, article throws(RecordProblem) in
      var index = 0
      return try node.list { node throws(RecordProblem) in
        defer { index += 1 }
        return try Quote(node, reader, index: index, entities: article.entities?.count ?? 0)
      }
    },
    problems: { quotes, article in
      quotes.enumerated().flatMap { index, quote in
        quote.problems(among: quotes, in: article).map { "quotation \(index): \($0)" }
      }
    })
}

extension Quote {
  fileprivate static let shape = Shape.object([
    .init("id", .integer(from: 0), "Place in the list."),
    .init("kind", .cases(of: Kind.self), "direct: all verbatim; mixed: in part; indirect: none."),
    Shape.start, Shape.end,
    .init("spans", .list(.span()), "The content, without cue, speaker and outer marks."),
    .init("text", .text, "The spans joined by “ … ”."),
    .init("quoted", .list(.span()), "The verbatim stretches."),
    .init("heading", .bool, "Whether it stands in a heading."),
    .init("within", .nullable(.integer(from: 0)), "Id of the enclosing quotation."),
    .init(
      "speaker",
      .nullable(
        .span(
          .init("text", .text, "As written."), .init("entity", .nullable(.integer(from: 0)), "Id in `entities`."),
          .init("name", .nullable(.keyword), "The entity's name."))), "Who said it."),
    .init("cue", .nullable(.words), "The words that say so: “said”."),
    .init("confidence", .ratio, "How sure this is."),
  ])

  /// - Parameter entities: how many entities a speaker may be one of.
  fileprivate init(_ node: RecordNode, _ reader: LayerReader, index: Int, entities: Int) throws(RecordProblem) {
    guard try node["id"].integer() == index else {
      throw RecordProblem(node["id"].path, "expected \(index), its place in the list")
    }
    let spans = try reader.spans(node["spans"])
    if spans.isEmpty { throw RecordProblem(node["spans"].path, "a quotation has at least one span") }
    self.init(
      kind: try node["kind"].choice(Kind.self), spans: spans, quoted: try reader.spans(node["quoted"]),
      confidence: try node["confidence"].ratio())
    heading = try node["heading"].bool()
    within = try node["within"].optional { node throws(RecordProblem) in try node.integer() }
    cue = try node["cue"].optional { node throws(RecordProblem) in try reader.span(node) }
    speaker = try node["speaker"].optional { node throws(RecordProblem) in
      let entity = try node["entity"].optional { node throws(RecordProblem) in try node.integer() }
      if let entity, entity >= entities { throw RecordProblem(node["entity"].path, "there is no entity \(entity)") }
      return Speaker(try reader.span(node), entity: entity)
    }
  }

  fileprivate func problems(among quotes: [Quote], in article: Article) -> [String] {
    var problems =
      SpanRules.apart.problems(spans, in: article.text) + SpanRules.apart.problems(quoted, in: article.text)
    if spans.isEmpty { problems.append("it has no content") }
    if let outer = within, !quotes.indices.contains(outer) {
      problems.append("there is no quotation \(outer) around it")
    }
    if let entity = speaker?.entity, !(article.entities ?? []).indices.contains(entity) {
      problems.append("its speaker is entity \(entity), which is not there")
    }
    return problems
  }
}

extension ArticleWriter {
  fileprivate mutating func quote(_ quote: Quote, at index: Int) {
    json.raw("{\"id\":")
    json.integer(index)
    key("kind")
    json.string(quote.kind.rawValue)
    json.raw(",")
    bounds(quote.hull)
    key("spans")
    list(quote.spans) { $0.span($1) }
    key("text")
    var joined = [UInt8]()
    for (place, span) in quote.spans.enumerated() {
      if place > 0 { joined.append(contentsOf: " … ".utf8) }
      joined.append(contentsOf: article.text[span.range])
    }
    json.string(joined)
    key("quoted")
    list(quote.quoted) { $0.span($1) }
    key("heading")
    json.raw(quote.heading ? "true" : "false")
    key("within")
    optional(quote.within)
    key("speaker")
    speaker(quote.speaker)
    key("cue")
    if let cue = quote.cue { quotation(cue) } else { json.raw("null") }
    key("confidence")
    json.ratio(quote.confidence)
    json.raw("}")
  }

  private mutating func speaker(_ speaker: Quote.Speaker?) {
    guard let speaker else { return json.raw("null") }
    json.raw("{")
    bounds(speaker.span)
    words(speaker.span)
    key("entity")
    optional(speaker.entity)
    key("name")
    optional(speaker.entity.flatMap { article.entities?[$0].name })
    json.raw("}")
  }
}
