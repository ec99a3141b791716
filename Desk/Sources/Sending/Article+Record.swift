import Bytes
import StageKit

extension Article {
  /// The article that a record tells of, as far as conditions ask for it.
  ///
  /// - Throws: what in it is not as records have it.
  init(record: JSONValue) throws(RecordProblem) {
    let node = RecordNode(record, path: "")
    let source = node["source"]
    let line = try source["line"].optional { node throws(RecordProblem) in try node.integer() }
    self.init(
      source: Source(
        name: try source["name"].optional(Self.text) ?? [], path: try source["path"].optional(Self.text),
        line: line, format: source["format"].value.string ?? "", encoding: source["encoding"].value.string ?? "",
        byteCount: source["bytes"].value.int ?? 0, sha256: []),
      id: try node["id"].text(), text: try node["text"].optional(Self.text) ?? [])
    metadata.url = try node["url"].optional(Self.text)
    metadata.title = try node["title"].optional(Self.text)
    metadata.byline = try node["byline"].optional(Self.texts) ?? []
    metadata.tags = try node["tags"].optional(Self.texts) ?? []
    metadata.published = try node["published"].optional(Self.text)
    metadata.language = try node["language"].optional(Self.text)
    if !node["dateline"].isNull {
      metadata.dateline = Dateline(
        place: try node["dateline"]["place"].optional(Self.text),
        agency: try node["dateline"]["agency"].optional(Self.text), date: nil, span: ByteSpan(0, 0))
    }
    for error in node["errors"].value.array ?? [] {
      var told = StageError(
        .limitsLayer, ownClass: error["class"]?.string ?? "", error["message"]?.string ?? "")
      told.stage = error["stage"]?.string
      errors.append(told)
    }
    if node["text"].isNull { return }
    let unit = node["pipeline"]["offsets"].value.string.flatMap(OffsetUnit.init(rawValue:)) ?? .codepoints
    let reader = LayerReader(text: text, offsets: unit)
    for layer in [Layer.paragraphs, .sentences, .entities, .quotes] where !node[layer.key].isNull {
      try read(layer, from: node[layer.key], reader)
    }
  }

  private static func text(_ node: RecordNode) throws(RecordProblem) -> [UInt8] { try node.text() }

  private static func texts(_ node: RecordNode) throws(RecordProblem) -> [[UInt8]] {
    try node.list { element throws(RecordProblem) in try element.text() }
  }
}
