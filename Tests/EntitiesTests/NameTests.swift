import StageKit
import Testing

@testable import Entities

@Suite("Names")
struct NameTests {
  @Test(
    arguments: [
      ("Police arrested Jonas Holm near Bergen.", ["PERSON Jonas Holm", "LOC Bergen"]),
      ("Talks in Zorvenia failed, said Gen. Holm.", ["LOC Zorvenia", "PERSON Holm"]),
      ("The mayor met Boris Karov's son.", ["PERSON Boris Karov"]),
      ("She works for the Ministry of Health and Welfare.", ["ORG Ministry of Health and Welfare"]),
      (
        "The Committee on Foreign Trade and Corr & Lund agreed.", ["ORG Committee on Foreign Trade", "ORG Corr & Lund"]
      ),
      ("Officials from NATO, the U.N. and the US came.", ["ORG NATO", "ORG U.N.", "LOC US"]),
      ("Let us go, he told us.", []),
      ("A Russian-born spokesman for al-Qaeda.", ["MISC Russian", "ORG al-Qaeda"]),
      (
        "Kim Jong-un met Staffan de Mistura and Khaled al-Amr.",
        ["PERSON Kim Jong-un", "PERSON Staffan de Mistura", "PERSON Khaled al-Amr"]
      ),
      ("They sailed down the Corr River to Lake Como.", ["LOC Corr River", "LOC Lake Como"]),
      ("In May he joined the Lund Times; on Monday he left.", ["ORG Lund Times"]),
      ("Secretary of State Ada Corr spoke.", ["PERSON Ada Corr"]),
      ("The Syrians and the Democrats watched the World Cup.", ["MISC Syrians", "MISC Democrats", "MISC World Cup"]),
      ("They met on Karl Lund Avenue in Zorven Bay.", ["LOC Karl Lund Avenue", "LOC Zorven Bay"]),
      ("They spoke of Biological Diversity.", []),
      (
        "The Organization for the Prohibition of Loud Bells met.",
        ["ORG Organization for the Prohibition of Loud Bells"]
      ),
      ("He said the WHO helped; who else would?", ["ORG WHO"]),
      ("But Justice Minister Eva Lund resigned.", ["PERSON Eva Lund"]),
    ])
  func areFoundWithTheirTypes(text: String, expected: [String]) throws {
    #expect(try mentions(text) == expected)
  }

  @Test(
    arguments: [
      ("UN Special Envoy for Cyprus Rosa de Almeida spoke.", ["ORG UN", "LOC Cyprus", "PERSON Rosa de Almeida"]),
      ("The ambassador to Norway Maria Lund spoke.", ["LOC Norway", "PERSON Maria Lund"]),
      ("He is the president of Bergen University.", ["ORG Bergen University"]),
    ])
  func thePlaceOfAnOfficeIsNoPartOfAName(text: String, expected: [String]) throws {
    #expect(try mentions(text) == expected)
  }

