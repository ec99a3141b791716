import ArticleIO
import BuiltinStages
import PipelineKit
import StageKit
import Testing

@Suite struct LanguageTests {
  private static let german = """
    Der Hafen wurde am Montag wieder geöffnet, und die ersten Schiffe liefen noch in der Nacht ein. „Wir sind froh, dass \
    es vorbei ist“, sagte die Leiterin, die mit ihrer Familie auf der Insel lebt und nicht an ein Ende geglaubt hatte.
    """

  private func record(_ input: String, languages: String? = nil) throws -> Article {
    let option = languages.map { ": {languages: \($0)}" } ?? ""
    let stages = ["segment", "entities", "quotes"].map { "  - " + $0 + option + "\n" }.joined()
    let loaded = Pipeline.load(
      [SourceFile(path: "a.yaml", bytes: Array("name: a\nstages:\n\(stages)".utf8))],
      registry: .builtin, context: .installed)
    let chain = try #require(loaded.pipelines.first).chain
    let raw = RawArticle(bytes: Array(input.utf8), line: nil, format: .text)
    var article = try raw.decode(name: Array("a.txt".utf8))
    try chain.process(&article, deadline: .none)
    return article
  }

  @Test func anotherLanguageGetsSentencesAndNoNamesAndIsTold() throws {
    let article = try record(Self.german)
    #expect(article.segmentation?.sentences.count == 2 && article.paragraphs?.count == 1)
    #expect(article.entities == nil && article.quotes == nil)
    #expect(article.metadata.language == Array("de".utf8))
    #expect(article.errors.map(\.stage) == ["entities", "quotes"])
    #expect(Set(article.errors.map(\.class)) == ["other_language"])
  }

  @Test func aLanguageThatIsNamedIsRead() throws {
    for languages in ["[de, en]", "[]"] {
      let article = try record(Self.german, languages: languages)
      #expect(article.segmentation?.sentences.count == 2)
      #expect(article.errors == [])
    }
  }

  @Test func englishAndWhatNothingTellsAreRead() throws {
    for text in ["The port opened on Monday, and she was there.", "Zorv 5:3."] {
      #expect(try record(text).errors == [])
    }
  }

  @Test func theRegionOfALanguageDoesNotCount() throws {
    var article = try record("Zorv.")
    article.metadata.language = Array("EN-gb".utf8)
    try article.requireLanguage(["en"])
    #expect(throws: StageError.self) { try article.requireLanguage(["fr"]) }
  }
}
