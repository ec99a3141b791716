import Bytes
import StageKit
import Testing

/// A layer of a stage's own: words that matter, each with how much.
struct Keyword: Sendable, Equatable {
  var span: ByteSpan
  var score: Double

  static let layer = OwnLayer<[Keyword]>(
    "keywords", help: "Words that matter.", .list(.span(.init("score", .ratio, "How much."))),
    write: { writer, keywords in
      writer.list(keywords) {
        $0.json.raw("{")
        $0.bounds($1.span)
        $0.key("score")
        $0.json.ratio($1.score)
        $0.json.raw("}")
      }
    },
    read: { node, reader throws(RecordProblem) in
      try node.list { node throws(RecordProblem) in
        Keyword(span: try reader.span(node), score: try node["score"].ratio())
      }
    },
    problems: { keywords, article in SpanRules.sorted.problems(keywords.map(\.span), in: article.text) })
}

@Suite struct LayerTests {
  private func article(_ text: String) -> Article {
    Article(
      source: Article.Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: []), id: [],
      text: Array(text.utf8))
  }

  private func value(_ layer: Layer, of article: Article, offsets: OffsetUnit = .codepoints) throws -> JSONValue {
    var writer = ArticleWriter(article, offsets: offsets)
    writer.write(layer)
    return try JSONValue(parsing: writer.json.take())
  }

  /// “Né,” said Zoë 😀 Ek of Holm.
  private func annotated() -> Article {
    var article = article("“Né,” said Zoë 😀 Ek of Holm.")
    func span(_ words: String) -> ByteSpan {
      let words = Array(words.utf8)
      let start = article.text.indices.first { article.text[$0...].starts(with: words) } ?? -1
      return ByteSpan(start, start + words.count)
    }
    let all = ByteSpan(0, article.text.count)
    article.paragraphs = [Paragraph(all, kind: .answer)]
    article.segmentation = Segmentation(
      sentences: [Sentence(all, tokens: 0..<2)],
      tokens: [Token(span("said"), kind: .word), Token(span("Holm"), kind: .word)], tokensInRecord: true)
    var person = Entity(kind: .person, name: Array("Zoë 😀 Ek".utf8), mentions: [span("Zoë 😀 Ek")])
    person.roles = [Array("of Holm".utf8)]
    person.references = [Entity.Reference(span("Ek"), kind: .description)]
    var sum = Entity(kind: .money, name: Array("Holm".utf8), mentions: [span("Holm")])
    sum.value = Array("5".utf8)
    sum.amount = 5.25
    sum.unit = Array("SEK".utf8)
    sum.link = Array("Q1".utf8)
    article.entities = [person, sum]
    var quote = Quote(
      kind: .direct, spans: [span("Né,")], quoted: [span("Né,")], speaker: Quote.Speaker(span("Ek"), entity: 0),
      cue: span("said"), confidence: 0.75)
    quote.heading = true
    quote.within = 0
    article.quotes = [quote]
    article[Keyword.layer] = [Keyword(span: span("Né"), score: 0.5), Keyword(span: span("😀"), score: 1)]
    return article
  }

  private static let all = Layer.builtin + [Keyword.layer.layer]

  @Test(arguments: OffsetUnit.allCases)
  func whatIsWrittenIsReadBack(offsets: OffsetUnit) throws {
    let article = annotated()
    var copy = self.article("")
    copy = Article(source: article.source, id: [], text: article.text)
    let reader = LayerReader(text: article.text, offsets: offsets)
    for layer in Self.all {
      try copy.read(layer, from: RecordNode(value(layer, of: article, offsets: offsets), path: layer.key), reader)
    }
    #expect(copy.paragraphs == article.paragraphs)
    #expect(copy.segmentation?.sentences == article.segmentation?.sentences)
    #expect(copy.segmentation?.tokens == article.segmentation?.tokens)
    #expect(copy.entities == article.entities)
    #expect(copy.quotes == article.quotes)
    #expect(copy[Keyword.layer] == article[Keyword.layer])
    for layer in Self.all { #expect(copy.problems(in: layer) == []) }
  }

  @Test func aLayerThatIsNotThereIsNull() throws {
    for layer in Self.all { #expect(try value(layer, of: article("Tea.")) == .null) }
  }

  @Test func whatIsReadIsChecked() throws {
    var article = annotated()
    let reader = LayerReader(text: article.text, offsets: .codepoints)
    func problem(_ layer: Layer, _ json: String) throws -> String {
      let node = RecordNode(try JSONValue(parsing: Array(json.utf8)), path: layer.key)
      let problem = #expect(throws: RecordProblem.self) { try article.read(layer, from: node, reader) }
      return problem?.description ?? ""
    }
    #expect(
      try problem(.sentences, #"[{"start":0,"end":99}]"#)
        == "sentences[0]: 0 to 99 is no stretch of whole characters of the text")
    #expect(try problem(.sentences, #"[{"start":3,"end":1}]"#).hasPrefix("sentences[0]: 3 to 1"))
    #expect(try problem(.sentences, #"[{"start":-1,"end":1}]"#) == "sentences[0].start: expected a whole number from 0")
    #expect(try problem(.paragraphs, #"[{"start":0,"end":1,"kind":"poem"}]"#).hasPrefix("paragraphs[0].kind: expected"))
    #expect(try problem(.entities, #"[{"id":1}]"#) == "entities[0].id: expected 0, its place in the list")
    #expect(try problem(.quotes, #"[{"id":0,"spans":[]}]"#) == "quotes[0].spans: a quotation has at least one span")
    #expect(try problem(Keyword.layer.layer, #"[{"start":0,"end":1,"score":7}]"#).hasPrefix("keywords[0].score"))
    let bytes = LayerReader(text: article.text, offsets: .utf8)
    let cut = RecordNode(try JSONValue(parsing: Array(#"[{"start":1,"end":3}]"#.utf8)), path: "sentences")
    #expect(throws: RecordProblem.self) { try article.read(.sentences, from: cut, bytes) }
  }

  @Test func theTextStaysUnderALayerThatStandsOnIt() throws {
    var article = article("Tea.")
    article[Keyword.layer] = []
    let error = #expect(throws: StageError.self) {
      try article.replaceText(Array("Tee.".utf8), alignment: Alignment(identityOf: 4))
    }
    #expect(error?.class == "text_replaced_late")
    article[Keyword.layer] = nil
    try article.replaceText(Array("Tee.".utf8), alignment: Alignment(identityOf: 4))
  }

  @Test func brokenPromisesAreFound() {
    var article = article("né so")
    article.paragraphs = [Paragraph(ByteSpan(0, 4)), Paragraph(ByteSpan(2, 9))]
    #expect(
      article.problems(in: .paragraphs) == [
        "paragraphs: 2..<9 reaches out of the text of 6 bytes"
      ])
    article.paragraphs = [Paragraph(ByteSpan(1, 4)), Paragraph(ByteSpan(0, 2))]
    #expect(
      article.problems(in: .paragraphs) == [
        "paragraphs: 0..<2 cuts a character", "paragraphs: 0..<2 stands behind 1..<4",
      ])
    article.entities = [Entity(kind: .person, name: [], mentions: [ByteSpan(0, 3), ByteSpan(1, 4)])]
    #expect(article.problems(in: .entities) == ["entities: entity 0: 1..<4 reaches into 0..<3"])
    article.quotes = [
      Quote(
        kind: .direct, spans: [ByteSpan(0, 1)], quoted: [], speaker: Quote.Speaker(ByteSpan(0, 1), entity: 4),
        confidence: 1)
    ]
    #expect(article.problems(in: .quotes).contains { $0.contains("entity 4") })
  }
}
