import Bytes
import StageKit

/// The names of a user's lists, for look-up by the bytes of a text.
///
/// A hashed trie without nodes: one table from the hash of a whole name to its row, and one filter over the hashes
/// of all beginnings of names that end where a token may. A million names take about 50 MB.
struct Gazetteer: Sendable {
  /// What a list says of a name.
  struct Row: Sendable {
    var kind: Entity.Kind
    /// The canonical identifier, in `ids`; empty where the list gives none.
    fileprivate var id: ByteSpan
  }

  /// A name of a list in the text.
  struct Match: Sendable, Equatable {
    var tokens: Range<Int>
    /// Index of its row.
    var row: Int
  }

  private var hashes: [UInt64]
  private var rowOf: [UInt32]
  private var filter: [UInt64]
  /// The same for names that start with no capital, which are few: it stays in the cache, where nearly every word of a
  /// text is turned away.
  private var plainFilter = Array(repeating: UInt64(0), count: 4096)
  private(set) var rows: [Row] = []
  private var ids: [UInt8] = []
  private(set) var count = 0

  /// - Parameter names: about how many will be added; more than that only make look-ups slower.
  init(expectedNames names: Int) {
    var slots = 64
    while slots < names * 2 { slots *= 2 }
    hashes = Array(repeating: 0, count: slots)
    rowOf = Array(repeating: 0, count: slots)
    filter = Array(repeating: 0, count: slots / 4)  // 16 bits a slot, 32 and more a name
    rows.reserveCapacity(names)
  }

  func id(of row: Int) -> [UInt8]? {
    let span = rows[row].id
    return span.isEmpty ? nil : Array(ids[span.range])
  }

  // MARK: Adding

  /// - Parameter id: empty for none.
  /// - Returns: the row's index, for its names.
  mutating func addRow(_ kind: Entity.Kind, id: ArraySlice<UInt8>) -> Int {
    let start = ids.count
    ids += id
    rows.append(Row(kind: kind, id: ByteSpan(start, ids.count)))
    return rows.count - 1
  }

  /// Adds a name of a row. A name that is there already keeps its first row.
  mutating func add(_ name: ArraySlice<UInt8>, row: Int) {
    var hash = NameHash()
    var at = name.startIndex
    let isPlain = name.first.map { !ByteClass($0).isAny(of: .upper) } ?? false
    while at < name.endIndex {
      at = hash.add(name.span, at - name.startIndex) + name.startIndex
      if at == name.endIndex || Self.isBoundary(name[at - 1], name[at]) {
        Self.mark(hash.value, in: &filter)
        if isPlain { Self.mark(hash.value, in: &plainFilter) }
      }
    }
    insert(hash.value, row)
  }

  /// Whether a token may end between two bytes: not inside a word, and not after a space.
  private static func isBoundary(_ before: UInt8, _ after: UInt8) -> Bool {
    let (a, b) = (ByteClass(before), ByteClass(after))
    if a.isAny(of: .space) { return false }
    let inWord: ByteClass = [.upper, .lower, .digit, .multibyte]
    return !a.isAny(of: inWord) || !b.isAny(of: inWord) || a.isAny(of: .digit) != b.isAny(of: .digit)
  }

  private static func mark(_ hash: UInt64, in filter: inout [UInt64]) {
    filter[word(of: hash, filter.count)] |= bits(of: hash)
  }

  /// Which word of the filter is the hash's own, and which three bits of it (a blocked Bloom filter: Putze, Sanders and
  /// Singler 2007).
  ///
  /// - Parameter count: words of the filter, a power of two.
  @inline(__always)
  private static func word(of hash: UInt64, _ count: Int) -> Int { Int(truncatingIfNeeded: hash >> 18) & (count - 1) }

  @inline(__always)
  private static func bits(of hash: UInt64) -> UInt64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63)
  }

  private mutating func insert(_ hash: UInt64, _ row: Int) {
    if (count + 1) * 4 > hashes.count * 3 { grow() }
    var at = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[at] != 0 {
      if hashes[at] == hash { return }
      at = (at + 1) & (hashes.count - 1)
    }
    hashes[at] = hash
    rowOf[at] = UInt32(clamping: row)
    count += 1
  }

  private mutating func grow() {
    let (old, oldRows) = (hashes, rowOf)
    hashes = Array(repeating: 0, count: old.count * 2)
    rowOf = Array(repeating: 0, count: old.count * 2)
    count = 0
    for (hash, row) in zip(old, oldRows) where hash != 0 { insert(hash, Int(row)) }
  }

  // MARK: Looking up

  /// The names that stand in the text: the longest from the left, none across a sentence's end.
  func matches(
    _ words: [Word], _ segmentation: Segmentation, _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Match] {
    var found: [Match] = []
    for sentence in segmentation.sentences {
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        try watch.step()
        // The form's hash is that of the first token; most tokens end here.
        let hash = words[at].form.value
        guard words[at].isCapital || Self.holds(hash, plainFilter), Self.holds(hash, filter), words[at].mark == 0,
          let match = longest(at, sentence.tokens.upperBound, segmentation.tokens, text)
        else {
          at += 1
          continue
        }
        found.append(match)
        at = match.tokens.upperBound
      }
    }
    return found
  }

  private func longest(_ start: Int, _ limit: Int, _ tokens: [Token], _ text: Span<UInt8>) -> Match? {
    var hash = NameHash()
    var found: Match?
    var at = start
    while at < limit {
      let span = tokens[at].span
      if at > start, span.start > tokens[at - 1].span.end { hash.addSpace() }
      var offset = span.start
      while offset < span.end { offset = hash.add(text, offset) }
      at += 1
      guard Self.holds(hash.value, filter) else { break }
      if let row = row(hash.value) { found = Match(tokens: Range(from: start, upTo: at), row: row) }
    }
    return found
  }

  @inline(__always)
  private static func holds(_ hash: UInt64, _ filter: [UInt64]) -> Bool {
    let bits = bits(of: hash)
    return filter[word(of: hash, filter.count)] & bits == bits
  }

  private func row(_ hash: UInt64) -> Int? {
    var at = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[at] != 0 {
      if hashes[at] == hash { return Int(rowOf[at]) }
      at = (at + 1) & (hashes.count - 1)
    }
    return nil
  }
}

/// The hash of a name: any white space is one space, U+2019 an apostrophe. Of one token it is `Word.form`.
private struct NameHash {
  private var builder = WordHash.Builder()

  var value: UInt64 { builder.hash.value }

  mutating func addSpace() { builder.add(0x20) }

  /// Adds what stands at `offset` and returns the offset behind it.
  mutating func add(_ bytes: Span<UInt8>, _ offset: Int) -> Int {
    let byte = bytes[offset]
    if byte == 0xE2, offset + 2 < bytes.count, bytes[offset + 1] == 0x80, bytes[offset + 2] == 0x99 {
      builder.add(UInt8(ascii: "'"))
      return offset + 3
    }
    if byte == 0x20 {
      var end = offset + 1
      while end < bytes.count, bytes[end] == 0x20 { end += 1 }
      builder.add(byte)
      return end
    }
    builder.add(byte)
    return offset + 1
  }
}
