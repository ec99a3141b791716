import StageKit
import Testing

@testable import Clean

@Suite struct OddTextTests {
  @Test(arguments: ["\u{7}", "\0", "\u{1F}\n\u{7}", " ", "\n", "\u{7}A", "^", "___", "<", "#", "]", "*", "\u{200B}"])
  func aTextOfAlmostNothingTrapsNowhere(text: String) throws {
    let source = Article.Source(
      name: [], line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: [])
    var article = Article(source: source, id: [], text: Array(text.utf8))
    try? CleanStage(options: CleanStage.Options(), context: .installed).process(&article, deadline: .none)
  }
}
