import Bytes
import StageKit

/// What a record says beside what its article holds.
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

/// What the records of one pipeline look like.
public struct RecordForm: Sendable {
  /// What offsets into the text count.
  public var offsets: OffsetUnit
  /// Whether records say where each byte of their text, and each piece of the metadata, stood in the source.
  public var alignment: Bool
  /// What the stages provide.
  public var layers: [Layer]
  /// In the order of the record, with those that are always there.
  public let keys: [RecordKey]

  /// - Parameter keys: what records have beside the keys that are always there.
  public init(
    offsets: OffsetUnit = .codepoints, alignment: Bool = false, layers: [Layer] = Layer.builtin,
    keys: [RecordKey] = RecordKey.allCases
  ) {
    self.offsets = offsets
    self.alignment = alignment
    self.layers = layers
    self.keys = RecordKey.allCases.filter { $0.isAlwaysThere || keys.contains($0) }
  }

  /// Those that stand under `layers`.
  /// A layer that two stages of a chain provide, one on top of the other, stands there once.
  public var ownLayers: [Layer] {
    layers.reduce(into: []) { own, layer in if layer.place == .layers, !own.contains(layer) { own.append(layer) } }
  }
}

/// A record but for what only the commit can know: the number that it corrects, and the layer that is decided in the order
/// of arrival.
public struct RecordParts: Sendable {
  public let bytes: [UInt8]
  public let revision: Int
  public let decision: Int?

  /// - Parameters:
  ///   - bytes: the line with its line end.
  ///   - revision: where in it the number goes, or `null`.
  ///   - decision: where in it the layer goes, or `null`; not before `revision`. `nil` where the line does not have it.
  init(_ bytes: [UInt8], revision: Int, decision: Int?) {
    self.bytes = bytes
    self.revision = revision
    self.decision = decision
  }

  /// Of bytes that another process made.
  ///
  /// - Returns: `nil` where they are not one line of text that looks like a record, or the places do not lie in it.
  public init?(checking bytes: [UInt8], revision: Int, decision: Int?) {
    guard revision >= 0, revision <= decision ?? revision, decision ?? revision < bytes.count,
      bytes.starts(with: "{\"schema\":".utf8), bytes.suffix(2).elementsEqual("}\n".utf8),
      bytes.span.firstOffset(of: 0x0A, in: 0..<bytes.count) == bytes.count - 1, bytes.firstInvalidUTF8 == nil
    else { return nil }
    self.init(bytes, revision: revision, decision: decision)
  }

  /// The whole line with its line end.
  public func line(_ decided: Decision) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(bytes.count + decided.layer.count + 24)
    write(decided, to: &line)
    return line
  }

  /// Appends the same to `output`.
  public func write(_ decided: Decision, to output: inout [UInt8]) {
    output.append(contentsOf: bytes[..<revision])
    if let number = decided.revisionOf {
      output.append(contentsOf: String(number).utf8)
    } else {
      output.append(contentsOf: "null".utf8)
    }
    guard let decision else { return output.append(contentsOf: bytes[revision...]) }
    output.append(contentsOf: bytes[revision..<decision])
    if decided.layer.isEmpty {
      output.append(contentsOf: "null".utf8)
    } else {
      output.append(contentsOf: decided.layer)
    }
    output.append(contentsOf: bytes[decision...])
  }
}

/// Articles to lines of schema `linecaster/1`.
public struct RecordWriter: Sendable {
  public static let schema = "linecaster/1"
  /// Of the lines about articles that a pipeline discards.
  public static let discardedSchema = "linecaster-discarded/1"

  public let form: RecordForm
  /// The keys behind `revision_of`, each with what stands before its value.
  private let members: [(key: RecordKey, name: [UInt8])]

  public init(_ form: RecordForm = RecordForm()) {
    self.form = form
    members = form.keys.filter { !$0.isAlwaysThere }.map { ($0, Array(",\"\($0.rawValue)\":".utf8)) }
  }

  public func parts(of article: Article, stamp: RecordStamp) -> RecordParts {
    var writer = ArticleWriter(article, offsets: form.offsets)
    writer.head(Self.schema, stamp, form)
    let revision = writer.json.bytes.count
    var decision: Int?
    for (key, name) in members {
      writer.json.raw(name)
      if key == .duplicates { decision = writer.json.bytes.count } else { writer.value(of: key, form) }
    }
    writer.json.raw("}\n")
    return RecordParts(writer.json.take(), revision: revision, decision: decision)
  }

