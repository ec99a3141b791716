/// A map from words (byte strings) to small values: open addressing over 64-bit hashes, no String in sight.
///
/// Two words with one 64-bit hash would be taken for the same word; with a million words the chance is 3e-8.
///
/// Inlinable throughout: unspecialised, a look-up would spend most of its time on the generic type.
@frozen
public struct WordTable<Value: Sendable>: Sendable {
  @usableFromInline var hashes: [UInt64]
  @usableFromInline var values: [Value?]
  @usableFromInline var mask: Int
  @usableFromInline var used = 0
  /// Words in the table.
  @inlinable public var count: Int { used }

  @inlinable
  public init(capacity: Int = 16) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    hashes = Array(repeating: 0, count: size)
    values = Array(repeating: nil, count: size)
    mask = size - 1
  }

  @inlinable
  public subscript(hash: WordHash) -> Value? {
    var at = Int(truncatingIfNeeded: hash.value) & mask
    while hashes[at] != 0 {
      if hashes[at] == hash.value { return values[at] }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Adds a word, or gives one that is there another value.
  @inlinable
  public mutating func insert(_ hash: WordHash, _ value: Value) {
    if (used + 1) * 2 > hashes.count { grow() }
    var at = Int(truncatingIfNeeded: hash.value) & mask
    while hashes[at] != 0, hashes[at] != hash.value { at = (at + 1) & mask }
    if hashes[at] == 0 { used += 1 }
    hashes[at] = hash.value
    values[at] = value
  }

  @inlinable
  mutating func grow() {
    var larger = WordTable(capacity: hashes.count)
    for at in hashes.indices where hashes[at] != 0 {
      if let value = values[at] { larger.insert(WordHash(value: hashes[at]), value) }
    }
    self = larger
  }
}

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
    for at in span.range {
      let byte = bytes[at]
      builder.add(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    self = builder.hash
  }

  @inlinable
  public init(_ word: some Sequence<UInt8>) {
    var builder = Builder()
    for byte in word { builder.add(byte) }
    self = builder.hash
  }

  /// FNV-1a (Fowler, Noll, Vo) with a final mix, because the table takes the low bits.
  @frozen
  public struct Builder {
    @usableFromInline var state: UInt64 = 0xCBF2_9CE4_8422_2325
    @inlinable public init() {}
    @inlinable public mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    /// Adds a whole word, to hash a phrase.
    @inlinable public mutating func add(_ word: WordHash) { state = (state ^ word.value) &* 0x100_0000_01B3 }
    @inlinable
    public var hash: WordHash {
      var mixed = state
      mixed ^= mixed >> 32
      mixed = mixed &* 0xD6E8_FEB8_6659_FD93
      mixed ^= mixed >> 32
      return WordHash(value: mixed == 0 ? 1 : mixed)
    }
  }
}

extension WordTable {
  public init(_ pairs: [(String, Value)]) {
    self.init(capacity: pairs.count)
    for (word, value) in pairs { insert(WordHash(word.utf8), value) }
  }

  /// The words of a list written as text: separated by line ends, `#` starts a comment line.
  public init(lines list: StaticString, value: Value) {
    self.init(capacity: list.utf8CodeUnitCount / 8)
    insert(lines: list, value: value)
  }

  public mutating func insert(lines list: StaticString, value: Value) {
    let words = list.withUTF8Buffer { Array($0) }.split(whereSeparator: { $0 == 0x0A })
    for word in words where word.first != UInt8(ascii: "#") { insert(WordHash(word), value) }
  }
}

/// A set of words.
@frozen
public struct WordSet: Sendable {
  @usableFromInline let table: WordTable<Bool>

  /// - Parameter list: words (or phrases) separated by line ends; a line that starts with `#` is a comment.
  public init(lines list: StaticString) { table = WordTable(lines: list, value: true) }

  public init(_ words: some Sequence<String>) {
    var table = WordTable<Bool>()
    for word in words { table.insert(WordHash(word.utf8), true) }
    self.table = table
  }

  @inlinable public func contains(_ hash: WordHash) -> Bool { table[hash] != nil }
  @inlinable public func contains(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool { contains(WordHash(bytes, span)) }
  @inlinable
  public func contains(lowered bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    contains(WordHash(lowered: bytes, span))
  }
}
