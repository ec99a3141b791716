import Foundation
import HTTP
import Testing

@testable import DeskServer

@Suite struct CorrectionsTests {
  private func rows(after corrections: [Correction], over before: String? = nil) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("corrections-\(randomToken()).tsv")
    defer { try? FileManager.default.removeItem(at: file) }
    if let before { try before.write(to: file, atomically: false, encoding: .utf8) }
    let written = Corrections(path: file.path)
    for correction in corrections { try written.add(correction) }
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test func `a row is added`() throws {
    let rows = try rows(
      after: [
        Correction(words: " Brand ", name: "Helena Brandt", type: "PERSON", link: nil, article: nil),
        Correction(words: "The Coast", name: "-", type: nil, link: nil, article: "a1"),
      ], over: "# mine\nOld\tNew\tORG")
    #expect(rows == "# mine\nOld\tNew\tORG\nBrand\tHelena Brandt\tPERSON\nThe Coast\t-\t\t\ta1\n")
  }

  @Test(arguments: [
    Correction(words: "a\tb", name: "c", type: "ORG", link: nil, article: nil),
    Correction(words: "a", name: "b\nc\td", type: "ORG", link: nil, article: nil),
    Correction(words: "", name: "b", type: "ORG", link: nil, article: nil),
    Correction(words: "a", name: "b", type: nil, link: nil, article: nil),
    Correction(words: "a", name: "b", type: "DATE", link: nil, article: nil),
    Correction(words: "# a", name: "b", type: "ORG", link: nil, article: nil),
    Correction(words: "a", name: String(repeating: "b", count: 500), type: "ORG", link: nil, article: nil),
  ])
  func `what would be another row, or none, is refused`(_ correction: Correction) {
    #expect(throws: Refusal.self) { try rows(after: [correction]) }
  }
}
