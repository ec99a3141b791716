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
    /// A common word: it counts only where the finder sees a name too.
    var needsFinder: Bool
    /// The canonical identifier, in `texts`; empty where the list gives none.
    fileprivate var id: ByteSpan
    /// The name that the list gives first.
    fileprivate var name: ByteSpan
  }

  /// A name of a list in the text.
  struct Match: Sendable, Equatable {
    var tokens: Range<Int>
    /// Index of its row.
    var row: Int
  }

  private var hashes: [UInt64]
  private var rowOf: [UInt32]
  /// Which letters of each are capitals.
  private var capitalsOf: [UInt16]
  private var filter: [UInt64]
  /// The same for names that start with no capital, which are few: it stays in the cache, where nearly every word of a
  /// text is turned away.
  private var plainFilter = Array(repeating: UInt64(0), count: 4096)
  private(set) var rows: [Row] = []
  private var texts: [UInt8] = []
  /// Whether some begin with no capital and a letter beyond ASCII.
  private var hasPlainBeyondASCII = false
  /// Whether some are of a script without spaces.
  private(set) var hasUnspaced = false
  private(set) var count = 0

  /// - Parameter names: about how many will be added; more than that only make look-ups slower.
  init(expectedNames names: Int) {
    var slots = 64
    while slots < names * 2 { slots *= 2 }
    hashes = Array(repeating: 0, count: slots)
    rowOf = Array(repeating: 0, count: slots)
    capitalsOf = Array(repeating: 0, count: slots)
    filter = Array(repeating: 0, count: slots / 4)  // 16 bits a slot, 32 and more a name
    rows.reserveCapacity(names)
  }

  /// What a list says of a name that stands in the text.
  func listed(_ row: Int) -> ListedName {
    let (id, name) = (rows[row].id, rows[row].name)
    return ListedName(id: id.isEmpty ? nil : Array(texts[id.range]), name: Array(texts[name.range]))
  }

  // MARK: Adding

  /// - Parameters:
  ///   - name: the one that the list gives first.
  ///   - id: empty for none.
  /// - Returns: the row's index, for its names.
  mutating func addRow(
    _ kind: Entity.Kind, name: ArraySlice<UInt8>, id: ArraySlice<UInt8>, needsFinder: Bool = false
  ) -> Int {
    let start = texts.count
    texts += id
    let middle = texts.count
    texts += name
    rows.append(
      Row(
        kind: kind, needsFinder: needsFinder, id: ByteSpan(start, middle), name: ByteSpan(middle, texts.count)))
    return rows.count - 1
  }

  /// Adds a name of a row, single-spaced. A name that is there already keeps its first row.
  ///
  /// - Returns: the row that it had before; `nil` where it is new.
  mutating func add(_ name: ArraySlice<UInt8>, row: Int) -> Int? {
    var folded = FoldedName()
    var at = name.startIndex
    guard let first = name.first else { return nil }
    let isPlain = !ByteClass(first).isAny(of: .upper)
    let span = name.span
    let isUnspaced = first >= 0x80 && FoldedName.isUnspaced(UTF8Scalar.decode(span, at: 0).value)
    if isUnspaced { hasUnspaced = true }
    while at < name.endIndex {
      at = folded.add(span, at - name.startIndex) + name.startIndex
      if at == name.endIndex || isUnspaced || Self.isBoundary(name[at - 1], name[at]) {
        Self.mark(folded.hash, in: &filter)
        if isPlain {
          Self.mark(folded.hash, in: &plainFilter)
          if !hasPlainBeyondASCII { hasPlainBeyondASCII = name.contains { $0 >= 0x80 } }
        }
      }
    }
    return insert(folded.hash, folded.capitalPattern, row)
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

  private mutating func insert(_ hash: UInt64, _ capitals: UInt16, _ row: Int) -> Int? {
    if (count + 1) * 4 > hashes.count * 3 { grow() }
    var at = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[at] != 0 {
      if hashes[at] == hash, capitalsOf[at] == capitals { return Int(rowOf[at]) }
      at = (at + 1) & (hashes.count - 1)
    }
    hashes[at] = hash
    rowOf[at] = UInt32(clamping: row)
    capitalsOf[at] = capitals
    count += 1
    return nil
  }

  private mutating func grow() {
    let (old, oldRows, oldCapitals) = (hashes, rowOf, capitalsOf)
    hashes = Array(repeating: 0, count: old.count * 2)
    rowOf = Array(repeating: 0, count: old.count * 2)
    capitalsOf = Array(repeating: 0, count: old.count * 2)
    count = 0
    for at in old.indices where old[at] != 0 { _ = insert(old[at], oldCapitals[at], Int(oldRows[at])) }
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
        // The lowered hash is that of the first token; most tokens end here.
        guard begins(words[at], segmentation.tokens[at].span, text), words[at].mark == 0,
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

  /// Whether a name may begin with a token.
  @inline(__always)
  private func begins(_ word: Word, _ span: ByteSpan, _ text: Span<UInt8>) -> Bool {
    let hash = word.lowered.value
    if word.isCapital ? Self.holds(hash, filter) : Self.holds(hash, plainFilter) { return true }
    guard word.isCapital || hasPlainBeyondASCII else { return false }
    for at in span.range where text[at] >= 0x80 {
      var folded = FoldedName()
      var offset = span.start
      while offset < span.end { offset = folded.add(text, offset) }
      return Self.holds(folded.hash, filter)
    }
    return false
  }

  private func longest(_ start: Int, _ limit: Int, _ tokens: [Token], _ text: Span<UInt8>) -> Match? {
    var folded = FoldedName()
    var found: Match?
    var at = start
    while at < limit {
      let span = tokens[at].span
      if at > start, span.start > tokens[at - 1].span.end { folded.addSpace() }
      var offset = span.start
      while offset < span.end { offset = folded.add(text, offset) }
      at += 1
      guard Self.holds(folded.hash, filter) else { break }
      if let row = row(folded) { found = Match(tokens: Range(from: start, upTo: at), row: row) }
    }
    return found
  }

  /// The longest name that begins at a character of a script without spaces, and where it ends.
  func longestUnspaced(_ text: Span<UInt8>, from start: Int) -> (row: Int, end: Int)? {
    var folded = FoldedName()
    var found: (row: Int, end: Int)?
    var at = start
    while at < text.count {
      at = folded.add(text, at)
      guard Self.holds(folded.hash, plainFilter), Self.holds(folded.hash, filter) else { break }
      if let row = row(folded) { found = (row, at) }
    }
    return found
  }

  @inline(__always)
  private static func holds(_ hash: UInt64, _ filter: [UInt64]) -> Bool {
    let bits = bits(of: hash)
    return filter[word(of: hash, filter.count)] & bits == bits
  }

  /// The row of a name, whose capitals are those of the list, or all of its letters.
  private func row(_ name: FoldedName) -> Int? {
    let (hash, capitals) = (name.hash, name.capitalPattern)
    var at = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    var shouted: Int?
    while hashes[at] != 0 {
      if hashes[at] == hash {
        if capitalsOf[at] == capitals { return Int(rowOf[at]) }
        if shouted == nil, name.isShouted { shouted = Int(rowOf[at]) }
      }
      at = (at + 1) & (hashes.count - 1)
    }
    return shouted
  }
}

/// What a list says of a name that stands in the text.
struct ListedName {
  /// The canonical identifier.
  var id: [UInt8]?
  /// The name that the list gives first.
  var name: [UInt8]

  /// What tells whether two are one.
  var identity: [UInt8] { id ?? [0] + name }
}
