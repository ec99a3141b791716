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
