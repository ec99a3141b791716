import Bytes
import Testing

@Suite struct ByteScanTests {
  /// Beside the plain loop, at every length and place round the eight bytes that are looked at together.
  @Test func findsTheFirstByteOfAValue() {
    let seed = UInt64.random(in: 0 ... .max)
    print("byte scan seed \(seed)")
    var random = SeededGenerator(state: seed)
    for _ in 0..<5_000 {
      // Neighbours of the value in it tell a borrow from a match.
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        [0x0A, 0x0B, 0x09, 0x8A, 0x00, 0xFF, 0x61, 0x61, 0x61].randomElement(using: &random) ?? 0 as UInt8
      }
      let low = Int.random(in: 0...bytes.count, using: &random)
      let high = Int.random(in: low...bytes.count, using: &random)
      let expected = bytes[low..<high].firstIndex(of: 0x0A) ?? high
      #expect(bytes.span.firstOffset(of: 0x0A, in: low..<high) == expected, "\(bytes) \(low)..<\(high)")
    }
  }

  @Test func findsWordsAndNoneAcrossTheEnd() {
    let text = Array("the landing stage".utf8)
    let all = 0..<text.count
    #expect(text.span.holds("the", at: 0) && text.span.holds("stage", at: 12) && !text.span.holds("stages", at: 12))
    #expect(!text.span.holds("the", at: -1) && !text.span.holds("e", at: 17) && text.span.holds("", at: 17))
    #expect(text.span.holds("and", in: all) && text.span.holds("stage", in: all) && !text.span.holds("stages", in: all))
    #expect(
      !text.span.holds("stage", in: 0..<16) && !text.span.holds("the", in: 1..<17) && text.span.holds("", in: all))
  }
}
