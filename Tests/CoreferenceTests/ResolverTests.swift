import Bytes
import StageKit
import Testing

@testable import Coreference

@Suite("Whom pronouns and descriptions stand for")
struct ResolverTests {
  private let known = [
    Known(name: "Peter Holm", roles: ["Danish Foreign Minister"]), Known(name: "Ada Corr", roles: ["Mayor"]),
    Known(name: "Jonas Lund"), Known(name: "Holm Savings Bank", kind: .organization),
    Known(name: "Sea Board", kind: .organization), Known(name: "Oslo", kind: .location),
    Known(name: "Swedish", kind: .miscellaneous),
  ]

  @Test(
    arguments: [
      // One person who agrees is certain; of several each keeps a weight.
      ("Peter Holm left. He slept.", ["He: Peter Holm!"]),
      ("Peter Holm told Jonas Lund that he was wrong.", ["he: Peter Holm, Jonas Lund"]),
      ("Peter Holm met Ada Corr. She was glad.", ["She: Ada Corr!"]),
      ("Peter Holm came. A sailor sat down. He slept.", ["He: somebody, Peter Holm"]),
      ("It rained, and he left.", []),
      // What is said names others than who says it.
      ("Peter Holm came. Jonas Lund sat down. He told Lund that it rained.", ["He: Jonas Lund, Peter Holm"]),
      ("Peter Holm sat down. Jonas Lund came. Rain fell. “Lund is late,” he said.", ["he: Jonas Lund, Peter Holm"]),
      ("Jonas Lund came. Lund was late, he said.", ["he: Jonas Lund!"]),
      // The subject of the main clause, where it comes later.
      ("When he said that it rained, Jonas Lund was at sea.", ["he: Jonas Lund!"]),
      // The words of others are left alone.
      ("Peter Holm sang. “He is late,” Ada Corr said.", []),
      // Descriptions.
      ("Danish Foreign Minister Peter Holm spoke. The minister left.", ["The minister: Peter Holm!"]),
      ("Danish Foreign Minister Peter Holm spoke. The Swedish minister left.", ["The Swedish minister: Peter Holm"]),
      ("Peter Holm came. Mayor Ada Corr sat down. The official said so.", ["The official: Ada Corr, Peter Holm"]),
      ("Mayor Ada Corr spoke. The mayor’s aide left.", ["The mayor: Ada Corr!"]),
      ("The Sea Board met. The agency spoke.", ["The agency: Sea Board"]),
      ("The Sea Board met. It spoke.", ["It: Sea Board"]),
    ])
  func candidates(text: String, expected: [String]) throws {
    var article = try article(text, known)
    let found = article.lines(try article.resolved())
    #expect(found == expected)
  }

  @Test func theCertainOnesBecomeReferences() throws {
    var article = try article(
      "Zorva Quillen met Peter Holm. She left. He and a sailor stayed. He slept.",
      known + [Known(name: "Zorva Quillen")])
    let (paragraphs, segmentation) = (try #require(article.paragraphs), try #require(article.segmentation))
    let found = try article.resolveReferences(paragraphs, segmentation, .none)
    let entities = try #require(article.entities)
    let quillen = try #require(entities.first { string($0.name) == "Zorva Quillen" })
    #expect(quillen.gender == .feminine && quillen.references.count == 1)
    for entity in entities.indices {
      let certain = found.anaphors.filter { $0.isCertain && $0.decided == entity }
      #expect(entities[entity].references.map(\.span) == certain.map(\.span))
    }
    #expect(article.antecedents == found)
    // The next stage reads nothing anew, until an entity changes.
    article.antecedents = Antecedents()
    #expect(try article.resolved() == Antecedents())
    article.entities = entities
    #expect(article.antecedents == nil && article.namedText == nil)
    let again = try article.resolved()
    #expect(again.anaphors.map(\.decided) == found.anaphors.map(\.decided))
  }

  @Test func whoIsLeftOutIsSomebodyWithoutAName() throws {
    var article = try article("Oslo met. Peter Holm told Jonas Lund that he slept. Lund left. He sang.", known)
    let before = article.lines(try article.resolved())
    article.keepEntities { $0.kind == .person }
    let names = try #require(article.namedText as? NamedText)
    var watch = DeadlineWatch(.none)
    let anew = try NamedText(names.passage, article.entities ?? [], in: article.text.span, &watch)
    #expect(names.kinds == anew.kinds && names.mentions.map(\.entity) == anew.mentions.map(\.entity))
    #expect(names.mentions.map(\.span) == anew.mentions.map(\.span))
    #expect(article.entities?.allSatisfy { $0.kind == .person } == true)
    #expect(article.lines(try #require(article.antecedents)) == before)
    article.keepEntities { string($0.name) == "Jonas Lund" }
    #expect(article.lines(try #require(article.antecedents)) == ["he: somebody, Jonas Lund", "He: Jonas Lund!"])
  }

  @Test func theLongerOfTwoDescriptionsIsTaken() throws {
    var article = try article(
      "Mayor Ada Corr met her aide, Jonas Lund. The mayor’s aide said that it rained.",
      [known[1], Known(name: "Jonas Lund", roles: ["aide"])])
    let found = try article.resolved()
    let text = string(article.text)
    let whole = try #require(places(of: "The mayor’s aide", in: text).first)
    let lines = article.lines(found)
    #expect(lines == ["her: Ada Corr!", "The mayor: Ada Corr!", "The mayor’s aide: Jonas Lund"])
    let mayor = try #require(places(of: "The mayor", in: text).first)
    #expect(found.anaphor(in: mayor)?.span == mayor && found.anaphor(in: whole)?.span == whole)
    #expect(found.anaphor(in: ByteSpan(mayor.start, mayor.end - 1)) == nil)
    #expect(found.anaphor(in: ByteSpan(mayor.start + 1, whole.end)) == nil)
  }
}
