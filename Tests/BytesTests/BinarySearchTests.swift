import Bytes
import Testing

@Suite struct BinarySearchTests {
  @Test func findsWhereTheRearPartBegins() {
    for count in 0...20 {
      let numbers = Array(0..<count)
      for limit in 0...count {
        #expect(numbers.partitioningIndex { $0 >= limit } == limit)
        // A slice keeps its own indices.
        #expect(numbers[(limit / 2)...].partitioningIndex { $0 >= limit } == limit)
      }
    }
    #expect([7, 7, 7].partitioningIndex { $0 >= 7 } == 0 && [7, 7, 7].partitioningIndex { $0 > 7 } == 3)
  }

  @Test func findsTheSpanAroundAnother() {
    let spans = [ByteSpan(0, 4), ByteSpan(6, 9)]
    #expect(spans.span(around: ByteSpan(1, 4)) == spans[0] && spans.span(around: ByteSpan(6, 9)) == spans[1])
    for other in [ByteSpan(3, 5), ByteSpan(4, 6), ByteSpan(8, 10), ByteSpan(9, 10)] {
      #expect(spans.span(around: other) == nil)
    }
    #expect(([] as [ByteSpan]).span(around: ByteSpan(0, 0)) == nil)
  }
}
