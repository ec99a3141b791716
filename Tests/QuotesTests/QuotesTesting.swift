import Bytes
import PipelineKit
import Segment
import StageKit

@testable import Quotes

/// The model of the package, read once.
private let packageModel = Result { () throws(StageError) in
  try QuotesModel(StageContext.installed.resource("quotes.model"))
}

func quotesModel() throws(StageError) -> QuotesModel { try packageModel.get() }

func quotesStage(_ options: QuotesStage.Options = .init()) throws(StageError) -> QuotesStage {
  QuotesStage(options: options, model: try quotesModel())
}

/// A person or organisation as an earlier stage would have found it: all places of the name and of its last word.
struct Known {
  var name: String
  var kind = Entity.Kind.person
  var roles: [String] = []
  /// Pronouns or descriptions that stand for it, at all places.
  var references: [String] = []
  var kindOfReferences = Entity.Reference.Kind.pronoun
  var gender: Gender?
}

/// The article after `segment`, with these entities, and `quotes`.
func quoted(
  _ text: String, knowing known: [Known] = [], paragraphs: [Paragraph]? = nil, options: QuotesStage.Options = .init()
) throws -> Article {
  var article = Article(
    source: Article.Source(
      name: Array("a.txt".utf8), line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
    id: Array("1".utf8), text: Array(text.utf8))
  article.paragraphs = paragraphs
  try SegmentStage(options: SegmentStage.Options(), context: StageContext()).process(&article, deadline: .none)
  if !known.isEmpty {
    article.entities = known.map { known in
      let last = known.name.split(separator: " ").last.map(String.init) ?? known.name
      let full = places(of: known.name, in: text)
      let short = places(of: last, in: text).filter { place in !full.contains { $0.contains(place) } }
      var entity = Entity(kind: known.kind, name: Array(known.name.utf8), mentions: (full + short).sorted())
      entity.roles = known.roles.map { Array($0.utf8) }
      entity.gender = known.gender
      entity.references = known.references.flatMap { word in
        places(of: word, in: text).map { Entity.Reference($0, kind: known.kindOfReferences) }
      }
      return entity
    }
  }
  try quotesStage(options).process(&article, deadline: .none)
  return article
}

func places(of name: String, in text: String) -> [ByteSpan] {
  let (text, name) = (Array(text.utf8), Array(name.utf8))
  guard name.count <= text.count else { return [] }
  return (0...text.count - name.count).filter { text[$0...].starts(with: name) }
    .map { ByteSpan($0, $0 + name.count) }
}

func string(_ span: ByteSpan, of article: Article) -> String {
  String(decoding: article.text[span.range], as: UTF8.self)
}

/// Each quotation as “kind | speaker | cue | content”.
func lines(_ article: Article) -> [String] {
  (article.quotes ?? []).map { quote in
    let speaker = quote.speaker.map { string($0.span, of: article) } ?? "-"
    let cue = quote.cue.map { string($0, of: article) } ?? "-"
    let content = quote.spans.map { string($0, of: article) }.joined(separator: " … ")
    return "\(quote.kind) | \(speaker) | \(cue) | \(content)"
  }
}

/// The name behind each quotation's speaker.
func names(_ article: Article) -> [String] {
  (article.quotes ?? []).map { quote in
    guard let entity = quote.speaker?.entity, let entities = article.entities else { return "-" }
    return String(decoding: entities[entity].name, as: UTF8.self)
  }
}

/// What is wrong with the quotations of an article, whatever it says.
func flaws(of article: Article) -> [String] {
  let quotes = article.quotes ?? []
  let text = article.text
  var flaws: [String] = []
  func check(_ condition: Bool, _ flaw: String, _ index: Int) {
    if !condition { flaws.append("quotation \(index) \(flaw)") }
  }
  func isWhole(_ span: ByteSpan) -> Bool {
    !span.isEmpty && span.end <= text.count
      && [span.start, span.end].allSatisfy {
        $0 == text.count || text[$0] & 0xC0 != 0x80
      }
  }
  var seen: Set<[ByteSpan]> = []
  for (index, quote) in quotes.enumerated() {
    let others = [quote.speaker?.span, quote.cue].compactMap { $0 }
    check(!quote.spans.isEmpty, "has no content", index)
    check((quote.spans + quote.quoted + others).allSatisfy(isWhole), "has a span that is empty or outside", index)
    for spans in [quote.spans, quote.quoted] {
      check(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start }, "has spans out of order", index)
    }
    check(
      quote.quoted.allSatisfy { quoted in quote.spans.contains { $0.contains(quoted) } },
      "has verbatim words outside its content", index)
    check((quote.kind == .indirect) == quote.quoted.isEmpty, "is of another kind than its words", index)
    check(seen.insert(quote.spans).inserted, "is listed twice", index)
    check(quote.speaker?.entity.map { $0 < article.entities?.count ?? 0 } ?? true, "has no such speaker", index)
    if let outer = quote.within {
      check(outer < index && quotes[outer].spans.contains { $0.contains(quote.hull) }, "is within no other", index)
    }
    if index > 0 { check(quotes[index - 1].hull.start <= quote.hull.start, "is out of order", index) }
  }
  return flaws
}
