import Segment
import StageKit

@testable import Quotes

/// A person or organisation as an earlier stage would have found it: all places of the name and of its last word.
struct Known {
  var name: String
  var kind = Entity.Kind.person
  var roles: [String] = []
  /// Pronouns or descriptions that stand for it, at all places.
  var references: [String] = []
}

/// The article after `segment`, with these entities, and `quotes`.
func quoted(
  _ text: String, knowing known: [Known] = [], paragraphs: [Paragraph]? = nil, options: QuotesStage.Options = .init()
) throws -> Article {
  var article = Article(
    source: Article.Source(
      name: Array("a.txt".utf8), line: nil, format: .text, encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
    id: Array("1".utf8), text: Array(text.utf8), isMarkup: false)
  article.paragraphs = paragraphs
  try SegmentStage(options: SegmentStage.Options(), context: StageContext()).process(&article, deadline: .none)
  if !known.isEmpty {
    article.entities = known.map { known in
      let last = known.name.split(separator: " ").last.map(String.init) ?? known.name
      let full = places(of: known.name, in: text)
      let short = places(of: last, in: text).filter { place in !full.contains { $0.contains(place) } }
      var entity = Entity(kind: known.kind, name: Array(known.name.utf8), mentions: (full + short).sorted())
      entity.roles = known.roles.map { Array($0.utf8) }
      entity.references = known.references.flatMap { word in
        places(of: word, in: text).map { Entity.Reference($0, kind: .pronoun) }
      }
      return entity
    }
  }
  try QuotesStage(options: options, context: StageContext()).process(&article, deadline: .none)
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
