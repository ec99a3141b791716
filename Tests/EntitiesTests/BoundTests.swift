import Bytes
import Lexicon
import PipelineKit
import Segment
import Testing

@testable import Entities
@testable import StageKit

@Suite("Bounds")
struct BoundTests {
  // MARK: References

  private func references(_ article: Article) -> Int {
    article.entities?.reduce(0) { $0 + $1.references.count } ?? 0
  }

  @Test func aSentenceListsSoManyReferencesAndTheRecordSaysSo() throws {
    #expect(BoundedReferences<Int>.mostPerSentence == 64)
    for (count, isCut) in [(64, false), (65, true), (400, true)] {
      let she = "Ada Corr said so" + String(repeating: " and she sang", count: count)
      let article = try annotated("\(she). She slept.")
      #expect(references(article) == min(64, count) + 1)
      #expect(article.errors.map(\.class) == (isCut ? ["many_references"] : []))
      let bank = "Holm Savings Bank said so" + String(repeating: " and the bank closed", count: count)
      #expect(try references(annotated("\(bank). The bank opened.")) == min(64, count) + 1)
    }
  }

  // MARK: The deadline

  /// The clock is asked after a number of steps. Every loop over tokens, names and values takes steps, so that none of
  /// them runs on for as long as a text is.
  @Test func everyLoopTakesStepsAsItGoesOn() throws {
    let sentence = """
      In May Minister Ada Corr of the Holm Harbour Authority (HHA) said she paid $5 and the authority saw Lund beat Oslo by a goal
      """
    let count = 60
    let article = try annotated(String(repeating: sentence + " and ", count: count))
    let segmentation = try #require(article.segmentation)
    let model = try NameModel(StageContext.installed.resource("entities.model"))
    defer { model.keepAlive() }
    var watch = DeadlineWatch(.none)
    func steps<R>(atLeast least: Int, _ body: (inout DeadlineWatch) throws -> R) throws -> R {
      let before = watch.steps
      let result = try body(&watch)
      #expect(watch.steps - before >= least)
      return result
    }
    let tokens = segmentation.tokens.count
    let words = try steps(atLeast: tokens) { try EntitiesStage.words(segmentation.tokens, article.text.span, &$0) }
    let reader = NameReader(words: words, lexicon: .english)
    let headlines = segmentation.sentences.map { _ in false }
    let ruled = try steps(atLeast: 5 * count) {
      try reader.names(segmentation.sentences, headlines: headlines, &$0)
    }
    let features = try steps(atLeast: tokens) {
      try ArticleFeatures(
        words: words, segmentation: segmentation, headlines: headlines, ruled: ruled, lists: model.lists,
        lexicon: .english, text: article.text.span, &$0)
    }
    let found = try steps(atLeast: 5 * count) { try NameTagger(model: model).names(features, article.text.span, &$0) }
    var names = try steps(atLeast: 4 * count) {
      try Agreement(words: words, sentences: segmentation.sentences).names(found, ruled: ruled, &$0)
    }
    let acronyms = Acronyms(words: words, tokens: segmentation.tokens, sentences: segmentation.sentences)
    try steps(atLeast: tokens) { try acronyms.add(to: &names, article.text.span, &$0) }
    names = try steps(atLeast: 5 * count) {
      try TeamFinder(words: words, lexicon: .english).retype(names, segmentation.sentences, &$0)
    }
    let values = try steps(atLeast: tokens / 2) {
      try ValueFinder(words: words, tokens: segmentation.tokens, published: nil)
        .values(segmentation.sentences, besides: names, listed: [], article.text.span, &$0)
    }
    #expect(values.count >= count)
    var assembly = Assembly(words: words, segmentation: segmentation, listed: [:])
    _ = try steps(atLeast: 8 * count) {
      try assembly.names(names, referringBeside: nil, article.text.span, &$0)
    }
    _ = try steps(atLeast: 8 * count + tokens) {
      try assembly.names(names, referringBeside: [], article.text.span, &$0)
    }
    _ = try steps(atLeast: count) { try assembly.entities(of: values, article.text.span, &$0) }
  }

  @Test func aTextBehindItsDeadlineFails() throws {
    let text = String(repeating: "Ada Corr and he left Oslo and ", count: 2000)
    var article = Article(
      source: Article.Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: []),
      id: [], text: Array(text.utf8))
    try SegmentStage(options: .init(), context: StageContext()).process(&article, deadline: .none)
    let stage = try EntitiesStage(options: .init(), context: .installed)
    let error = #expect(throws: StageError.self) { try stage.process(&article, deadline: Deadline(after: .zero)) }
    #expect(error?.class == "deadline" && error?.effect == .failsArticle)
  }
}
