import StageKit
import Testing

@testable import Entities

@Suite("Corrections of names")
struct CorrectionTests {
  private func names(_ text: String, _ corrections: String) throws -> [String] {
    try annotated(text, corrections: corrections).entities?.filter { $0.kind.isName }.map { entity in
      "\(entity.kind.rawValue) \(string(entity.name))\(entity.link.map { " \(string($0))" } ?? "") \(entity.mentions.count)"
    } ?? []
  }

  private let text = "Ada Lund met Zorba in Oslo. Lund left. Zorba stayed."

  @Test func theRightNameTypeAndIdentifierWin() throws {
    #expect(
      try names(text, "Zorba\tZorba Fisheries\tORG\tQ7\n") == [
        "PERSON Ada Lund 2", "ORG Zorba Fisheries Q7 2", "LOC Oslo 1",
      ])
  }

  @Test func whatIsNoneIsNone() throws {
    #expect(try names(text, "Oslo\t-\n").contains { $0.hasPrefix("LOC") } == false)
  }

  @Test func mentionsWithOneRightNameAreOneEntity() throws {
    #expect(try names(text, "Zorba\tAda Lund\tPERSON\n") == ["PERSON Ada Lund 4", "LOC Oslo 1"])
  }

  @Test func aRowOfAnArticleHoldsThereOnly() throws {
    #expect(try names(text, "Oslo\t-\t\t\tanother\n").contains("LOC Oslo 1"))
    #expect(try names(text, "Oslo\t-\t\t\t1\n").contains("LOC Oslo 1") == false)
    #expect(try names(text, "Oslo\t-\nOslo\tOslo\tORG\t\t1\n").contains("ORG Oslo 1"))
  }

  @Test func aLongerNameIsAnother() throws {
    #expect(try names("She left Oslo University Hospital.", "Oslo\t-\n").count == 1)
  }

  @Test(arguments: [
    ("Oslo\n", "a.tsv:1: write the words"), ("# x\nOslo\tOslo\tTOWN\n", "a.tsv:2: ‘TOWN’ is no type"),
    ("\tOslo\tLOC\n", "a.tsv:1: write the words"),
  ])
  func aBadRowIsToldWithItsPlace(list: String, message: String) throws {
    let error = #expect(throws: StageError.self) { try names(text, list) }
    #expect(error?.message.contains(message) == true)
  }
}
