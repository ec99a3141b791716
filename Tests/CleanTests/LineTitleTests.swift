import StageKit
import Testing

@testable import Clean

@Suite("Headlines of plain pages")
struct LineTitleTests {
  private func title(_ lines: String) throws -> String? {
    try string(cleaned(lines + "\n\n" + story.joined(separator: "\n\n")).metadata.title)
  }

  private let headline = "Harbour Town Opens Its Rebuilt Bridge After Four Years"

  @Test(
    "the headline, not the line under it, above it or beside it",
    arguments: [
      "HEADLINE\n\nBuses cross the Orla for the first time since the flood\n\nBy Ada Corr\n\nMarch 4, 2019",
      "Home\nNews\nSport\n\nHEADLINE\n\nThe mayor was on board of the first bus over the new bridge\n\nAda Corr\n4 March 2019",
      "Log in\nSubscribe\n\nBridges\n\nHEADLINE\n\nMarch 4, 2019",
      "Listen Live\nCrews lift the old span over the Orla river. (File)\n\nHEADLINE\n\n© NORTHWIRE / Ada Corr\nEurope",
      "HEADLINE | Orla Times\nHome\nNews\nSport\nWeather\nHEADLINE\nBy\nAda Corr\nMarch 4, 2019",
      "We use cookies on this page\nHome\nNews\nHEADLINE\nPublished: 4 March 2019\nShare\nComments",
    ])
  func found(page: String) throws {
    #expect(try title(page.replacing("HEADLINE", with: headline)) == headline)
  }

  @Test("a text without a headline has none")
  func none() throws {
    #expect(try title("") == nil)
    #expect(try title("The mayor was on board of the first bus that crossed the bridge on Monday.") == nil)
  }
}
