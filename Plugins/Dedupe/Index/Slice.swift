import Bytes
import Disk

/// A run of articles that came one after another; they are forgotten together.
///
/// Its entries are one file, header and frames `length:4 checksum:4 entry`, that only grows. While it grows, what leads
/// to them lies in memory, as do the bytes that are not on the disk yet; a complete slice is looked up where it lies.
final class Slice {
  static let magic = Array("LCDENTR2".utf8)
  private static let formerMagic = Array("LCDENTR1".utf8)
  static let headerSize = 32
  private static let bytesToAKey = 10
  /// Offsets in a file are 32 bits.
  private static let longest = 1 << 30
  /// Keys of an article beside those of its 5-grams, at most: text, body, id, and what it takes the place of.
  static let wholeKeys = 4

  /// The number of its first entry: its name.
  let firstNumber: UInt64
  private(set) var lastNumber: UInt64
  /// Seconds since 1970.
  private(set) var oldestArrival = Int64.max
  private(set) var newestArrival = Int64.min
  private(set) var table: SealedTable?
  private(set) var keys = KeyTable()
  /// Keys that its articles have, and four more for each. When a slice is complete depends on this alone and not on which keys
  /// were noted, so that it can be told from the articles' fingerprints.
  private(set) var offered = 0
  private(set) var offsets: [UInt32] = []
  private(set) var limits: [KeyLimit] = []
  /// Hashes of text that stands in many articles, as its entries tell.
  private(set) var standing: [UInt32] = []
  /// Whether its entries are of a former version; a slice has those of one.
  private(set) var isFormer = false
  /// The file's first bytes, as many as are on the disk; the rest.
  private var view = FileView([])
  private(set) var tail: [UInt8] = []
  /// Where the next write begins.
  private(set) var writeStart = 0
  private(set) var hasFile = false

  /// An empty one.
  ///
  /// - Parameter length: of its entries file, where that is known.
  init(firstNumber: UInt64, length: Int = headerSize) {
    self.firstNumber = firstNumber
    lastNumber = firstNumber
    tail.reserveCapacity(length)
    // A file that is read has about so many keys: the table need not grow while it is.
    keys = KeyTable(capacity: min(length / Self.bytesToAKey, KeyTable.mostKeys))
    tail += Self.header(firstNumber)
  }

  /// One that lies on the disk.
  init(_ table: SealedTable, entries: FileView) {
    self.table = table
    firstNumber = table.header.firstNumber
    lastNumber = table.header.lastNumber
    newestArrival = table.header.newestArrival
    isFormer = table.header.isFormer
    standing = table.standing
    view = entries
    writeStart = entries.count
    hasFile = true
  }

  static func header(_ firstNumber: UInt64, isFormer: Bool = false) -> [UInt8] {
    var bytes = isFormer ? formerMagic : magic
    bytes.appendFixed(firstNumber)
    bytes.appendFixed(CRC32C.checksum(bytes.span))
    return bytes + [UInt8](repeating: 0, count: headerSize - bytes.count)
  }

  static func firstNumber(_ header: Span<UInt8>) -> UInt64? {
    guard header.count >= headerSize else { return nil }
    guard [magic, formerMagic].contains(header.array(0..<magic.count)) else { return nil }
    guard header.fixed32(at: 16) == CRC32C.checksum(header.extracting(0..<16)) else { return nil }
    return header.fixed64(at: 8)
  }

  var count: Int { table?.header.entryCount ?? offsets.count }
  /// Bytes of the entries file.
  var length: Int { view.count + tail.count }
  var isWritten: Bool { hasFile && tail.isEmpty }

  func hasRoom(keys more: Int) -> Bool {
    table == nil && offsets.count < KeyTable.mostPlaces && offered + more <= KeyTable.mostKeys && length < Self.longest
  }

  // MARK: - Growing

  /// Nothing of it is on the disk.
  private var hasRoomForHeader: Bool { view.count == 0 && tail.count == Self.headerSize }

  /// Whether an entry of a version may be added.
  func takes(former: Bool) -> Bool { count == 0 && hasRoomForHeader || former == isFormer }

