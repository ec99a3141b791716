import Bytes
import StageKit
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
}
