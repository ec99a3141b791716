/// The hash of several words in a row, from the hashes of each.
@frozen
public struct PhraseHash: Sendable {
  @usableFromInline static let start: UInt64 = 0x9E37_79B9_7F4A_7C15
  @usableFromInline var state = PhraseHash.start

  @inlinable public init() {}

  @inlinable
  public mutating func add(_ word: WordHash) {
    var words = FNV1a(from: state)
    words.add(word.value)
    state = words.value ^ words.value >> 29
  }

  /// That of the empty word where there are none.
  public var value: WordHash {
    var builder = WordHash.Builder()
    if state == Self.start { return builder.hash }
    for shift in stride(from: 0, to: 64, by: 8) { builder.add(UInt8(truncatingIfNeeded: state >> UInt64(shift))) }
    return builder.hash
  }
}
