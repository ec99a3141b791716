import Bytes

/// Tells of most words at once that they are not among some of a lexicon's, by a bit for a part of their hashes: what fits into
/// a processor's nearest cache, where the lexicon does not.
@frozen
public struct LexiconFilter: Sendable {
  /// Bits, as the power of two.
  @inlinable static var width: UInt64 { 15 }
  @usableFromInline var marks: [UInt64]

  /// - Parameter isOne: of the words that it lets through.
  public init(of lexicon: Lexicon, where isOne: (WordEntry) -> Bool) {
    marks = Array(repeating: 0, count: 1 << Int(Self.width) / UInt64.bitWidth)
    for slot in UnsafeBufferPointer(start: lexicon.slots, count: Int(lexicon.slotCount)) where slot != 0 {
      if isOne(lexicon.entries[Int(slot & 0xFFFF)]) {
        let bit = slot >> (64 - Self.width)
        marks[Int(bit >> 6)] |= 1 << (bit & 63)
      }
    }
  }

  /// Whether the word may be one of them. Of others, one in many is let through too.
  @inlinable
  @inline(__always)
  public func mayHold(_ word: WordHash) -> Bool {
    let bit = word.value >> (64 - Self.width)
    return marks[Int(bit >> 6)] >> (bit & 63) & 1 != 0
  }
}
