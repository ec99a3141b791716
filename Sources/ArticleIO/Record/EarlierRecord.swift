import Bytes
import StageKit

/// A record of an article that runs through a chain again, of which the first stages are the same as then: what it holds of
/// them need not be found again.
public struct EarlierRecord: Sendable {
  /// How many stages are the same, from the first on.
  public let stages: Int
  private let record: RecordNode
  private let reader: LayerReader
  private let metadata: Article.Metadata

  /// - Parameters:
  ///   - line: of the outbox.
  ///   - sequence: the number that it has to have; `nil` for any.
  ///   - stages: of the chain that made it, as many as are the same from the first on.
  /// - Throws: where it is no record, or another one, or does not hold all that is known of an article beside its layers.
  public init(_ line: [UInt8], sequence: UInt64? = nil, stages: Int) throws(RecordProblem) {
    guard let value = try? JSONValue(parsing: line), value["schema"]?.string == RecordWriter.schema,
      let offsets = value["pipeline"]?["offsets"]?.string.flatMap(OffsetUnit.init(rawValue:))
    else { throw RecordProblem("", "it is no record") }
    if let sequence, value["seq"]?.int.flatMap(UInt64.init(exactly:)) != sequence {
      throw RecordProblem("seq", "it is another record")
    }
    for key in Self.needed where value[key.rawValue] == nil {
      throw RecordProblem(key.rawValue, "the record was written without it")
    }
    guard value[RecordKey.alignment.rawValue] ?? .null == .null else {
      throw RecordProblem(RecordKey.alignment.rawValue, "places in the source are not read back")
    }
    record = RecordNode(value, path: "")
    reader = LayerReader(text: try record[RecordKey.text.rawValue].text(), offsets: offsets)
    metadata = try Self.metadata(record, reader)
    self.stages = stages
  }

  private static let needed: [RecordKey] = [
    .url, .title, .byline, .dateline, .published, .publishedAt, .language, .captions, .credits, .tags, .text, .errors,
    .meta,
  ]

  /// Puts in what a stage had provided.
  ///
  /// - Returns: `false` where the record does not hold all of it, or says that something went wrong there; then the article
  ///   is as it was.
  /// - Throws: what is wrong with the record, and where; then, too.
  public func restore(
    _ layers: [Layer], of stage: String, in article: inout Article
  ) throws(RecordProblem) -> Bool {
    let errors = record[RecordKey.errors.rawValue].value.array ?? []
    if layers.isEmpty || errors.contains(where: { $0["stage"]?.string == stage }) { return false }
    for layer in layers where node(layer).isNull { return false }
    var filled = article
    if layers.contains(.body) {
      do throws(StageError) {
        try filled.replaceText(reader.text, alignment: Alignment(identityOf: reader.text.count))
      } catch {
        throw RecordProblem(RecordKey.text.rawValue, error.message)
      }
    }
    // Anything that it says of the text, it says of its own.
    guard reader.text == filled.text else { throw RecordProblem(RecordKey.text.rawValue, "it is another text") }
    filled.metadata = metadata
    for layer in layers where layer != .body {
      try filled.read(layer, from: node(layer), reader)
      if let problem = filled.problems(in: layer).first { throw RecordProblem(layer.key, problem) }
    }
    article = filled
    return true
  }

  private func node(_ layer: Layer) -> RecordNode {
    layer.place == .layers ? record[RecordKey.layers.rawValue][layer.key] : record[layer == .body ? "text" : layer.key]
  }

  private static func metadata(
    _ record: RecordNode, _ reader: LayerReader
  ) throws(RecordProblem) -> Article.Metadata {
    func text(_ node: RecordNode) throws(RecordProblem) -> [UInt8]? {
      try node.optional { node throws(RecordProblem) in try node.text() }
    }
    func texts(_ key: RecordKey) throws(RecordProblem) -> [[UInt8]] {
      try record[key.rawValue].list { node throws(RecordProblem) in try node.text() }
    }
    var metadata = Article.Metadata()
    metadata.url = try text(record[RecordKey.url.rawValue])
    metadata.title = try text(record[RecordKey.title.rawValue])
    metadata.byline = try texts(.byline)
    metadata.dateline = try record[RecordKey.dateline.rawValue].optional { node throws(RecordProblem) in
      Article.Dateline(
        place: try text(node["place"]), agency: try text(node["agency"]), date: try text(node["date"]),
        span: try reader.span(node))
    }
    metadata.published = try text(record[RecordKey.published.rawValue])
    metadata.publishedAt = try text(record[RecordKey.publishedAt.rawValue])
    metadata.language = try text(record[RecordKey.language.rawValue])
    (metadata.captions, metadata.credits, metadata.tags) = (try texts(.captions), try texts(.credits), try texts(.tags))
    let extra = record[RecordKey.meta.rawValue]
    metadata.extra = extra.isNull ? nil : extra.value.encoded
    return metadata
  }
}
