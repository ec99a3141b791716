import Testing

@testable import Quotes

@Suite struct DecidedSpeakersTests {
  @Test func nobodyIsADecisionToo() {
    var decided = DecidedSpeakers(tokenCount: 3)
    decided[0] = .some(7)
    decided[1] = .some(nil)
    #expect(decided[0] == .some(.some(7)))
    #expect(decided[1] == .some(nil))
    #expect(decided[2] == nil)
  }
}
