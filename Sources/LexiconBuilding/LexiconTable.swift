import Bytes
import Lexicon

/// The bytes of a compiled table, as `Lexicon` reads them.
enum LexiconTable {
  static func bytes(_ words: [WordHash: WordEntry]) -> [UInt8] {
    var numbers: [WordEntry: UInt64] = [:]
    var entries = [WordEntry()]
    // Less than one slot in two is taken, so that most look-ups end at the first one; an even number of them, since
    // entries are aligned to sixteen bytes.
    let count = words.count * 2 + 2
    var slots = [UInt64](repeating: 0, count: count)
    // Who comes in the order of the hashes stands in it; those that go past the end stand behind all that lie at the front.
    for (hash, entry) in words.sorted(by: { $0.key.value < $1.key.value }) {
      let number = numbers[entry] ?? UInt64(entries.count)
      if number == entries.count {
        entries.append(entry)
        numbers[entry] = number
      }
      precondition(number <= 0xFFFF, "more kinds of entries than a slot can number")
      var at = Int(((hash.value >> 32) &* UInt64(count)) >> 32)
      while slots[at] != 0 { at = (at + 1) % count }
      slots[at] = hash.value & ~0xFFFF | number
    }
    let body = slots.withUnsafeBytes { Array($0) } + entries.flatMap { $0.bytes }
    var checksum = FNV1a()
    for byte in body { checksum.add(byte) }
    let head = LexiconHead(slots: UInt32(count), entries: UInt32(entries.count), checksum: checksum.value)
    return head.bytes + body
  }
}

extension WordEntry {
  /// As they lie in memory.
  fileprivate var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }
}

extension LexiconHead {
  fileprivate var bytes: [UInt8] {
    let bytes = withUnsafeBytes(of: self) { Array($0) }
    return bytes + Array(repeating: 0, count: LexiconHead.size - bytes.count)
  }
}
