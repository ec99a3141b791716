import PipelineKit
import StageKit
import Testing

@testable import Entities

@Suite("References")
struct ReferenceTests {
  /// “Ada Corr: he, The minister” for each person who is referred to.
  private func references(
    _ text: String, types: [EntitiesStage.FoundType] = [.person]
  ) throws -> [String] {
    let article = try annotated(text, types: types)
    return article.entities?.filter { !$0.references.isEmpty }.map { entity in
      let found = entity.references.map { string(Array(article.text[$0.span.range])) }
      return "\(string(entity.name)): \(found.joined(separator: ", "))"
    } ?? []
  }

  @Test(
    arguments: [
      ("Ada Corr spoke. She left with her sons.", ["Ada Corr: She, her"]),
      ("Peter Holm met Ada Corr. She was glad.", ["Ada Corr: She"]),
      ("Peter Holm met Jonas Lund in Oslo. He was glad.", ["Peter Holm: He"]),
      ("Peter Holm met Jonas Lund in Oslo. The fish fed him.", []),
      ("Peter Holm told Jonas Lund that he was wrong.", []),
      ("A spokesman for Peter Holm said he was ill.", []),
      ("Peter Holm left. His brother said he was ill.", ["Peter Holm: His"]),
      ("Peter Holm left. In his letter Jonas Lund was kind.", []),
      ("Peter Holm sang. “He is late,” Ada Corr said.", []),
      ("Peter Holm spoke. “We agree,” he said.", ["Peter Holm: he"]),
      ("Peter Holm sang. ''He is late,'' Ada Corr said.", []),
      ("Peter Holm spoke. Jonas Lund was late, he said.", ["Peter Holm: he"]),
      ("Peter Holm spoke. “We agree,” Jonas Lund was told, he said.", ["Peter Holm: he"]),
      (
        "Peter Holm met Jonas Lund. The fish fed him. On Sunday he saw a sister of Karl Berg and knew that he was late.",
        []
      ),
      ("Peter Holm spoke. Jonas Lund said it was late, he said.", ["Peter Holm: he"]),
      ("Ada Corr was shocked by the news, she said.", ["Ada Corr: she"]),
      ("Ada Corr spoke. An eager Peter Holm supporter said that he left.", []),
      ("Peter Holm spoke. The Jonas Lund plan failed. He left.", ["Peter Holm: He"]),
      ("Jonas Lund met Karl Berg. The fish fed him. He ate.", []),
      ("Ada Corr sang. He left.", []),
      ("Zorva Quillen sang. He left. She stayed.", ["Zorva Quillen: He"]),
      ("It rained, and he left. Peter Holm came.", []),
    ])
  func pronouns(text: String, expected: [String]) throws { #expect(try references(text) == expected) }

  @Test(
    arguments: [
      (
        "Danish Foreign Minister Ada Corr spoke. The Danish foreign minister left. The diplomat slept.",
        ["Ada Corr: The Danish foreign minister, The diplomat"]
      ),
      ("Danish Foreign Minister Ada Corr spoke. The Swedish foreign minister left.", []),
      ("Danish Foreign Minister Ada Corr spoke. The prime minister left.", []),
      ("Danish Foreign Minister Ada Corr spoke. The minister of trade left.", []),
      ("Danish Foreign Minister Ada Corr spoke. The new minister left.", []),
      ("Former President Ada Corr spoke. The president left.", []),
      ("President Ada Corr met President Jonas Holm. The president left.", []),
      ("Mayor Ada Corr spoke. The mayor, Jonas Holm, left.", []),
      ("Jonas Holm, the mayor of Bergen, spoke. The mayor left.", ["Jonas Holm: The mayor"]),
      ("The ministers met Foreign Minister Ada Corr. The ministers left.", []),
    ])
  func descriptions(text: String, expected: [String]) throws { #expect(try references(text) == expected) }

  @Test(
    "A pronoun tells the gender of a name that does not",
    arguments: [
      ("Zorva Quillen lost her boat. It rained.", Gender.feminine), ("Zorva Quillen left. He was late.", .masculine),
      ("Zorva Quillen left. It rained.", .unknown), ("Peter Holm left.", .masculine),
    ])
  func gender(text: String, expected: Gender) throws {
    #expect(try annotated(text, types: [.person]).entities?.first?.gender == expected)
  }

  @Test func moreThanThirtySortsOfThingsAreDescribed() throws {
    #expect(
      try references("Mount Zorv is high. The mountain is old.", types: [.location]) == ["Mount Zorv: The mountain"])
    #expect(
      try references("The Zorv Peninsula is long. The peninsula is old.", types: [.location])
        == ["Zorv Peninsula: The peninsula"])
  }

  @Test func aRoleToldAgainIsOneRole() throws {
    let text = String(repeating: "Foreign Minister Ada Corr left. The foreign minister sang. ", count: 30)
    let corr = try #require(try annotated(text).entities?.first { string($0.name) == "Ada Corr" })
    #expect(corr.references.count == 30 && corr.roles.map(string) == ["Foreign Minister"])
  }

  @Test func theNextParagraphDoesNotGoOnWithADescription() throws {
    #expect(
      try references("Mayor Ada Corr came.\n\nThere spoke the mayor\n\nJonas Holm left.") == ["Ada Corr: the mayor"])
  }

  @Test(
    arguments: [
      ("Holm Savings Bank closed. The bank said so. “The bank is old.”", ["Holm Savings Bank: The bank"]),
      ("Holm Savings Bank met Corr Bank. The bank left.", []),
      (
        "The Lund Fisheries Ministry spoke. It rained. Then the ministry's roof fell.",
        ["Lund Fisheries Ministry: the ministry"]
      ),
      ("The Lund Fisheries Ministry spoke. The ministry of trade did not. The ministry, Holm Office, left.", []),
      ("Shares of Zorvensoft fell. The company said so. The company car is red.", ["Zorvensoft: The company"]),
      ("NATO spoke. The company said so.", []),
      ("Zorvensoft met Quillenware. The company said so.", []),
      ("Lund Rovers spoke. The club said so.", ["Lund Rovers: The club"]),
      ("The Lund Harbour Authority spoke. The agency said so.", ["Lund Harbour Authority: The agency"]),
      ("He went to Norway. He left the country on Monday.", ["Norway: the country"]),
      ("He went to Norway and Denmark. He left the country on Monday.", []),
      ("He went to Bergen. He left the country on Monday.", []),
      ("Holm Savings Bank closed. It rained. It rained. It rained. It rained. The bank said so.", []),
    ])
  func bodies(text: String, expected: [String]) throws {
    #expect(try references(text, types: [.organization, .location]) == expected)
  }

  @Test func namesAloneOnDemand() throws {
    var options = EntitiesStage.Options()
    options.coreference = .names
    var article = try annotated("Ada Corr spoke. She left.", types: [.person])
    try EntitiesStage(options: options, context: .installed).process(&article, deadline: .none)
    #expect(article.entities?.allSatisfy { $0.references.isEmpty } == true)
  }
}