  @Test(
    arguments: [
      ("Shares of Jensen & Jensen fell as SunGrain rose.", ["ORG Jensen & Jensen", "ORG SunGrain"]),
      ("The drug was made by HelioNTech.", ["ORG HelioNTech"]),
      ("Lender Halvorsen reported a loss.", ["ORG Halvorsen"]),
      ("He praised the firm Smith founded.", ["PERSON Smith"]),
      ("The Danish firm Vestrolma was sold.", ["MISC Danish", "ORG Vestrolma"]),
      ("It was McAllister who wrote to DeWitt Corr.", ["PERSON McAllister", "PERSON DeWitt Corr"]),
    ])
  func firmsByTheirSpelling(text: String, expected: [String]) throws { #expect(try mentions(text) == expected) }

  @Test(
    arguments: [
      (
        "Soccer results: Bergen 2 Odense 1. Lund 3-0 Holmvik. Norway 1 Sweden 1.",
        ["ORG Bergen", "ORG Odense", "ORG Lund", "ORG Holmvik", "LOC Norway", "LOC Sweden"]
      ),
      (
        "Odense beat Bergen in the league. The Odense striker Karl Holm scored both goals in Bergen.",
        ["ORG Odense", "ORG Bergen", "ORG Odense", "PERSON Karl Holm", "LOC Bergen"]
      ),
      ("Rain fell in Bergen 12 and Odense 14 hours long.", ["LOC Bergen", "LOC Odense"]),
      ("They drove from Bergen to Odense and beat the storm.", ["LOC Bergen", "LOC Odense"]),
    ])
  func teamsAreNoTowns(text: String, expected: [String]) throws { #expect(try mentions(text) == expected) }

  /// A team that is the second of one result and the first of the next, or stands in the brackets of another.
  @Test(
    arguments: [
      "The striker scored a goal. Lund 3, Oslo 2 Bergen 1.", "The striker scored. Lund 3 (Oslo 1, Bergen 2) Holm 1.",
      "The cup: Lund 3 Holm 2 Lund 1 Holm 0 Bergen 4.",
    ])
  func aTeamHasEachMentionOnce(text: String) throws {
    for entity in try #require(try annotated(text).entities) {
      #expect(Set(entity.mentions).count == entity.mentions.count, "\(string(entity.name))")
    }
  }

  @Test(
    arguments: [
      (
        "i met jill allen in san rafael. we love mexico and the nice beaches of china",
        ["PERSON jill allen", "LOC san rafael", "LOC mexico", "LOC china"]
      ),
      ("The mark was left, and it rained on the china cup.", []),
      ("i will mark the bill in may", []),
      ("Then Dr Holm and Prof. Ada Corr spoke.", ["PERSON Holm", "PERSON Ada Corr"]),
    ])
  func writersWithoutCapitalsAreRead(text: String, expected: [String]) throws {
    #expect(try mentions(text) == expected)
  }

  @Test(
    arguments: [
      ("The Coastal Defence Brigade 47 sailed.", "ORG Coastal Defence Brigade 47"),
      ("The Lund Fisheries Committee 2017 met.", "ORG Lund Fisheries Committee"),
      ("The Lund Fire Brigade 12 percent later left.", "ORG Lund Fire Brigade"),
    ])
  func theNumberOfABodyIsPartOfItsName(text: String, expected: String) throws {
    #expect(try mentions(text) == [expected])
  }

  @Test(
    arguments: [
      "The Lund Harbour Authority (LHA) met. The LHA is old.",
      "The LHA (Lund Harbour Authority) met. The LHA is old.",
      "The Council on Loud Bells (CLB) met. The CLB is old. CLB rules are new.",
      "Ships of the LHA (the Lund Harbour Authority) sailed. The LHA is old.",
    ])
  func acronymsAreJoinedWithTheFullName(text: String) throws {
    let entities = try annotated(text, types: [.organization]).entities ?? []
    #expect(entities.count == 1)
    #expect(entities.first?.mentions.count ?? 0 >= 3)
  }

  @Test func aHeadlineNamesOnlyWhatIsKnownOrComesLater() throws {
    let found = try mentions("Corr Wins Big Vote In Norway\n\nAda Corr won on Monday. She thanked voters.")
    #expect(found == ["PERSON Corr", "LOC Norway", "PERSON Ada Corr"])
  }

  @Test func aTownThatIsAlsoASurname() throws {
    let found = try mentions("Denzel Washington smiled. Washington then left.")
    #expect(found == ["PERSON Denzel Washington", "PERSON Washington"])
  }

  @Test func aBareWordIsNoPersonWithoutAFullName() throws {
    #expect(try mentions("Shares of Zorvex rose. Zorvex said it was glad.") == ["ORG Zorvex", "ORG Zorvex"])
  }
}

@Suite("People")
struct PeopleTests {
  @Test func spellingsAndInitialsAreJoined() throws {
    let found = try people("Sergei Karov spoke. S. Karov left. Sergey Karov slept. Karov woke.")
    #expect(found.map(\.name) == ["Sergei Karov"])
    #expect(found.map(\.mentions) == [4])
  }

  @Test func particlesDoNotPart() throws {
    let found = try people("President Bashar al-Assad spoke. Bashar Assad left. Mr. Assad slept.")
    #expect(found.map(\.mentions) == [3])
  }

  @Test func differentGivenNamesStayApart() throws {
    #expect(try people("Maria Lund met Boris Lund.").map(\.name) == ["Maria Lund", "Boris Lund"])
  }

  @Test(
    arguments: [
      ("UN Special Envoy for Cyprus Rosa de Almeida spoke.", ["UN Special Envoy for Cyprus"]),
      ("Norway's foreign minister Ada Corr spoke.", ["Norway's foreign minister"]),
      ("Norway's envoy, Ada Corr, spoke.", ["Norway's envoy"]),
      ("A spokesman for President Ada Corr spoke.", ["President"]),
      ("Ada Corr, a former editor of the Lund Times, spoke.", ["former editor of the Lund Times"]),
      ("Ada Corr, the actress who won, spoke.", ["actress"]),
      ("Ada Corr, the architect of “Zorven”, spoke.", ["architect"]),
      ("Aid grew under former President Ada Corr.", ["former President"]),
      ("Ada Corr, who sings, spoke to Mr. Holm.", []),
    ])
  func rolesAreRead(text: String, expected: [String]) throws {
    let found = try people(text)
    #expect(found.first?.roles == expected)
  }
}
