import StageKit
import Testing

@testable import Entities

@Suite("Gazetteers")
struct GazetteerTests {
  /// The names found with a list: “ORG Zorv & Sons (Z1): Zorv & Sons, Zorvs”.
  private func names(_ text: String, _ list: String) throws -> [String] {
    let article = try annotated(text, lists: ["list.tsv": list])
    return article.entities?.filter { $0.kind.isName }.map { entity in
      let link = entity.link.map { " (\(string($0)))" } ?? ""
      let mentions = entity.mentions.map { string(Array(article.text[$0.range])) }.joined(separator: ", ")
      return "\(entity.kind.rawValue) \(string(entity.name))\(link): \(mentions)"
    } ?? []
  }

  @Test(
    arguments: [
      ("We bought a zorvophone.", "zorvophone\tMISC", ["MISC zorvophone: zorvophone"]),
      ("Oslo won.", "Oslo\tORG\tclub-7", ["ORG Oslo (club-7): Oslo"]),
      (
        "The Big Herring slept. Lundby woke.", "Lundby\tLOC\tL1\tBig Herring|Lundby-by-Sea",
        ["LOC Big Herring (L1): Big Herring, Lundby"]
      ),
      ("He left the University of Lund.", "Lund\tLOC\tL2", ["ORG University of Lund: University of Lund"]),
      ("She joined Zorv & Sons, Inc. today.", "Zorv & Sons, Inc.\tORG", ["ORG Zorv & Sons, Inc.: Zorv & Sons, Inc."]),
      ("St. Zorv’s Hall fell.", "St. Zorv's Hall\tLOC", ["LOC St. Zorv’s Hall: St. Zorv’s Hall"]),
      ("It runs on 3M  tape.", "3M tape\tMISC", ["MISC 3M tape: 3M  tape"]),
      (
        "We like zorv-mail, U.S. Zorv and Côte d’Zorv.", "zorv-mail\tORG\nU.S. Zorv\tORG\nCôte d'Zorv\tLOC",
        ["ORG zorv-mail: zorv-mail", "ORG U.S. Zorv: U.S. Zorv", "LOC Côte d’Zorv: Côte d’Zorv"]
      ),
      ("We saw zorv. Mail came.", "zorv. Mail\tORG", []),
      ("We saw zorvs.", "zorv\tORG", []),
    ])
  func overrideAndExtend(text: String, list: String, expected: [String]) throws {
    #expect(try names(text, list) == expected)
  }

  @Test func theLongestNameCountsAndTheFirstRow() throws {
    let list = "zorv\tORG\ta\nzorv quill\tMISC\tb\nzorv\tLOC\tc\n"
    #expect(try names("A zorv quill and a zorv.", list) == ["MISC zorv quill (b): zorv quill", "ORG zorv (a): zorv"])
  }

  @Test func aSurnameHasTheIdentifierOfTheFullName() throws {
    let found = try names("Ada Corr spoke. Corr left.", "Ada Corr\tPERSON\tQ1\n")
    #expect(found == ["PERSON Ada Corr (Q1): Ada Corr, Corr"])
  }

  @Test func titlesCommentsAndLineEndsArePassedOver() throws {
    let list = "\u{FEFF}name\ttype\tid\taliases\r\n# more to come\r\n\r\n zorv \tORG\t\tzorvs | zorvy |\r\n"
    #expect(try names("A zorv, a zorvy.", list).map { $0.prefix(3) } == ["ORG", "ORG"])
  }

  @Test(
    arguments: [
      ("zorv\n", "list.tsv:1: the row has no type: write NAME, a tab, and PERSON, ORG, LOC or MISC"),
      ("# a\nzorv\tPERSN\n", "list.tsv:2: ‘PERSN’ is no type of names: write PERSON, ORG, LOC or MISC"),
      ("zorv\tDATE\n", "list.tsv:1: ‘DATE’ is no type of names: write PERSON, ORG, LOC or MISC"),
      (" \tORG\n", "list.tsv:1: the row has no name"),
      (
        "zorv\tORG\ta\tb\tc\n",
        "list.tsv:1: the row has 5 fields: name, type, id and aliases are all there can be"
      ),
    ])
  func aBadRowIsToldWithItsPlace(list: String, message: String) throws {
    let error = #expect(throws: StageError.self) { try names("Text.", list) }
    #expect(error?.message == message)
  }

  @Test func bytesThatAreNotUTF8AreToldWithTheirPlace() {
    var context = StageContext()
    context.file = { _ throws(StageError) in Array("zorv\tORG\n".utf8) + [0xFF, 0x09, 0x4F] }
    let error = #expect(throws: StageError.self) { _ = try GazetteerFile.read(["a.tsv"], context) }
    #expect(error?.message == "a.tsv:2: the row is not UTF-8: save the file in that character set")
  }

  @Test func manyNamesAreFoundAndNoOthers() throws {
    var list = ""
    for n in 0..<3_000 { list += "zorv\(n) quill\tMISC\tid\(n)\n" }
    let found = try names("A zorv0 quill, a zorv2999 quill, a zorv3000 quill and a zorv7.", list)
    #expect(found == ["MISC zorv0 quill (id0): zorv0 quill", "MISC zorv2999 quill (id2999): zorv2999 quill"])
  }
}
