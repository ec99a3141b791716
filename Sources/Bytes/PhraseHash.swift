/// The hash of several words in a row, from the hashes of each.
@frozen
public struct PhraseHash: Sendable {
  public private(set) var value = WordHash("".utf8)
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  public init() {}

  public mutating func add(_ word: WordHash) {
    var words = FNV1a(from: state)
    words.add(word.value)
    state = words.value ^ words.value >> 29
    var builder = WordHash.Builder()
    for shift in stride(from: 0, to: 64, by: 8) { builder.add(UInt8(truncatingIfNeeded: state >> UInt64(shift))) }
    value = builder.hash
  }
}
