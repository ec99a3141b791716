import Bytes
import Segment
import StageKit

@testable import Coreference

/// A person or organisation that is named at all places of the name and of its last word.
struct Known {
  var name: String
  var kind = Entity.Kind.person
  var roles: [String] = []
}

/// The article after `segment`, with these entities.
func article(_ text: String, _ known: [Known]) throws -> Article {
  var article = Article(
    source: Article.Source(
      name: Array("a.txt".utf8), line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
    id: Array("1".utf8), text: Array(text.utf8))
  try SegmentStage(options: .init(), context: StageContext()).process(&article, deadline: .none)
  article.entities = known.map { known in
    let last = known.name.split(separator: " ").last.map(String.init) ?? known.name
    let full = places(of: known.name, in: text)
    let short = places(of: last, in: text).filter { place in !full.contains { $0.contains(place) } }
    var entity = Entity(kind: known.kind, name: Array(known.name.utf8), mentions: (full + short).sorted())
    entity.roles = known.roles.map { Array($0.utf8) }
    return entity
  }
  .sorted { ($0.mentions.first?.start ?? 0) < ($1.mentions.first?.start ?? 0) }
  return article
}

func places(of name: String, in text: String) -> [ByteSpan] {
  let (text, name) = (Array(text.utf8), Array(name.utf8))
  guard name.count <= text.count else { return [] }
  return (0...text.count - name.count).filter { text[$0...].starts(with: name) }
    .map { ByteSpan($0, $0 + name.count) }
}

func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

extension Article {
  mutating func resolved() throws -> Antecedents {
    try readAntecedents(
      paragraphs ?? [], segmentation ?? Segmentation(sentences: [], tokens: [], tokensInRecord: false), .none)
  }

  func name(_ entity: Int?) -> String { entity.map { string((entities ?? [])[$0].name) } ?? "somebody" }

  /// “he: Ada Corr!” where that is decided, “he: Ada Corr, Jonas Holm” for those who may be meant, the likeliest first.
  func lines(_ antecedents: Antecedents) -> [String] {
    antecedents.anaphors.map { anaphor in
      let words = string(text[anaphor.span.range])
      if let decided = anaphor.decided { return "\(words): \(name(decided))!" }
      let candidates = antecedents.candidates[anaphor.candidates].sorted { $0.weight > $1.weight }
      return "\(words): " + candidates.map { name($0.entity) }.joined(separator: ", ")
    }
  }
}
