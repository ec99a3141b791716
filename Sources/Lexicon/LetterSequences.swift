import Bytes
import CLexicon

/// The table of letter sequences that tell one language from another, of those that share a script with others.
///
/// The table, constant data of the program, which `scripts/language-table` writes: a head of 64 bytes (magic, slots,
/// languages, checksum), the languages' codes of two letters each in 128 bytes, slots of eight bytes, lists. A slot holds
/// the upper 40 bits of a sequence's hash and the place of its list, and is found by linear probing; an empty one is 0. A
/// list is a count and as many bytes: the number of a language in the lower six bits, a weight in the upper two.
struct LetterSequences: Sendable {
  /// Unsafe: both point into constant data of the program.
  private nonisolated(unsafe) let slots: UnsafePointer<UInt64>
  private nonisolated(unsafe) let lists: UnsafePointer<UInt8>
  private nonisolated(unsafe) let names: UnsafePointer<UInt8>
  private let slotCount: UInt64
  let checksum: UInt64

  static let table = LetterSequences(lexicon_sequences())

  private static let headSize = 64
  private static let namesSize = 128

  private init(_ table: UnsafeRawPointer) {
    slotCount = UInt64(table.load(fromByteOffset: 8, as: UInt32.self))
    checksum = table.load(fromByteOffset: 16, as: UInt64.self)
    names = (table + Self.headSize).assumingMemoryBound(to: UInt8.self)
    let slots = table + Self.headSize + Self.namesSize
    self.slots = slots.assumingMemoryBound(to: UInt64.self)
    lists = (slots + Int(slotCount) * MemoryLayout<UInt64>.stride).assumingMemoryBound(to: UInt8.self)
  }

  static let mostLanguages = 64

  func code(_ language: Int) -> String {
    String(decoding: [names[language * 2], names[language * 2 + 1]], as: UTF8.self)
  }

  /// Whether two numbers stand for one language, as those of the two written forms of Norwegian.
  func isSame(_ one: Int, _ other: Int) -> Bool {
    names[one * 2] == names[other * 2] && names[one * 2 + 1] == names[other * 2 + 1]
  }

  /// Adds what a sequence says to the score of each language.
  ///
  /// - Parameter key: the letters' code points, 13 bits each.
  @inline(__always)
  func add(_ key: UInt64, to scores: inout Scores) {
    var hash = key &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    var at = ((hash >> 32) &* slotCount) >> 32
    while true {
      let slot = slots[Int(truncatingIfNeeded: at)]
      if slot == 0 { return }
      if (slot ^ hash) >> 24 == 0 {
        let place = Int(truncatingIfNeeded: slot & 0xFF_FFFF)
        for offset in 1...max(1, Int(lists[place])) {
          let weight = lists[place + offset]
          scores[Int(weight & 0x3F)] &+= Self.steps[Int(weight >> 6)]
        }
        return
      }
      at += 1
      if at == slotCount { at = 0 }
    }
  }

  /// Hundredths of natural logarithms, by language.
  typealias Scores = InlineArray<64, Int32>
  private static let steps: InlineArray<4, Int32> = [80, 180, 280, 400]
}
