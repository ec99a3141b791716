import ArticleIO
import ArticleTesting
import Bytes
import StageKit
import Testing

/// Each invariant finds what breaks it, and only that or what hangs on it.
@Suite struct RecordCheckTests {
  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var invariants: Set<Invariant>
    var edit: @Sendable (inout Article) -> Void

    init(_ description: String, _ invariants: Invariant..., edit: @escaping @Sendable (inout Article) -> Void) {
      (testDescription, self.invariants, self.edit) = (description, Set(invariants), edit)
    }
  }

  private static let text = "Ada Corr left on May 4. “We sail, so it goes,” the mayor said."

  private static func span(_ words: String) -> ByteSpan {
    let (text, words) = (Array(text.utf8), Array(words.utf8))
    let start = text.indices.first { text[$0...].starts(with: words) } ?? 0
    return ByteSpan(start, start + words.count)
  }

  /// An article as the stages leave it, with one of everything.
  private static func article() -> Article {
    let bytes = Array(text.utf8)
    var article = Article(
      source: Article.Source(
        name: Array("a.txt".utf8), line: nil, format: "text", encoding: "utf-8", byteCount: bytes.count, sha256: []),
      id: Array("1".utf8), text: bytes)
    article.metadata.published = Array("2017-05-08".utf8)
    article.metadata.publishedAt = Array("2017-05-08T14:02:00Z".utf8)
    article.metadata.language = Array("en".utf8)
    article.metadata.byline = [Array("Ada Corr".utf8)]
    article.places = Article.MetadataPlaces()
    article.places?.byline = [span("Ada Corr")]
    let whole = ByteSpan(0, bytes.count)
    article.paragraphs = [Paragraph(whole)]
    let tokens = [
      "Ada", "Corr", "left", "on", "May", "4", ".", "“", "We", "sail", ", so", "so", "it", "goes", ",”", "the", "mayor",
      "said",
    ].map { Token(span($0), kind: .word) }.filter { span(", so") != $0.span }
    let comma = ByteSpan(span("sail").end, span("sail").end + 1)
    let end = ByteSpan(bytes.count - 1, bytes.count)
    article.segmentation = Segmentation(
      sentences: [
        Sentence(ByteSpan(0, span(".").end), tokens: 0..<7),
        Sentence(ByteSpan(span("“").start, bytes.count), tokens: 7..<19),
      ],
      tokens: (tokens + [Token(comma, kind: .punctuation), Token(end, kind: .punctuation)]).sorted {
        $0.span < $1.span
      },
      tokensInRecord: true)
    var person = Entity(kind: .person, name: Array("Ada Corr".utf8), mentions: [span("Ada Corr")])
    person.roles = [Array("mayor".utf8)]
    person.references = [Entity.Reference(span("the mayor"), kind: .description)]
    var date = Entity(kind: .date, name: Array("May 4".utf8), mentions: [span("May 4")])
    date.value = Array("2017-05-04".utf8)
    article.entities = [person, date]
    let spoken = span("We sail, so it goes,")
    article.quotes = [
      Quote(
        kind: .direct, spans: [spoken], quoted: [spoken], speaker: Quote.Speaker(span("the mayor"), entity: 0),
        cue: span("said"), confidence: 0.9),
      Quote(kind: .indirect, spans: [span("it goes")], quoted: [], confidence: 0.5),
    ]
    article.quotes?[1].within = 0
    return article
  }

  private static let damages: [Damage] = [
    Damage("the first word in no paragraph", .paragraphs, .sentences) {
      $0.paragraphs = [Paragraph(ByteSpan(4, $0.text.count))]
    },
    Damage("a space at an edge", .paragraphs) {
      let end = $0.segmentation?.sentences[0].span.end ?? 0
      $0.paragraphs = [Paragraph(ByteSpan(0, end + 1)), Paragraph(ByteSpan(end + 1, $0.text.count))]
    },
    Damage("a sentence over the end of the one before", .sentences, .tokens) {
      let end = $0.text.count
      $0.segmentation?.sentences[0] = Sentence(ByteSpan(0, end), tokens: 0..<7)
    },
    Damage("a sentence is missing", .sentences, .tokens) { $0.segmentation?.sentences.removeLast() },
    Damage("a token is missing", .tokens) { $0.segmentation?.tokens.remove(at: 3) },
    Damage("an empty token", .tokens) { $0.segmentation?.tokens[3] = Token(ByteSpan(14, 14), kind: .word) },
    Damage("an entity without a mention", .entities) { $0.entities?[1].mentions = [] },
    Damage("a name that is written nowhere", .entities) { $0.entities?[1].name = Array("June 4".utf8) },
    Damage("the second entity first", .entities) {
      $0.entities?.swapAt(0, 1)
      $0.quotes?[0].speaker?.entity = 1
    },
    Damage("one mention twice", .mentions) { $0.entities?[0].mentions += [span("Ada Corr")] },
    Damage("a name inside a value", .mentions) {
      $0.entities?.append(Entity(kind: .miscellaneous, name: Array("May".utf8), mentions: [span("May")]))
    },
    Damage("one reference of two", .references) {
      $0.entities?[0].references += [Entity.Reference(span("the mayor"), kind: .pronoun)]
    },
    Damage("a pronoun over a name", .references) {
      $0.entities?[0].references = [Entity.Reference(span("Corr"), kind: .pronoun)]
    },
    Damage("February 30", .values) { $0.entities?[1].value = Array("2017-02-30".utf8) },
    Damage("the year 0", .values) { $0.entities?[1].value = Array("0000".utf8) },
    Damage("a name with a value", .values) { $0.entities?[0].value = Array("5".utf8) },
    Damage("an amount of no end", .values) {
      $0.entities?[1].kind = .money
      $0.entities?[1].value = Array("inf".utf8)
      $0.entities?[1].unit = Array("USD".utf8)
    },
    Damage("the inner quotation first", .quotations) {
      $0.quotes?.swapAt(0, 1); $0.quotes?[0].within = nil
    },
    Damage("spans over one another", .quotations) {
      $0.quotes?[1].spans = [span("it goes"), span("goes")]
    },
    Damage("one quotation twice", .repeatedQuotations) {
      let first = $0.quotes?[0]
      $0.quotes = [first, first].compactMap(\.self)
    },
    Damage("direct, and not all verbatim", .quoted) { $0.quotes?[0].quoted = [span("We sail")] },
    Damage("indirect, and verbatim", .quoted) { $0.quotes?[1].quoted = [span("it")] },
    Damage("verbatim outside of what is said", .quoted) {
      $0.quotes?[1].kind = .mixed
      $0.quotes?[1].quoted = [span("so it")]
    },
    Damage("within one that comes later", .within) { $0.quotes?[0].within = 1 },
    Damage("within one that does not hold it", .within) { $0.quotes?[1].spans = [span("the mayor")] },
    Damage("a date that speaks", .speakers) { $0.quotes?[0].speaker?.entity = 1 },
    Damage("a speaker inside of what is said", .speakers) {
      $0.quotes?[0].speaker = Quote.Speaker(span("it"), entity: nil)
    },
    Damage("no code of a language", .metadata) { $0.metadata.language = Array("english please".utf8) },
    Damage("no day of publication", .metadata) { $0.metadata.published = Array("2017-02-29".utf8) },
    Damage("no instant of publication", .metadata) { $0.metadata.publishedAt = Array("2017-05-08garbage".utf8) },
    Damage("a place outside of the source", .places) { $0.places?.title = ByteSpan(3, 4000) },
    Damage("two places of one name", .places) { $0.places?.byline += [span("Corr")] },
    Damage("a layer that nobody misses", .layers) { $0.quotes = nil },
  ]

  private func violations(
    of article: Article, matches: [Duplicates.Match] = [], source: String = text,
    stages: [String] = ["segment", "entities", "quotes", "dedupe"]
  ) -> Set<Invariant> {
    let stamp = RecordStamp(sequence: nil, received: nil, pipelineName: [], pipelineDigest: [])
    let duplicates = Duplicates(status: .unique, matches: matches, cluster: article.id)
    let parts = RecordWriter(RecordForm(alignment: true)).parts(of: article, stamp: stamp)
    let line = parts.line(Decision(layer: duplicates.json))
    let origin = RecordCheck.Origin(source: Array(source.utf8), stages: stages)
    return Set(RecordCheck.violations(ofLine: line, origin).map(\.invariant))
  }

  @Test func aGoodRecordBreaksNone() {
    #expect(violations(of: Self.article()) == [])
  }

  /// “One.⏎⏎“Two.”: the mark before the second paragraph is part of the span, and not verbatim.
  @Test func theMarksInsideALongQuotationAreNotVerbatim() {
    var article = Self.article()
    let (before, after) = (Self.span("We sail,"), Self.span("so it goes,"))
    article.quotes?[0].quoted = [before, after]
    #expect(violations(of: article) == [])
    article.quotes?[0].quoted = [before, ByteSpan(after.start + 1, after.end)]
    #expect(violations(of: article) == [.quoted])
  }

  @Test func aUniqueArticleHasNoMatches() {
    let match = Duplicates.Match(
      id: [0x30], sequence: nil, status: .exact, similarity: 1, containment: 1, shareOfThis: 1, shareOfMatch: 1)
    #expect(violations(of: Self.article(), matches: [match]) == [.duplicates])
  }

  @Test func aLineIsOneLineOfJSON() {
    let origin = RecordCheck.Origin(source: nil, stages: [])
    for line in ["", "{}", "{}\n{}\n", "{\n", "{\"text\":\"\u{1}\"}\n", "{\"text\":1}\n"] {
      #expect(RecordCheck.violations(ofLine: Array(line.utf8), origin).first?.invariant == .schema, "\(line)")
    }
  }

  @Test func withoutCleanTheTextIsTheSource() {
    #expect(violations(of: Self.article(), source: Self.text + " ") == [.text])
  }

  @Test(arguments: damages)
  func finds(_ damage: Damage) {
    var article = Self.article()
    damage.edit(&article)
    #expect(violations(of: article) == damage.invariants)
  }

  @Test func aLayerMayBeMissingWhereErrorsSaysSo() {
    var article = Self.article()
    article.quotes = nil
    var error = StageError(.skipsLayer, class: .otherLanguage, "no English")
    error.stage = "quotes"
    article.errors = [error]
    #expect(violations(of: article) == [])
  }

  @Test(arguments: [
    ("Ada", ByteSpan(0, 3), true), ("A\ta", ByteSpan(0, 3), true), ("Eva", ByteSpan(0, 3), false),
    ("Ada", ByteSpan(0, 4), false),
  ])
  func aCopyIsWhatTheSourceHas(_ source: String, _ place: ByteSpan, _ isRight: Bool) throws {
    var article = Article(
      source: Self.article().source, id: [0x31], text: Array(source.utf8))
    var alignment = Alignment()
    alignment.append(length: 3, from: place)
    try article.replaceText(Array((source == "A\ta" ? "A a" : "Ada").utf8), alignment: alignment)
    #expect(violations(of: article, source: source, stages: ["clean"]) == (isRight ? [] : [.alignment]))
  }
}
