import ArticleIO
import Bytes
import StageKit
import Testing

@Suite struct RecordTests {
  private func article(_ text: String, name: [UInt8] = Array("a.txt".utf8)) -> Article {
    let source = Article.Source(
      name: name, line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count,
      sha256: SHA256.digest(Array(text.utf8)))
    return Article(source: source, id: Array("id1".utf8), text: Array(text.utf8))
  }

  private let stamp = RecordStamp(
    sequence: 17, received: Array("2026-11-21T19:14:00Z".utf8), pipelineName: Array("news".utf8),
    pipelineDigest: Array("d1".utf8))

  private func record(_ article: Article, offsets: OffsetUnit = .codepoints, alignment: Bool = false) throws
    -> JSONValue
  {
    let line = RecordWriter(RecordForm(offsets: offsets, alignment: alignment)).line(of: article, stamp: stamp)
    #expect(line.last == 0x0A)
    #expect(line.dropLast().firstIndex(of: 0x0A) == nil)
    return try JSONValue(parsing: line)
  }

  @Test func anArticleThatNoStageTouchedIsAWholeRecord() throws {
    let record = try record(article("Tea."))
    #expect(RecordSchema().problems(in: record) == [])
    for key in ["paragraphs", "sentences", "tokens", "entities", "quotes", "duplicates", "dateline"] {
      #expect(record[key] == .null)
    }
    #expect(record["seq"]?.int == 17)
  }

