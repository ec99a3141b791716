import ArticleIO
import StageKit
import Testing

/// Records that leave keys out.
@Suite struct RecordKeysTests {
  private static let head = ["schema", "id", "seq", "received", "source", "pipeline", "revision_of"]

  private func parts(_ form: RecordForm) -> RecordParts {
    var article = Article(
      source: Article.Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 4, sha256: []),
      id: [0x61], text: Array("Tea.".utf8))
    article.metadata.title = Array("T".utf8)
    let stamp = RecordStamp(sequence: 7, received: nil, pipelineName: [0x61], pipelineDigest: [0x62])
    return RecordWriter(form).parts(of: article, stamp: stamp)
  }

  private func keys(_ value: JSONValue) -> [String] {
    if case .object(let members) = value { members.map(\.key) } else { [] }
  }

  @Test func theKeysAreThoseOfTheSchema() throws {
    let record = try JSONValue(parsing: parts(RecordForm()).line(Decision()))
    #expect(keys(record) == RecordKey.allCases.map(\.rawValue))
    #expect(RecordSchema().problems(in: record) == [])
    #expect(RecordKey.allCases.filter(\.isAlwaysThere).map(\.rawValue) == Self.head)
  }

  @Test func whatIsLeftOutIsAbsentInRecordAndSchema() throws {
    let form = RecordForm(keys: [.duplicates, .title, .text, .title])
    let line = parts(form).line(Decision(layer: Array(#"{"status":"unique"}"#.utf8), revisionOf: 3))
    let record = try JSONValue(parsing: line)
    #expect(keys(record) == Self.head + ["title", "text", "duplicates"])
    #expect(record["revision_of"]?.int == 3 && record["duplicates"]?["status"]?.string == "unique")
    let schema = RecordSchema(form)
    #expect(schema.problems(in: record).allSatisfy { $0.hasPrefix("duplicates") })
    #expect(RecordSchema().problems(in: record).contains { $0.contains("the keys are") })
    #expect(
      keys(try JSONValue(parsing: schema.jsonSchema)["properties"] ?? .null) == Self.head + [
        "title", "text", "duplicates",
      ])
    #expect(!schema.duckDBColumns.contains("quotes") && schema.duckDBColumns.contains("\"title\": 'VARCHAR'"))
    #expect(try JSONValue(parsing: schema.openSearchMapping)["mappings"]?["properties"]?["quotes"] == nil)
  }

  /// Every choice of keys gives a line of its own schema, with and without what is decided in order.
  @Test func everyKeyCanBeLeftOut() throws {
    for key in RecordKey.allCases {
      let form = RecordForm(keys: RecordKey.allCases.filter { $0 != key })
      let parts = parts(form)
      let record = try JSONValue(parsing: parts.line(Decision()))
      #expect(keys(record).contains(key.rawValue) == key.isAlwaysThere)
      #expect(RecordSchema(form).problems(in: record) == [])
      #expect(RecordParts(checking: parts.bytes, revision: parts.revision, decision: parts.decision) != nil)
    }
  }

  @Test func placesFromAnotherProcessLieInTheLine() {
    let bytes = parts(RecordForm()).bytes
    for (revision, decision) in [(-1, nil), (bytes.count, nil), (5, 4), (5, bytes.count), (0, -1)] as [(Int, Int?)] {
      #expect(RecordParts(checking: bytes, revision: revision, decision: decision) == nil)
    }
    #expect(RecordParts(checking: bytes, revision: 0, decision: nil) != nil)
  }
}
