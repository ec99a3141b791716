import StageKit

/// What the house knows of a record beside its article.
public struct RecordStamp: Sendable {
  public var sequence: UInt64?
  /// RFC 3339 in UTC, to the second.
  public var received: [UInt8]?
  public var pipelineName: [UInt8]
  public var pipelineDigest: [UInt8]

  public init(sequence: UInt64?, received: [UInt8]?, pipelineName: [UInt8], pipelineDigest: [UInt8]) {
    self.sequence = sequence
    self.received = received
    self.pipelineName = pipelineName
    self.pipelineDigest = pipelineDigest
  }
}

/// A record but for its `duplicates`, which only the commit thread can know.
public struct RecordHalves: Sendable {
  var head: [UInt8]
  var tail: [UInt8]

  /// The whole line with its line end.
  public consuming func line(duplicates: Duplicates?) -> [UInt8] {
    var writer = JSONWriter()
    writer.duplicates(duplicates)
    var line = head
    line.reserveCapacity(head.count + writer.bytes.count + tail.count)
    line.append(contentsOf: writer.bytes)
    line.append(contentsOf: tail)
    return line
  }

  /// Bytes held.
  public var count: Int { head.count + tail.count }
}

/// Articles to lines of schema `linecaster/1`.
public struct RecordWriter: Sendable {
  public static let schema = "linecaster/1"

  private let unit: OffsetUnit
  private let writesAlignment: Bool

  /// - Parameter alignment: whether records say where each byte of their text, and each piece of the metadata, stood in
  ///   the source.
  public init(offsets unit: OffsetUnit = .codepoints, alignment: Bool = false) {
    self.unit = unit
    writesAlignment = alignment
  }

  public func halves(of article: Article, stamp: RecordStamp) -> RecordHalves {
    var writer = ArticleWriter(article, unit: unit)
    writer.head(stamp)
    let head = writer.json.take()
    writer.tail(alignment: writesAlignment)
    return RecordHalves(head: head, tail: writer.json.take())
  }

  /// The whole line, duplicates as the article has them.
  public func line(of article: Article, stamp: RecordStamp) -> [UInt8] {
    halves(of: article, stamp: stamp).line(duplicates: article.duplicates)
  }
}

/// Writes the keys of one record in their fixed order.
private struct ArticleWriter {
  let article: Article
  let map: OffsetMap
  var json: JSONWriter

  init(_ article: Article, unit: OffsetUnit) {
    self.article = article
    map = OffsetMap(article.text.span, unit: unit)
    json = JSONWriter(reserving: article.text.count * 2 + 2048)
  }

  // MARK: Parts

  mutating func key(_ name: StaticString) {
    json.raw(",\"")
    json.raw(name)
    json.raw("\":")
  }

  mutating func optional(_ text: [UInt8]?) {
    if let text { json.string(text) } else { json.raw("null") }
  }

  mutating func list<Elements: Collection>(_ elements: Elements?, _ write: (inout Self, Elements.Element) -> Void) {
    guard let elements else { return json.raw("null") }
    json.byte(UInt8(ascii: "["))
    var isFirst = true
    for element in elements {
      if !isFirst { json.byte(UInt8(ascii: ",")) }
      isFirst = false
      write(&self, element)
    }
    json.byte(UInt8(ascii: "]"))
  }

  mutating func texts(_ texts: [[UInt8]]) { list(texts) { $0.json.string($1) } }

  func offset(_ bytes: Int) -> Int { map(bytes, in: article.text.span) }

  /// `"start":…,"end":…` without braces.
  mutating func bounds(_ span: ByteSpan) {
    json.raw("\"start\":")
    json.integer(offset(span.start))
    json.raw(",\"end\":")
    json.integer(offset(span.end))
  }

  mutating func span(_ span: ByteSpan) {
    json.byte(UInt8(ascii: "{"))
    bounds(span)
    json.byte(UInt8(ascii: "}"))
  }

  mutating func words(_ span: ByteSpan) {
    key("text")
    json.string(article.text, span.range)
  }

