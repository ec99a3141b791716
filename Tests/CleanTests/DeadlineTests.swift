import StageKit
import Testing

@testable import Clean

@Suite("A deadline that has passed is seen") struct DeadlineTests {
  @Test("while days are looked for, whichever lines hold one")
  func days() throws {
    // No line whose number a look might hang on has digits, and none a day: after some days the search ends.
    let text = (0..<5000).map { $0 % 256 == 0 ? "No day at all" : "Number 4711 and no day" }.joined(separator: "\n\n")
    let page = try PlainPage.read(Array(text.utf8), deadline: .none)
    let facts = try PageFacts(page, deadline: .none)
    let roles = try BlockRoles(
      page, facts, states: page.blocks.map { _ in .before }, isMarkup: false, address: nil, dropPhrases: nil,
      keepsAll: false, titles: cleanModel().titles, deadline: .none)
    #expect(throws: StageError.self) {
      _ = try PublicationFeatures(roles, address: nil, deadline: Deadline(after: .zero))
    }
  }
}
