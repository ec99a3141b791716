/// A set of words.
@frozen
public struct WordSet: Sendable {
  @usableFromInline var table: WordTable<Bool>

  /// None, with room for so many.
  @inlinable public init(capacity: Int = 0) { table = WordTable(capacity: capacity) }

  /// - Parameter list: words (or phrases) separated by line ends; a line that starts with `#` is a comment.
  public init(lines list: StaticString) { table = WordTable(lines: list, value: true) }

  public init(_ words: some Sequence<String>) {
    var table = WordTable<Bool>()
    for word in words { table.insert(WordHash(word.utf8), true) }
    self.table = table
  }

  @inlinable public mutating func insert(_ hash: WordHash) { table.insert(hash, true) }

  @inlinable public func contains(_ hash: WordHash) -> Bool { table[hash] != nil }
  @inlinable public func contains(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool { contains(WordHash(bytes, span)) }
  @inlinable
  public func contains(lowered bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    contains(WordHash(lowered: bytes, span))
  }
}