  /// The line about an article that its pipeline discards: where it came from, and why.
  public func discarded(_ article: Article, for reason: String, stamp: RecordStamp) -> RecordParts {
    var writer = ArticleWriter(article, offsets: form.offsets)
    writer.head(Self.discardedSchema, stamp, form)
    let revision = writer.json.bytes.count
    writer.key("reason")
    writer.json.string(reason)
    writer.json.raw("}\n")
    return RecordParts(writer.json.take(), revision: revision, decision: nil)
  }

  /// The whole line of an article that nothing is decided of.
  public func line(of article: Article, stamp: RecordStamp) -> [UInt8] {
    parts(of: article, stamp: stamp).line(Decision())
  }
}

/// A name as JSON can hold it: names on Linux need not be text.
private struct FileName {
  /// U+FFFD where the bytes are not UTF-8.
  var text: [UInt8]
  /// All bytes, where `text` lost some.
  var base64: [UInt8]?

  init(_ bytes: [UInt8]) {
    let isText = bytes.firstInvalidUTF8 == nil
    text = isText ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
    base64 = isText ? nil : Base64.encode(bytes)
  }
}

// The keys of a record in their fixed order.
extension ArticleWriter {
  /// Up to the value of `revision_of`.
  fileprivate mutating func head(_ schema: String, _ stamp: RecordStamp, _ form: RecordForm) {
    json.raw("{\"schema\":")
    json.string(schema)
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
    key("offsets")
    json.string(form.offsets.rawValue)
    json.raw("}")
    key("revision_of")
  }

  private mutating func source() {
    let source = article.source
    let (name, path) = (FileName(source.name), source.path.map(FileName.init))
    key("source")
    json.raw("{\"name\":")
    json.string(name.text)
    key("name_b64")
    optional(name.base64)
    key("path")
    optional(path?.text)
    key("path_b64")
    optional(path?.base64)
    key("line")
    optional(source.line)
    key("format")
    json.string(source.format)
    key("encoding")
    json.string(source.encoding)
    key("bytes")
    json.integer(source.byteCount)
    key("sha256")
    json.string(Hex.encode(source.sha256))
    json.raw("}")
  }

  fileprivate mutating func value(of key: RecordKey, _ form: RecordForm) {
    let metadata = article.metadata
    switch key {
    // Of the head, and decided in the order of arrival.
    case .schema, .id, .seq, .received, .source, .pipeline, .revisionOf, .duplicates: break
    case .url: optional(metadata.url)
    case .title: optional(metadata.title)
    case .byline: texts(metadata.byline)
    case .dateline: dateline(metadata.dateline)
    case .published: optional(metadata.published)
    case .publishedAt: optional(metadata.publishedAt)
    case .language: optional(metadata.language)
    case .captions: texts(metadata.captions)
    case .credits: texts(metadata.credits)
    case .tags: texts(metadata.tags)
    case .text: json.string(article.text)
    case .paragraphs: write(.paragraphs)
    case .sentences: write(.sentences)
    case .tokens: write(.tokens)
    case .entities: write(.entities)
    case .quotes: write(.quotes)
    case .layers: ownLayers(form)
    case .alignment: if form.alignment { runs() } else { json.raw("null") }
    case .places: if form.alignment, let places = article.places { self.places(places) } else { json.raw("null") }
    case .errors: errors()
    case .meta: if let extra = metadata.extra { json.raw(extra) } else { json.raw("null") }
    }
  }

  private mutating func dateline(_ dateline: Article.Dateline?) {
    guard let dateline else { return json.raw("null") }
    json.raw("{\"place\":")
    optional(dateline.place)
    key("agency")
    optional(dateline.agency)
    key("date")
    optional(dateline.date)
    json.raw(",")
    bounds(dateline.span)
    json.raw("}")
  }

  private mutating func ownLayers(_ form: RecordForm) {
    json.raw("{")
    for (place, layer) in form.ownLayers.enumerated() {
      if place > 0 { json.raw(",") }
      json.string(layer.key)
      json.raw(":")
      write(layer)
    }
    json.raw("}")
  }

  private mutating func errors() {
    list(article.errors) {
      $0.json.raw("{\"stage\":")
      $0.json.string($1.stage ?? "")
      $0.key("class")
      $0.json.string($1.class)
      $0.key("message")
      $0.json.string($1.message)
      $0.json.raw("}")
    }
  }

  /// `[start, end]` each, in bytes of the source as UTF-8.
  private mutating func places(_ places: Article.MetadataPlaces) {
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
  private mutating func runs() {
    list((article.alignment ?? Alignment(identityOf: article.text.count)).runs) {
      $0.json.raw("[")
      $0.offset($1.text.start)
      $0.json.raw(",")
      $0.offset($1.text.end)
      $0.json.raw(",")
      $0.json.integer($1.source.start)
      $0.json.raw(",")
      $0.json.integer($1.source.end)
      $0.json.raw("]")
    }
  }
}
