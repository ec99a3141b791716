import PipelineKit
import Segment
import StageKit
import Testing

@testable import Entities

/// The article after `segment` and `entities`.
///
/// - Parameter lists: gazetteers by their paths.
func annotated(
  _ text: String, published: String? = nil, types: [EntitiesStage.FoundType]? = nil, lists: [String: String] = [:],
  languages: [String]? = nil, corrections: String? = nil
) throws -> Article {
  var article = Article(
    source: Article.Source(
      name: Array("a.txt".utf8), line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
    id: Array("1".utf8), text: Array(text.utf8))
  article.metadata.published = published.map { Array($0.utf8) }
  var segmenting = SegmentStage.Options()
  if let languages { segmenting.languages = languages }
  try SegmentStage(options: segmenting, context: StageContext()).process(&article, deadline: .none)
  var options = EntitiesStage.Options()
  if let types { options.types = types }
  if let languages { options.languages = languages }
  options.gazetteers = lists.keys.sorted()
  var lists = lists
  if let corrections {
    options.corrections = "a.tsv"
    lists["a.tsv"] = corrections
  }
  var context = StageContext.installed
  context.file = { [lists] path throws(StageError) in Array((lists[path] ?? "").utf8) }
  try EntitiesStage(options: options, context: context).process(&article, deadline: .none)
  return article
}

func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// “PERSON Ada Corr” for each mention, in order.
func mentions(_ text: String) throws -> [String] {
  let article = try annotated(text)
  let found = (article.entities ?? []).filter { $0.kind.isName }.flatMap { entity in
    entity.mentions.map { ($0, entity.kind) }
  }
  return found.sorted { $0.0 < $1.0 }.map { "\($0.1.rawValue) \(string(Array(article.text[$0.0.range])))" }
}

/// The people with their mentions and roles.
func people(_ text: String) throws -> [(name: String, mentions: Int, roles: [String])] {
  try annotated(text, types: [.person]).entities?.map {
    (string($0.name), $0.mentions.count, $0.roles.map(string))
  } ?? []
}

@Suite("The stage entities")
struct EntitiesTests {
  @Test func onlyTheWantedTypesAreListed() throws {
    let text = "Ada Corr paid $5 in Oslo on May 4."
    #expect(try annotated(text).entities?.map(\.kind) == [.person, .money, .location, .date])
    #expect(try annotated(text, types: [.location]).entities?.map(\.kind) == [.location])
    #expect(try annotated(text, types: []).entities?.isEmpty == true)
  }

  @Test func emptyAndOddTextsGiveNoNames() throws {
    for text in ["", " ", "…", "the the", "A", "I", "“", "&", "- - -", "al-", "of", "U", "$", "12"] {
      #expect(try annotated(text).entities?.filter { $0.kind.isName } == [])
    }
  }

  @Test func entitiesAndMentionsAreSorted() throws {
    let article = try annotated(
      "Oslo waited. Ada Corr came on Monday with $3 million. Oslo cheered Corr, and Lund Bank paid 4%.")
    let entities = try #require(article.entities)
    #expect(entities.map { $0.mentions[0] } == entities.map { $0.mentions[0] }.sorted())
    for entity in entities { #expect(entity.mentions == entity.mentions.sorted()) }
  }
}
