import Bytes
import Entities
import PipelineKit
import Segment
import StageKit
import Testing

@testable import Quotes

@Suite("Who “he” is, is decided once")
struct OneResolverTests {
  private static let text = """
    Foreign Minister Peter Holm met Mayor Ada Corr in Oslo on Monday. He told Corr that the harbour would open. “We will sail,” \
    she said.

    The mayor said that the boats were new. Jonas Lund, who lost his boat, sat beside Peter Holm. “It was old,” he said.

    The minister added that it rained. She laughed. He denied it, and she said that it snowed.
    """

  private func annotated(_ options: EntitiesStage.Options = .init()) throws -> Article {
    var article = Article(
      source: Article.Source(
        name: [], line: nil, format: "text", encoding: "utf-8", byteCount: Self.text.utf8.count, sha256: []),
      id: Array("1".utf8), text: Array(Self.text.utf8))
    try SegmentStage(options: .init(), context: StageContext()).process(&article, deadline: .none)
    try EntitiesStage(options: options, context: .installed).process(&article, deadline: .none)
    return article
  }

  @Test func whereAPluginFoundTheEntitiesQuotesFindsTheSame() throws {
    var article = try annotated()
    #expect(article.antecedents != nil)
    var other = article
    // As a plugin leaves them: names alone.
    other.entities = article.entities.map { $0.map { plain($0) } }
    #expect(other.antecedents == nil)
    try quotesStage().process(&article, deadline: .none)
    try quotesStage().process(&other, deadline: .none)
    #expect(names(article).contains("Peter Holm") && names(article).contains("Ada Corr"))
    #expect(names(article) == names(other))
  }

  private func plain(_ entity: Entity) -> Entity {
    var plain = Entity(kind: entity.kind, name: entity.name, mentions: entity.mentions)
    plain.roles = entity.roles
    return plain
  }

  @Test func aSpeakerWhoseWordsAreAReferenceIsThatEntity() throws {
    var article = try annotated()
    try quotesStage().process(&article, deadline: .none)
    let entities = try #require(article.entities)
    var compared = 0
    for speaker in (article.quotes ?? []).compactMap(\.speaker) {
      for (index, entity) in entities.enumerated() where entity.references.contains(where: { $0.span == speaker.span })
      {
        compared += 1
        #expect(speaker.entity == index)
      }
    }
    #expect(compared > 2)
  }

  @Test func whoIsNotListedSpeaksWithoutAName() throws {
    var options = EntitiesStage.Options()
    options.types = [.organization, .location]
    var article = try annotated(options)
    try quotesStage().process(&article, deadline: .none)
    #expect(article.entities?.allSatisfy { $0.kind != .person } == true)
    #expect(article.quotes?.isEmpty == false && names(article).allSatisfy { $0 == "-" })
  }

  @Test func aUsersVerbsDoNotChangeWhoSpeaks() throws {
    var (article, other) = (try annotated(), try annotated())
    var options = QuotesStage.Options()
    options.cues = ["kvetch"]
    try quotesStage().process(&article, deadline: .none)
    try quotesStage(options).process(&other, deadline: .none)
    #expect(names(article) == names(other))
  }
}
