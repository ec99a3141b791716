import ArticleIO
import BuiltinStages
import Bytes
import PipelineKit
import StageKit
import Testing

/// A stage with a result of its own: all that it takes.
private struct Keywords: Stage {
  static let layer = OwnLayer<[ByteSpan]>(
    "keywords", help: "Long words.", .list(.span()),
    write: { writer, words in writer.list(words) { $0.span($1) } },
    read: { node, reader throws(RecordProblem) in try reader.spans(node) },
    problems: { words, article in SpanRules.apart.problems(words, in: article.text) })

  static let declaration = StageDeclaration<NoOptions>(
    name: "keywords", summary: "Finds long words.", requires: [.tokens], provides: [layer.layer],
    examples: [
      StageExample(
        "words of seven letters and more", input: "Ada inspected it.",
        expect: "{layers: {keywords: [{start: 4, end: 13}]}}")
    ])

  init(options: NoOptions, context: StageContext) {}

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    article[Self.layer] = article.segmentation?.tokens.map(\.span).filter { $0.count >= 7 }
  }
}

/// A stage that is known at run time only, as a manifest would give it.
private struct Scorer: ArticleProcessor {
  static let layer = OwnLayer<JSONValue>(
    "mood", help: "How it sounds.", json: .object([.init("score", .ratio, "0 to 1.")]))

  static let kind = StageKind(
    name: "mood", summary: "Says how it sounds.", provides: [layer.layer],
    options: Keywords.declaration.options.specs
  ) { _, _ in Scorer() }

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    article[Self.layer] = .object([.init(key: "score", value: .number("0.5000"))])
  }
}

@Suite struct OwnLayerTests {
  private let registry = StageRegistry(
    StageRegistry.builtin.stages + [StageKind(Keywords.self), Scorer.kind])

  private func load(_ stages: String) -> LoadedPipelines {
    Pipeline.load(
      [SourceFile(path: "a.yaml", bytes: Array("name: a\nstages: \(stages)".utf8))], registry: registry,
      context: .installed)
  }

  @Test func aStagesOwnLayerComesIntoTheRecordAndItsSchema() throws {
    let pipeline = try #require(load("[segment, keywords, mood]").pipelines.first)
    let raw = RawArticle(bytes: Array("The mayor inspected it.".utf8), line: nil, format: .text)
    let cast = try Caster(pipeline: pipeline).cast(raw, name: Array("a.txt".utf8)).get()
    let record = try JSONValue(parsing: cast.line(nil))
    #expect(
      String(decoding: try #require(record["layers"]).encoded, as: UTF8.self)
        == #"{"keywords":[{"start":10,"end":19}],"mood":{"score":0.5000}}"#)
    let schema = RecordSchema(pipeline.recordForm)
    #expect(schema.problems(in: record) == [])
    let keywords = try JSONValue(parsing: schema.jsonSchema)["properties"]?["layers"]?["properties"]?["keywords"]
    #expect(keywords?["description"]?.string == "Long words.")
    #expect(registry.ownLayers.map(\.key) == ["keywords", "mood"])
  }

  @Test func theOrderOfTheChainIsCheckedAsForAnyStage() {
    #expect(
      load("[keywords, segment]").diagnostics.map(\.message) == ["‘keywords’ needs tokens: move ‘segment’ before it"])
    #expect(load("[segment, keywords, clean]").diagnostics.count == 1)
    #expect(load("[mood, clean]").diagnostics.isEmpty)
  }

  @Test func itsExamplesAreTestsToo() {
    let kind = StageKind(Keywords.self)
    for example in kind.examples { #expect(failures(of: example, of: kind, in: registry) == []) }
  }
}
