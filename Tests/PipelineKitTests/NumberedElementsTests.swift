import Testing

@testable import Threads

@Suite struct NumberedElementsTests {
  @Test func elementsComeOutUnderTheirNumbersInAnyOrder() {
    var elements = NumberedElements<String>()
    for number in 1000..<1100 { elements.put("\(number)", at: number) }
    for number in (1000..<1100).reversed() { #expect(elements.take(number) == "\(number)") }
    #expect(elements.take(1050) == nil)
  }

  @Test func numbersThatAreFarBehindOthersAreNotTakenForThem() {
    var elements = NumberedElements<Int>()
    elements.put(7, at: 3)
    #expect(!elements.holds(3 + 16) && !elements.holds(3 + 4096) && elements.holds(3))
    elements.put(8, at: 3 + 16)
    #expect(elements.take(3) == 7 && elements.take(3 + 16) == 8)
  }

  @Test func placesAreUsedAgainForNumbersThatRise() {
    var elements = NumberedElements<Int>()
    for number in 0..<10_000 {
      elements.put(number, at: number)
      if number >= 10 { #expect(elements.take(number - 10) == number - 10) }
    }
    #expect((9_990..<10_000).allSatisfy(elements.holds))
  }
}
