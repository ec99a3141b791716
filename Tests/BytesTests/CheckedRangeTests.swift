import Bytes
import Testing

@Suite struct CheckedRangeTests {
  @Test func endsInOrderGiveTheRangeBetweenThem() {
    #expect(Range(from: 3, upTo: 7) == 3..<7)
    #expect(Range(from: 3, upTo: 3) == 3..<3)
    #expect(Range(from: 3, clampedTo: 7) == 3..<7)
    #expect(Range(from: 3, count: 4) == 3..<7)
    #expect(Range(from: 3, count: 0).isEmpty)
  }

  @Test func anEndThatLiesBeforeTheStartGivesTheEmptyRangeAtTheStart() {
    #expect(Range(from: 7, clampedTo: 3) == 7..<7)
    #expect(Range(from: 0, clampedTo: -1) == 0..<0)
  }

  #if DEBUG
    @Test func aDebugBuildStopsWhereEndsAreUpsideDown() async {
      await #expect(processExitsWith: .failure) { _ = Range(from: 7, upTo: 3) }
      await #expect(processExitsWith: .failure) { _ = Range(from: 7, count: -1) }
      await #expect(processExitsWith: .failure) { _ = ByteSpan(7, 3) }
      await #expect(processExitsWith: .failure) { _ = ByteSpan(-1, 3) }
    }
  #endif
}
