import Coreference
import StageKit
import Testing

@testable import Entities

@Suite("Words that are looked up once")
struct LookedUpWordTests {
  @Test func whatEntitiesHaveLookedUpIsWhatCoreferenceWouldFind() throws {
    let text = """
      “We’ll sail,” Ada Corr said; she didn’t, and the boats’ owners, 56-year-old Zoë O’Holm and Östen Lund's aide, won't. \
      At 5 p.m. on May 4 the U.S. minister's 2nd claim cost $3, or €2.50.
      """
    var article = try annotated(text)
    let (paragraphs, segmentation) = (try #require(article.paragraphs), try #require(article.segmentation))
    var watch = DeadlineWatch(.none)
    let words = try EntitiesStage.words(segmentation.tokens, article.text.span, &watch)
    let lookedUp = words.map { LookedUpWord(lowered: $0.lowered, entry: $0.entry) }
    let once = try article.readPassage(paragraphs, segmentation, CueLexicon(), lookedUp: lookedUp, .none).words
    let anew = try article.readPassage(paragraphs, segmentation, CueLexicon(), .none).words
    #expect(once.count > 40 && once.count == anew.count)
    for (one, other) in zip(once, anew) {
      #expect(one.lowered == other.lowered && one.traits == other.traits)
      #expect(one.speech == other.speech && one.form == other.form)
    }
    #expect(once.contains { !$0.speech.isEmpty } && once.contains { $0.traits.contains(.clitic) })
  }
}
