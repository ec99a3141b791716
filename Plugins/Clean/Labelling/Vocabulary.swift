import Bytes
import StageKit

/// Which longer words the good blocks of a page share. Words are told apart by some bits of their hashes only.
struct Vocabulary {
  private static let slotCount = 1 << 14
  /// In how many good blocks each word stands.
  private var counts = [UInt16](repeating: 0, count: slotCount)
  /// The last good block that counted for a word, from 1.
  private var counted = [Int32](repeating: 0, count: slotCount)
  private var slots: [UInt16] = []
  /// Of each block, its first slot; one longer than the blocks.
  private var starts = [0]

  mutating func note(_ word: WordHash) {
    slots.append(UInt16(truncatingIfNeeded: word.value >> 20) % UInt16(Self.slotCount))
  }

  mutating func finishBlock(isGood: Bool) {
    let number = Int32(clamping: starts.count)
    if isGood {
      for slot in slots[starts[starts.count - 1]...] where counted[Int(slot)] != number {
        counted[Int(slot)] = number
        // More than a few of them tell nothing more.
        if counts[Int(slot)] < .max { counts[Int(slot)] += 1 }
      }
    }
    starts.append(slots.count)
  }

  /// How many of a block's words stand in another good block, and in three others, in per cent; 255 where it has none.
  func cohesion(_ index: Int, isGood: Bool) -> (any: UInt8, many: UInt8) {
    let own: UInt16 = isGood ? 1 : 0
    let words = slots[Range(from: starts[index], upTo: starts[index + 1])]
    if words.isEmpty { return (255, 255) }
    let (any, many) = words.reduce((0, 0)) {
      ($0.0 + (counts[Int($1)] > own ? 1 : 0), $0.1 + (counts[Int($1)] > own + 2 ? 1 : 0))
    }
    return (UInt8(clamping: any * 100 / words.count), UInt8(clamping: many * 100 / words.count))
  }
}
