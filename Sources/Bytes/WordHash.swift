/// The 64-bit hash of a word, built byte by byte, so that a scanner can hash while it looks.
@frozen
public struct WordHash: Hashable, Sendable {
  /// Never 0, which marks an empty slot.
  public let value: UInt64

  /// A hash that was made elsewhere; not 0.
  @inlinable public init(value: UInt64) { self.value = value }

  @inlinable
  public init(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    var builder = Builder()
    for at in span.range { builder.add(bytes[at]) }
    self = builder.hash
  }

  /// The hash of the word with ASCII letters lowered.
  @inlinable
  public init(lowered bytes: Span<UInt8>, _ span: ByteSpan) {
    var builder = Builder()
    for at in span.range { builder.add(bytes[at].lowered) }
    self = builder.hash
  }

  @inlinable
  public init(_ word: some Sequence<UInt8>) {
    var builder = Builder()
    for byte in word { builder.add(byte) }
    self = builder.hash
  }

  /// FNV-1a with a final mix, because the table takes the low bits.
  @frozen
  public struct Builder {
    @usableFromInline var state = FNV1a()
    @inlinable public init() {}
    @inlinable public mutating func add(_ byte: UInt8) { state.add(byte) }
    /// Adds a whole word, to hash a phrase.
    @inlinable public mutating func add(_ word: WordHash) { state.add(word.value) }
    @inlinable
    public var hash: WordHash {
      var mixed = state.value
      mixed ^= mixed >> 32
      mixed = mixed &* 0xD6E8_FEB8_6659_FD93
      mixed ^= mixed >> 32
      return WordHash(value: mixed == 0 ? 1 : mixed)
    }
  }
}
