import Bytes
import CLexicon

/// The words of a language as the lists in `lists/` give them, compiled to a table that is constant data of the program.
///
/// The table: a head (`LexiconHead`), slots of eight bytes, entries. A slot holds the upper 48 bits of a word's hash and
/// the number of its entry, and is found by linear probing from the place that the upper half of the hash gives, where
/// slots stand in the order of their hashes: a greater one tells that a word is in no list. Words of which the lists say
/// the same share an entry. Of N words, one that is in no list is taken for one of them with a chance
/// of about N / 2⁴⁸.
@frozen
public struct Lexicon: Sendable {
  /// Unsafe: both point into constant data of the program.
  @usableFromInline nonisolated(unsafe) let slots: UnsafePointer<UInt64>
  @usableFromInline nonisolated(unsafe) let entries: UnsafePointer<WordEntry>
  @usableFromInline let slotCount: UInt64
  /// Tells one state of the lists from another.
  public let checksum: UInt64

  /// Words of English, lower case; names as they are written, of several tokens by their `PhraseHash`.
  @inlinable public static var english: Lexicon { Lexicon(lexicon_english()) }
  /// A bit of `traits` for each of `TextLanguage.codes`.
  public static var languages: Lexicon { Lexicon(lexicon_languages()) }
  /// Tells one state of the lists and tables of other languages from another.
  public static var languagesChecksum: UInt64 {
    languages.checksum ^ abbreviations.checksum ^ LetterSequences.table.checksum
  }
  /// Abbreviations of languages other than English, lower case: `de:usw` of one language, `:usw` of any.
  public static var abbreviations: Lexicon { Lexicon(lexicon_abbreviations()) }

  /// - Parameter table: as `LexiconTable` writes it; the build has checked it.
  @inlinable
  init(_ table: UnsafeRawPointer) {
    let head = table.load(as: LexiconHead.self)
    let slots = table + LexiconHead.size
    let entries = slots + Int(head.slots) * MemoryLayout<UInt64>.stride
    self.slots = slots.assumingMemoryBound(to: UInt64.self)
    self.entries = entries.assumingMemoryBound(to: WordEntry.self)
    slotCount = UInt64(head.slots)
    checksum = head.checksum
  }

  /// The entry of a word, or of a name as it is written; the zero value for one in no list.
  ///
  /// Always inline: who wants a field or two of the entry does not copy the rest.
  @inlinable
  public subscript(hash: WordHash) -> WordEntry {
    @inline(__always) get { entries[find(hash)] }
  }

  /// The number of a word's entry, by which whoever asks again finds it at once; 0 for a word in no list.
  @inlinable
  @inline(__always)
  public func number(of hash: WordHash) -> UInt16 { UInt16(truncatingIfNeeded: find(hash)) }

  /// The entry with a number that `number(of:)` of this lexicon gave.
  @inlinable
  public subscript(number number: UInt16) -> WordEntry {
    @inline(__always) get { entries[Int(number)] }
  }

  /// Whether the word is in the lists with one of the traits.
  @inlinable
  public func has(_ traits: WordTraits, _ hash: WordHash) -> Bool { entries[find(hash)].traits.has(traits) }

  /// The same for the word at `span`, with ASCII letters lowered.
  @inlinable
  public func has(_ traits: WordTraits, lowered bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    has(traits, WordHash(lowered: bytes, span))
  }

  /// The number of the word's entry, 0 for a word in no list.
  @inlinable
  @inline(__always)
  func find(_ hash: WordHash) -> Int {
    let key = hash.value & ~0xFFFF
    var at = ((hash.value >> 32) &* slotCount) >> 32
    while true {
      let slot = slots[Int(truncatingIfNeeded: at)]
      let found = slot & ~0xFFFF
      if found >= key || slot == 0 { return found == key ? Int(truncatingIfNeeded: slot & 0xFFFF) : 0 }
      at += 1
      if at == slotCount { at = 0 }
    }
  }
}

/// The first bytes of a compiled table; little-endian as all of it.
@frozen
public struct LexiconHead: Sendable {
  /// Changes with the layout of the table.
  @inlinable public static var magic: UInt64 { 0x3158_4C45_4E49_4C00 }
  /// Bytes, with what is unused.
  @inlinable public static var size: Int { 64 }

  public var magic = LexiconHead.magic
  public var slots: UInt32
  public var entries: UInt32
  /// FNV-1a over all bytes behind the head.
  public var checksum: UInt64

  public init(slots: UInt32, entries: UInt32, checksum: UInt64) {
    self.slots = slots
    self.entries = entries
    self.checksum = checksum
  }
}

extension WordEntry {
  /// The factor that a `value` of the kind `scale` holds: a factor, and a power of ten in the last byte.
  public static func scale(_ value: UInt32) -> Double {
    (0..<(value & 0xFF)).reduce(Double(value >> 8)) { product, _ in product * 10 }
  }
}