  // MARK: Head

  mutating func head(_ stamp: RecordStamp) {
    json.raw("{\"schema\":\"linecaster/1\"")
    key("id")
    json.string(article.id)
    key("seq")
    if let sequence = stamp.sequence { json.integer(sequence) } else { json.raw("null") }
    key("received")
    optional(stamp.received)
    source()
    key("pipeline")
    json.raw("{\"name\":")
    json.string(stamp.pipelineName)
    key("digest")
    json.string(stamp.pipelineDigest)
    json.raw("}")
    metadata()
    key("text")
    json.string(article.text)
    structure()
    key("entities")
    list(article.entities.map { Array($0.enumerated()) }) { $0.entity($1.offset, $1.element) }
    key("quotes")
    list(article.quotes.map { Array($0.enumerated()) }) { $0.quote($1.offset, $1.element) }
    key("duplicates")
  }

  mutating func source() {
    let source = article.source
    let isText = source.name.firstInvalidUTF8 == nil
    key("source")
    json.raw("{\"name\":")
    json.string(isText ? source.name : Array(String(decoding: source.name, as: UTF8.self).utf8))
    key("name_b64")
    optional(isText ? nil : Base64.encode(source.name))
    key("line")
    if let line = source.line { json.integer(line) } else { json.raw("null") }
    key("format")
    json.string(source.format.rawValue)
    key("encoding")
    json.string(source.encoding)
    key("bytes")
    json.integer(source.byteCount)
    key("sha256")
    json.string(Hex.encode(source.sha256))
    json.raw("}")
  }

  mutating func metadata() {
    let metadata = article.metadata
    key("url")
    optional(metadata.url)
    key("title")
    optional(metadata.title)
    key("byline")
    texts(metadata.byline)
    key("dateline")
    if let dateline = metadata.dateline {
      json.raw("{\"place\":")
      optional(dateline.place)
      key("agency")
      optional(dateline.agency)
      key("date")
      optional(dateline.date)
      json.raw(",")
      bounds(dateline.span)
      json.raw("}")
    } else {
      json.raw("null")
    }
    key("published")
    optional(metadata.published)
    key("published_at")
    optional(metadata.publishedAt)
    key("language")
    optional(metadata.language)
    key("captions")
    texts(metadata.captions)
    key("credits")
    texts(metadata.credits)
    key("tags")
    texts(metadata.tags)
  }

  mutating func structure() {
    key("paragraphs")
    list(article.paragraphs) {
      $0.json.raw("{")
      $0.bounds($1.span)
      $0.key("kind")
      $0.json.string($1.kind.rawValue)
      $0.json.raw("}")
    }
    key("sentences")
    list(article.segmentation?.sentences) { $0.span($1.span) }
    key("tokens")
    list(article.segmentation.flatMap { $0.tokensInRecord ? $0.tokens : nil }) { $0.span($1.span) }
  }

  mutating func entity(_ index: Int, _ entity: Entity) {
    json.raw("{\"id\":")
    json.integer(index)
    key("type")
    json.string(entity.kind.rawValue)
    key("name")
    json.string(entity.name)
    key("link")
    optional(entity.link)
    key("roles")
    texts(entity.roles)
    key("value")
    optional(entity.value)
    key("amount")
    if let amount = entity.amount { json.number(amount) } else { json.raw("null") }
    key("unit")
    optional(entity.unit)
    key("mentions")
    list(entity.mentions) {
      $0.json.raw("{")
      $0.bounds($1)
      $0.words($1)
      $0.json.raw("}")
    }
    key("references")
    list(entity.references) {
      $0.json.raw("{")
      $0.bounds($1.span)
      $0.words($1.span)
      $0.key("kind")
      $0.json.string($1.kind.rawValue)
      $0.json.raw("}")
    }
    json.raw("}")
  }

