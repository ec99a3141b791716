import ArticleIO
import StageKit
import Testing

/// The records of one pipeline, as its schema has them.
@Suite struct RecordFormTests {
  private static let mood = OwnLayer<JSONValue>(
    "mood", help: "How it sounds.", json: .object([.init("score", .ratio, "0 to 1.")]))

  private func line(_ form: RecordForm, mood: String?) throws -> JSONValue {
    var article = Article(
      source: Article.Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 4, sha256: []),
      id: [0x61], text: Array("Tea.".utf8))
    article[Self.mood] = try mood.map { try JSONValue(parsing: Array($0.utf8)) }
    let stamp = RecordStamp(sequence: nil, received: nil, pipelineName: [0x61], pipelineDigest: [0x62])
    return try JSONValue(parsing: RecordWriter(form).line(of: article, stamp: stamp))
  }

  @Test func ownLayersStandUnderTheirNames() throws {
    let form = RecordForm(layers: [.sentences, Self.mood.layer])
    let record = try line(form, mood: #"{"score":0.5}"#)
    #expect(record["layers"]?["mood"]?["score"]?.double == 0.5)
    #expect(RecordSchema(form).problems(in: record) == [])
    #expect(RecordSchema(ownLayers: [Self.mood.layer]).problems(in: record) == [])
    #expect(RecordSchema().problems(in: record) == [])
    #expect(try line(form, mood: nil)["layers"]?["mood"] == .null)
  }

  @Test func theSchemaOfAPipelineTakesItsRecordsAlone() throws {
    let form = RecordForm(offsets: .utf8, layers: [.sentences, Self.mood.layer])
    let schema = RecordSchema(form)
    #expect(schema.problems(in: try line(form, mood: #"{"score":7}"#)).first?.hasPrefix("layers.mood.score") == true)
    var other = form
    other.offsets = .utf16
    #expect(schema.problems(in: try line(other, mood: nil)) == ["pipeline.offsets: expected one of utf8"])
    other = form
    other.alignment = true
    #expect(schema.problems(in: try line(other, mood: nil)).contains("alignment: expected null"))
    other = form
    other.layers.removeLast()
    #expect(schema.problems(in: try line(other, mood: nil)).first?.hasPrefix("layers: the keys are") == true)
  }

  @Test func aLayerThatNoStageProvidesIsNullInTheSchemaToo() throws {
    let schema = try JSONValue(parsing: RecordSchema(RecordForm(layers: [.sentences])).jsonSchema)
    #expect(schema["properties"]?["quotes"]?["type"]?.string == "null")
    #expect(schema["properties"]?["sentences"]?["anyOf"] != nil)
    let columns = RecordSchema(RecordForm(layers: [.sentences, Self.mood.layer])).duckDBColumns
    #expect(columns.contains(#""layers": 'STRUCT("mood" STRUCT("score" DOUBLE))'"#))
  }
}
