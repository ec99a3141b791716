import StageKit
import Testing

@testable import Entities

/// Names as houses, offices, prefixes and places make them in the press of many countries.
@Suite("Names of the world's press")
struct WorldPressTests {
  @Test(
    "Who stands before their place",
    arguments: [
      ("Mayor Ivo Brandt of Tarsk opened the hall on Monday.", ["PERSON Ivo Brandt", "LOC Tarsk"]),
      ("Bishop Rhea Lund of Tarsk and her aides came on Monday.", ["PERSON Rhea Lund", "LOC Tarsk"]),
      ("Professor Lin Zhao of Fudan University spoke on Monday.", ["PERSON Lin Zhao", "ORG Fudan University"]),
      ("He read the life of Francis of Assisi on Monday.", ["PERSON Francis of Assisi"]),
    ])
  func places(text: String, expected: [String]) throws { #expect(try mentions(text) == expected) }

  @Test(
    "Names behind prefixes and before hyphens",
    arguments: [
      ("Anti-Moscow parties lost on Monday.", ["LOC Moscow"]),
      ("The voters were pro-NATO on Monday.", ["ORG NATO"]),
      ("Non-OPEC producers pumped more on Monday.", ["ORG OPEC"]),
      ("The old plan was a UN-backed one on Monday.", ["ORG UN"]),
      ("Ex-Governor Sani Bello left on Monday.", ["PERSON Sani Bello"]),
    ])
  func prefixes(text: String, expected: [String]) throws { #expect(try mentions(text) == expected) }

  @Test(
    "Houses",
    arguments: [
      ("Children’s Fund Malawi objected on Monday.", ["ORG Children’s Fund Malawi"]),
      ("They met the Farmers’ Union of Wales on Monday.", ["ORG Farmers’ Union of Wales"]),
      ("They met Walter Hoff’s Hoffsoft on Monday.", ["PERSON Walter Hoff", "ORG Hoffsoft"]),
      ("The Central Bank of Trinidad and Tobago met.", ["ORG Central Bank of Trinidad and Tobago"]),
      ("It sailed to Saint Vincent and the Grenadines.", ["LOC Saint Vincent and the Grenadines"]),
    ])
  func houses(text: String, expected: [String]) throws {
    #expect(try mentions(text).map { $0.replacing("ORG The ", with: "ORG ") } == expected)
  }

  @Test(
    "Titles and given names",
    arguments: [
      ("Tan Sri Rahman Yusof and Mallam Nuhu Gaya prayed in Jos on Monday.", ["Rahman Yusof", "Nuhu Gaya"]),
      ("CM Rajesh Pillai and Adv Sipho Nkosi left Chennai on Monday.", ["Rajesh Pillai", "Sipho Nkosi"]),
      ("Ji-hoon Yang, a cook, lives in Busan.", ["Ji-hoon Yang"]),
      ("IGP T K Das came. “We shall see,” Das said in Patna on Monday.", ["T K Das"]),
      ("Dakota Price met us in Leeds on Monday. Price said it was fun.", ["Dakota Price"]),
    ])
  func titles(text: String, expected: [String]) throws {
    #expect(try people(text).map(\.name) == expected)
  }

  @Test func partsOfAnOfficeAreNoNames() throws {
    #expect(try mentions("Labour Minister Helena Brandt told us so on Monday.") == ["PERSON Helena Brandt"])
    #expect(
      try mentions("Labour leader Helena Brandt told us so on Monday.") == ["ORG Labour", "PERSON Helena Brandt"])
  }

  @Test func aWordThatEndsANameStandsForIt() throws {
    let article = try annotated(
      "The Kenya Farmers Alliance met on Monday. The Philippine Coast Guard came. The alliance said that the tax was wrong. The coast guard left."
    )
    let references = article.entities?.filter { $0.kind == .organization }.map { $0.references.count }
    #expect(references == [1, 1])
    let two = try annotated(
      "The Kenya Farmers Alliance met the Lund Traders Alliance on Monday. The alliance said that the tax was wrong.")
    #expect(two.entities?.allSatisfy { $0.references.isEmpty } ?? false)
  }
}