  @Test func everyCharacterComesBack() throws {
    let everything = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init))) + "\u{2028}😀\u{FFFF}"
    #expect(try record(article(everything))["text"]?.string == everything)
  }

  @Test func aNameThatIsNoTextIsKeptInBase64() throws {
    let record = try record(article("x", name: [0x61, 0xFF, 0x0A, 0x62]))
    #expect(record["source"]?["name"]?.string == "a\u{FFFD}\nb")
    #expect(record["source"]?["name_b64"]?.string == "Yf8KYg==")
    #expect(RecordSchema().problems(in: record) == [])
  }

  @Test func thePathFromTheInboxIsKept() throws {
    var source = Article.Source(
      name: Array("a.txt".utf8), path: Array("desk/north/a.txt".utf8), line: nil, format: "text", encoding: "utf-8",
      byteCount: 1, sha256: [])
    func record() throws -> JSONValue {
      let record = try self.record(Article(source: source, id: [0x31], text: [0x78]))
      #expect(RecordSchema().problems(in: record) == [])
      return record
    }
    let plain = try record()
    #expect(plain["source"]?["path"]?.string == "desk/north/a.txt" && plain["source"]?["path_b64"] == .null)
    source.path = [0xFF] + Array("/a.txt".utf8)
    let odd = try record()
    #expect(odd["source"]?["path"]?.string == "\u{FFFD}/a.txt" && odd["source"]?["path_b64"]?.string == "/y9hLnR4dA==")
    #expect(odd["source"]?["name_b64"] == .null)
    source.path = nil
    #expect(try record()["source"]?["path"] == .null)
  }

  @Test func offsetsCountInTheUnitAskedFor() throws {
    var article = article("a é 😀 z")
    article.paragraphs = [Paragraph(ByteSpan(5, 9))]
    for (unit, start, end) in [(OffsetUnit.codepoints, 4, 5), (.utf8, 5, 9), (.utf16, 4, 6)] {
      let span = try record(article, offsets: unit)["paragraphs"]?.array?.first
      #expect(span?["start"]?.int == start)
      #expect(span?["end"]?.int == end)
    }
  }

  @Test func offsetsHoldInLongTextsOfAllWidths() throws {
    var random = SeededGenerator(state: 7)
    let alphabet = Array("ab é—\u{A0}😀".unicodeScalars)
    let scalars = (0..<5000).compactMap { _ in alphabet.randomElement(using: &random) }
    var starts = [0]
    for scalar in scalars { starts.append(starts[starts.count - 1] + String(scalar).utf8.count) }
    var article = article(String(String.UnicodeScalarView(scalars)))
    let spans = (0..<500).map { _ in Int.random(in: 0...5000, using: &random) }.sorted()
    article.segmentation = Segmentation(
      sentences: zip(spans, spans.dropFirst()).map { Sentence(ByteSpan(starts[$0], starts[$1]), tokens: 0..<0) },
      tokens: [], tokensInRecord: false)
    let written = try record(article)["sentences"]?.array?.map { [$0["start"]?.int, $0["end"]?.int] }
    #expect(written == zip(spans, spans.dropFirst()).map { [$0, $1] })
  }

  @Test func allLayersStandInTheRecord() throws {
    var article = article("“Tea,” Ada Quill said in Oslo.")
    article.metadata.dateline = Article.Dateline(place: nil, agency: nil, date: nil, span: ByteSpan(0, 0))
    article.segmentation = Segmentation(
      sentences: [Sentence(ByteSpan(0, article.text.count), tokens: 0..<1)],
      tokens: [Token(ByteSpan(0, 3), kind: .punctuation)], tokensInRecord: true)
    var ada = Entity(kind: .person, name: Array("Ada Quill".utf8), mentions: [ByteSpan(11, 20)])
    ada.references = [Entity.Reference(ByteSpan(16, 20), kind: .description)]
    ada.amount = 1.5
    article.entities = [ada]
    article.quotes = [
      Quote(
        kind: .direct, spans: [ByteSpan(3, 7)], quoted: [ByteSpan(3, 7)],
        speaker: Quote.Speaker(ByteSpan(11, 20), entity: 0), cue: ByteSpan(21, 25), confidence: 0.96999)
    ]
    article.errors = [StageError(.skipsLayer, ownClass: "odd", "Something “odd”.")]
    let found = Duplicates(
      status: .near,
      matches: [
        Duplicates.Match(
          id: Array("x".utf8), sequence: 3, status: .near, similarity: 1.0 / 3, containment: 1, shareOfThis: 0,
          shareOfMatch: 0.5,
          differs: Duplicates.Differences(names: [Array("Quill".utf8)], numbers: [Array("3.4".utf8)], words: 12))
      ], cluster: Array("x".utf8), revises: Array("x".utf8))
    let parts = RecordWriter(RecordForm(alignment: true)).parts(of: article, stamp: stamp)
    let record = try JSONValue(parsing: parts.line(Decision(layer: found.json, revisionOf: 2)))
    #expect(RecordSchema().problems(in: record) == [])
    #expect(record["revision_of"]?.int == 2)
    #expect(record["quotes"]?.array?[0]["speaker"]?["name"]?.string == "Ada Quill")
    #expect(record["quotes"]?.array?[0]["text"]?.string == "Tea,")
    #expect(record["quotes"]?.array?[0]["confidence"] == .number("0.9700"))
    #expect(record["duplicates"]?["of"]?.string == "x" && record["duplicates"]?["revises"]?.string == "x")
    #expect(
      try Duplicates(RecordNode(record["duplicates"] ?? .null, path: "")).matches[0].differs == found.matches[0].differs
    )
    #expect(record["duplicates"]?["matches"]?.array?[0]["similarity"] == .number("0.3333"))
    #expect(record["alignment"]?.array?.count == 1)
    #expect(record["tokens"]?.array?.count == 1)
  }

  @Test func placesOfTheMetadataStandBesideTheAlignment() throws {
    var article = article("Tea.")
    #expect(try record(article, alignment: true)["where"] == .null)
    var places = Article.MetadataPlaces()
    places.title = ByteSpan(3, 9)
    places.byline = [ByteSpan(10, 12), ByteSpan(14, 20)]
    places.credits = [ByteSpan(40, 41)]
    article.places = places
    #expect(try record(article)["where"] == .null)
    let record = try record(article, alignment: true)
    #expect(RecordSchema().problems(in: record) == [])
    let found = String(decoding: try #require(record["where"]).encoded, as: UTF8.self)
    #expect(found == #"{"title":[3,9],"byline":[[10,12],[14,20]],"captions":[],"credits":[[40,41]],"date":null}"#)
  }

  private func members(of record: JSONValue) throws -> [JSONValue.Member] {
    guard case .object(let members) = record else {
      Issue.record("the record is no object")
      return []
    }
    return members
  }

  @Test func theSchemaFindsWhatIsWrong() throws {
    var short = try members(of: record(article("Tea.")))
    short.removeLast()
    #expect(RecordSchema().problems(in: .object(short)).contains { $0.contains("keys") })
    var swapped = try members(of: record(article("Tea.")))
    swapped[2].value = .string("17")
    #expect(RecordSchema().problems(in: .object(swapped)) == ["seq: expected a whole number from 0"])
    var beyond = article("Tea.")
    beyond.entities = [Entity(kind: .person, name: [], mentions: [ByteSpan(0, 3)])]
    var cut = try members(of: record(beyond))
    let place = try #require(cut.firstIndex { $0.key == "text" })
    cut[place].value = .string("Te")
    #expect(RecordSchema().problems(in: .object(cut)).count == 1)
  }

  @Test func theSchemasThemselvesAreJSON() throws {
    #expect(try JSONValue(parsing: RecordSchema().jsonSchema)["properties"]?["quotes"] != nil)
    #expect(try JSONValue(parsing: RecordSchema().openSearchMapping)["mappings"] != nil)
    #expect(RecordSchema().duckDBColumns.contains("\"seq\": 'BIGINT'"))
  }
}
