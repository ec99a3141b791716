import StageKit
import Testing

@testable import Entities

/// Names, titles and surnames as the press of many countries writes them.
@Suite("Names of the world")
struct WorldNameTests {
  @Test(
    "Titles are roles",
    arguments: [
      (
        "Alhaji Sule Bako met Engr. Tunde Ojo in Kano on Monday, and they said that the road was safe.",
        ["Sule Bako", "Tunde Ojo"]
      ),
      ("He met King Faruk in Amman on Monday.", ["Faruk"]),
      (
        "The police chief, DGP R K Menon, was with H E Omar Saleh when they spoke to us on Monday.",
        ["R K Menon", "Omar Saleh"]
      ),
      ("Shri Anil Kapse left for Delhi on Monday.", ["Anil Kapse"]),
      ("Justice Amina Bello SAN retired on Monday.", ["Amina Bello"]),
      ("The Amir of Kuwait sent a note, and the First Lady waved.", []),
    ])
  func titles(text: String, expected: [String]) throws {
    #expect(try people(text).map(\.name) == expected)
  }

  @Test(
    "Family names alone",
    arguments: [
      (
        "Governor Uche Ezeka-Obi spoke in Enugu on Monday. Ezeka-Obi said the road was safe.",
        ["PERSON Uche Ezeka-Obi", "LOC Enugu", "PERSON Ezeka-Obi"]
      ),
      (
        "Prince Salim bin Omar al-Farouk left for Doha. Al-Farouk said the talks went well.",
        ["PERSON Salim bin Omar al-Farouk", "LOC Doha", "PERSON Al-Farouk"]
      ),
      (
        "Kang Min-seo, a nurse, lives in Busan. Kang said the ward was full.",
        ["PERSON Kang Min-seo", "LOC Busan", "PERSON Kang"]
      ),
    ])
  func familyNames(text: String, expected: [String]) throws { #expect(try mentions(text) == expected) }

  @Test func mrAndMrsTellNamesakesApart() throws {
    let found = try people(
      "Peter Lund and Maria Lund run a mill. Mr. Lund said it was late. Mrs. Lund said it was early.")
    #expect(found.map(\.name) == ["Peter Lund", "Maria Lund"])
    #expect(found.map(\.mentions) == [2, 2])
  }

  @Test func aGivenNameBehindItTellsWhoseAFamilyNameIs() throws {
    let found = try people("Peter Lund met Maria Lund in Oslo. The older Lund, Peter, left in tears.")
    #expect(found.first?.mentions == 3)
  }

  @Test(
    "Names with “and”, ’s and hyphens inside",
    arguments: [
      ("The Petroleum and Natural Gas Commission acted on Monday.", ["ORG Petroleum and Natural Gas Commission"]),
      ("St. Mark’s Hospital in Jos closed on Monday.", ["ORG St. Mark’s Hospital", "LOC Jos"]),
      ("Franco-German talks failed on Monday.", ["MISC Franco-German"]),
      ("Ships from Trinidad and Tobago came on Monday.", ["LOC Trinidad and Tobago"]),
      ("Forward Luis “El Toro” Paz scored twice on Monday.", ["PERSON Luis “El Toro” Paz"]),
    ])
  func bounds(text: String, expected: [String]) throws { #expect(try mentions(text) == expected) }

  @Test func aTownIsAGivenNameBeforeAFamilyName() throws {
    #expect(
      try mentions("Jordan Mitchell left for Leeds on Friday. Georgia Holt came too.")
        == ["PERSON Jordan Mitchell", "LOC Leeds", "PERSON Georgia Holt"])
  }

  @Test func thePlaceOfADatelineIsAPlace() throws {
    let article = try annotated(
      "OSMARA (Northwire) - The central bank of Osmara held its rate at four percent on Wednesday, the governor said.")
    let names = article.entities?.filter { $0.kind.isName }.map {
      "\($0.kind.rawValue) \(string($0.name)) \($0.mentions.count)"
    }
    #expect(names == ["LOC Osmara 2", "ORG Northwire 1"])
  }

  @Test func aShortFormIsTheOrganisationThatTheArticleNamesInFull() throws {
    let article = try annotated(
      "The Holmvik Port Authority sued a firm on Monday. The Port Authority said the firm owed it money.")
    #expect(article.entities?.filter { $0.kind == .organization }.map { $0.mentions.count } == [2])
  }
}
