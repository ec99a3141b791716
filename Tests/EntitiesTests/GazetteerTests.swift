import StageKit
import Synchronization
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
        ["LOC Lundby (L1): Big Herring, Lundby"]
      ),
      ("He left the University of Lund.", "Lund\tLOC\tL2", ["ORG University of Lund: University of Lund"]),
      ("She joined Zorv & Sons, Inc. today.", "Zorv & Sons, Inc.\tORG", ["ORG Zorv & Sons, Inc.: Zorv & Sons, Inc."]),
      ("St. Zorv’s Hall fell.", "St. Zorv's Hall\tLOC", ["LOC St. Zorv's Hall: St. Zorv’s Hall"]),
      ("It runs on 3M  tape.", "3M tape\tMISC", ["MISC 3M tape: 3M  tape"]),
      (
        "We like zorv-mail, U.S. Zorv and Côte d’Zorv.", "zorv-mail\tORG\nU.S. Zorv\tORG\nCôte d'Zorv\tLOC",
        ["ORG zorv-mail: zorv-mail", "ORG U.S. Zorv: U.S. Zorv", "LOC Côte d'Zorv: Côte d’Zorv"]
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
    #expect(try names("A zorv, a zorvy.", list).map { $0.prefix(3) } == ["ORG"])
  }

  @Test(
    arguments: [
      ("zorv\n", "list.tsv:1: the row has no type: write NAME, a tab, and PERSON, ORG, LOC or MISC"),
      ("# a\nzorv\tPERSN\n", "list.tsv:2: ‘PERSN’ is no type of names: write PERSON, ORG, LOC or MISC"),
      ("zorv\tDATE\n", "list.tsv:1: ‘DATE’ is no type of names: write PERSON, ORG, LOC or MISC"),
      (" \tORG\n", "list.tsv:1: the row has no name"),
      (
        "zorv\tORG\ta\tb\tconfirm\td\n",
        "list.tsv:1: the row has 6 fields: name, type, id, aliases and ‘confirm’ are all there can be"
      ),
      (
        "zorv\tORG\ta\tb\tsure\n",
        "list.tsv:1: the fifth field is ‘sure’: it may be ‘confirm’, for a name that counts only where one is found anyway"
      ),
      (
        "zorv\n# a\nquill\tORGS\n\tLOC\n",
        "list.tsv:1: the row has no type: write NAME, a tab, and PERSON, ORG, LOC or MISC; list.tsv:3: ‘ORGS’ is no type of names: "
          + "write PERSON, ORG, LOC or MISC; list.tsv:4: the row has no name"
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

  @Test(
    "What a text writes in another way is the same name",
    arguments: [
      ("SAINT ZORV, March 3 - The board met.", "Saint Zorv\tLOC\tL1", "L1"),
      ("She thanked Zo\u{308}rva Quill today.", "Zörva Quill\tPERSON\tP1", "P1"),
      ("She thanked Zorva Quill today.", "Zörva Quill\tPERSON\tP1", "P1"),
      ("She thanked Ｚｏｒｖ today.", "Zorv\tORG\tO1", "O1"),
      ("They left Port\u{A0}Zorv on Tuesday.", "Port\u{A0} Zorv\tLOC\tL1", "L1"),
      ("They left Port Zorv on Tuesday.", "Port\u{202F}Zorv\tLOC\tL1", "L1"),
    ])
  func folded(text: String, list: String, id: String) throws {
    #expect(try names(text, list).contains { $0.contains("(\(id))") })
  }

  @Test func capitalsCountWhereTheTextHasSmallLettersToo() throws {
    #expect(try names("A zorv mail came.", "Zorv Mail\tORG\tO1").allSatisfy { !$0.contains("O1") })
    let list = "it\tMISC\ta\nIT\tORG\tb\n"
    #expect(try names("We asked IT about it.", list).count == 2)
  }

  @Test func aMonthIsADateBeforeItIsAName() throws {
    let text = "In June 2017 she left the party. On June 4, 2017, she came back. Then June said so herself."
    let article = try annotated(text, lists: ["list.tsv": "June\tPERSON\tP3"])
    let found = article.entities?.map { "\($0.kind.rawValue) \(string($0.name))" }
    #expect(found?.filter { $0.hasPrefix("DATE") }.count == 2 && found?.contains("PERSON June") == true)
  }

  @Test func aCommonWordCountsWhereTheFinderSeesAName() throws {
    #expect(try names("Fishing is a joy to many.", "Fishing\tLOC\tX").isEmpty)
    #expect(try names("They have lived in Fishing since then.", "Fishing\tLOC\tX").count == 1)
    #expect(try names("The old zorv hall fell.", "zorv hall\tLOC\tX\t\tconfirm").isEmpty)
    #expect(try names("She met Ada Corr in Oslo.", "Ada Corr\tPERSON\tX\t\tconfirm").contains { $0.contains("(X)") })
  }

  @Test func namesOfScriptsWithoutSpacesStandInsideTokens() throws {
    let list = "王小明\tPERSON\tP1\t小明\n小明市\tLOC\tL1\nสมชาย\tPERSON\tP2\n"
    func found(_ text: String) throws -> [String] {
      try annotated(text, lists: ["list.tsv": list], languages: []).entities?.compactMap { entity in
        entity.link.map { "\(string($0)) \(string(entity.name)) \(entity.mentions.count)" }
      } ?? []
    }
    #expect(try found("议员王小明说，小明会来小明市。") == ["P1 王小明 2", "L1 小明市 1"])
    #expect(try found("นายสมชายกล่าวว่า") == ["P2 สมชาย 1"])
  }

  @Test func twoRowsOfOneNameAreTold() throws {
    let warnings = Warnings()
    var context = StageContext()
    context.warn = { warnings.add($0) }
    context.file = { _ throws(StageError) in
      Array("zorv\tORG\ta\nquill\tORG\n Zorv\tORG\nzorv\tLOC\ta\nquill\tORG\n".utf8)
    }
    _ = try GazetteerFile.read(["a.tsv"], context)
    #expect(
      warnings.all == [
        "a.tsv:4: ‘zorv’ stands in a.tsv:1 with another type or id, which counts; a.tsv:5: ‘quill’ stands in a.tsv:2 already"
      ])
  }
}

private final class Warnings: Sendable {
  private let messages = Mutex<[String]>([])
  func add(_ message: String) { messages.withLock { $0.append(message) } }
  var all: [String] { messages.withLock { $0 } }
}