  mutating func quote(_ index: Int, _ quote: Quote) {
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
    if let outer = quote.within { json.integer(outer) } else { json.raw("null") }
    key("speaker")
    speaker(quote.speaker)
    key("cue")
    if let cue = quote.cue {
      json.raw("{")
      bounds(cue)
      words(cue)
      json.raw("}")
    } else {
      json.raw("null")
    }
    key("confidence")
    json.ratio(quote.confidence)
    json.raw("}")
  }

  mutating func speaker(_ speaker: Quote.Speaker?) {
    guard let speaker else { return json.raw("null") }
    json.raw("{")
    bounds(speaker.span)
    words(speaker.span)
    key("entity")
    if let entity = speaker.entity { json.integer(entity) } else { json.raw("null") }
    key("name")
    optional(speaker.entity.flatMap { article.entities?[$0].name })
    json.raw("}")
  }

  // MARK: Tail

  mutating func tail(alignment: Bool) {
    key("layers")
    json.raw("{")
    for (place, layer) in article.pluginLayers.enumerated() {
      if place > 0 { json.raw(",") }
      json.string(layer.name)
      json.raw(":")
      json.raw(layer.json)
    }
    json.raw("}")
    key("alignment")
    if alignment { runs() } else { json.raw("null") }
    key("where")
    if alignment, let places = article.places { self.places(places) } else { json.raw("null") }
    key("errors")
    list(article.errors) {
      $0.json.raw("{\"stage\":")
      $0.json.string($1.stage ?? "")
      $0.key("class")
      $0.json.string($1.class)
      $0.key("message")
      $0.json.string($1.message)
      $0.json.raw("}")
    }
    key("meta")
    if let extra = article.metadata.extra { json.raw(extra) } else { json.raw("null") }
    json.raw("}\n")
  }

  /// `[start, end]` each, in bytes of the source as UTF-8.
  mutating func places(_ places: Article.MetadataPlaces) {
    func span(_ writer: inout Self, _ span: ByteSpan?) {
      guard let span else { return writer.json.raw("null") }
      writer.json.raw("[")
      writer.json.integer(span.start)
      writer.json.raw(",")
      writer.json.integer(span.end)
      writer.json.raw("]")
    }
    json.raw("{\"title\":")
    span(&self, places.title)
    key("byline")
    list(places.byline) { span(&$0, $1) }
    key("captions")
    list(places.captions) { span(&$0, $1) }
    key("credits")
    list(places.credits) { span(&$0, $1) }
    key("date")
    span(&self, places.date)
    json.raw("}")
  }

  /// `[start, end, source start, source end]`; the source side counts bytes of the source as UTF-8.
  mutating func runs() {
    list((article.alignment ?? Alignment(identityOf: article.text.count)).runs) {
      $0.json.raw("[")
      $0.json.integer($0.offset($1.text.start))
      $0.json.raw(",")
      $0.json.integer($0.offset($1.text.end))
      $0.json.raw(",")
      $0.json.integer($1.source.start)
      $0.json.raw(",")
      $0.json.integer($1.source.end)
      $0.json.raw("]")
    }
  }
}

extension JSONWriter {
  fileprivate mutating func duplicates(_ duplicates: Duplicates?) {
    guard let duplicates else { return raw("null") }
    raw("{\"status\":")
    string(duplicates.status.rawValue)
    raw(",\"of\":")
    if let best = duplicates.matches.first { string(best.id) } else { raw("null") }
    raw(",\"cluster\":")
    string(duplicates.cluster)
    raw(",\"revision_of\":")
    if let earlier = duplicates.revisionOf { integer(earlier) } else { raw("null") }
    raw(",\"matches\":[")
    for (place, match) in duplicates.matches.enumerated() {
      if place > 0 { raw(",") }
      raw("{\"id\":")
      string(match.id)
      raw(",\"seq\":")
      if let sequence = match.sequence { integer(sequence) } else { raw("null") }
      raw(",\"similarity\":")
      ratio(match.similarity)
      raw(",\"containment\":")
      ratio(match.containment)
      raw(",\"share_of_this\":")
      ratio(match.shareOfThis)
      raw(",\"share_of_match\":")
      ratio(match.shareOfMatch)
      raw("}")
    }
    raw("]}")
  }
}