  /// - Parameter bytes: the entry, encoded.
  func append(_ entry: IndexEntry, _ bytes: [UInt8]) {
    let place = offsets.count
    if place == 0, entry.isFormer != isFormer, hasRoomForHeader {
      isFormer = entry.isFormer
      tail.replaceSubrange(0..<Self.headerSize, with: Self.header(firstNumber, isFormer: isFormer))
    }
    offsets.append(UInt32(length))
    tail.appendFixed(UInt32(bytes.count))
    tail.appendFixed(CRC32C.checksum(bytes.span))
    tail += bytes
    lastNumber = max(lastNumber, entry.number)
    oldestArrival = min(oldestArrival, entry.arrival)
    newestArrival = max(newestArrival, entry.arrival)
    offered += entry.keyCount + Self.wholeKeys
    limits.append(KeyLimit(of: entry.sketch))
    standing += entry.standing
    if entry.isIndexed {
      if isFormer {
        let sketch = entry.sketch
        for n in 0..<sketch.leadingCount { keys.insert(Key(formerShingle: sketch.hashes[n]), place) }
      } else {
        for key in entry.sketch.keys { keys.insert(Key(shingle: key), place) }
      }
    }
    // The slice's first of equal texts, and its last of one id.
    func lead(_ key: Key) {
      // The first may be the one that this entry takes the place of.
      if entry.supersedes != nil { keys.set(key, place) } else { keys.insert(key, place, most: 1) }
    }
    if entry.textHash != 0 { lead(Key(text: entry.textHash)) }
    if entry.bodyHash != 0 { lead(Key(body: entry.bodyHash)) }
    keys.set(Key(id: entry.id), place)
    if let number = entry.supersedes { keys.set(Key(superseding: number), place) }
  }

  /// What is to be written so that the file holds the first `count` entries, and how long it is then; `nil` where all
  /// is done.
  func unwritten(count: Int) -> (offset: Int, bytes: [UInt8], end: Int)? {
    let end = count < offsets.count ? Int(offsets[count]) : length
    if count == 0 || end == view.count { return nil }
    let unwritten = Range(from: writeStart - view.count, clampedTo: end - view.count)
    return (writeStart, Array(tail[unwritten]), end)
  }

  /// The bytes before `view`'s end are on the disk.
  func adopt(_ view: FileView) {
    // Another array: one that was emptied would keep its memory for as long as the slice is there.
    tail = Array(tail.dropFirst(max(0, view.count - self.view.count)))
    self.view = view
    writeStart = view.count
    hasFile = true
  }

  /// Its file has these bytes already.
  func noteFile(of length: Int) {
    writeStart = length
    hasFile = true
  }

  /// What the file has beyond `view` may not be on the disk: it is written again.
  func distrustFile() { writeStart = view.count }

  // MARK: - Complete

  /// What its table is made of.
  var tableContent: SealedTable.Content {
    SealedTable.Content(
      keys: keys, offsets: offsets, limits: limits, standing: standing, isFormer: isFormer, entriesLength: length,
      firstNumber: firstNumber, lastNumber: lastNumber, newestArrival: newestArrival)
  }

  func seal(_ table: SealedTable) {
    self.table = table
    keys = KeyTable()
    offsets = []
    limits = []
  }

  /// Complete, and in memory only.
  func sealInMemory() {
    guard table == nil else { return }
    view = FileView(tail)
    tail = []
    guard let table = SealedTable(tableContent.encoded) else { return }
    seal(table)
  }

  // MARK: - Looking up

  /// Calls `body` with an entry's bytes, and a function that holds them against their checksum.
  @inline(__always)
  func withEntry<R>(_ place: Int, _ body: (Span<UInt8>, (Span<UInt8>) -> Bool) -> R?) -> R? {
    guard place < count else { return nil }
    let start = offset(place), end = offset(place + 1)
    guard start + 8 <= end else { return nil }
    if end <= view.count { return view.withSpan(Range(from: start, upTo: end)) { Self.open($0, body) } ?? nil }
    guard start >= view.count, end <= length else { return nil }
    // A span must borrow from a local, not from a property that could change.
    let tail = self.tail
    return Self.open(tail.span.extracting(Range(from: start - view.count, upTo: end - view.count)), body)
  }

  @inline(__always)
  private static func open<R>(_ frame: Span<UInt8>, _ body: (Span<UInt8>, (Span<UInt8>) -> Bool) -> R?) -> R? {
    let expected = frame.fixed32(at: 4)
    return body(frame.extracting(Range(from: 8, upTo: frame.count))) { CRC32C.checksum($0) == expected }
  }

  private func offset(_ place: Int) -> Int {
    if let table { return table.offset(of: place) }
    return place < offsets.count ? Int(offsets[place]) : length
  }
}
