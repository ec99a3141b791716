import Bytes

/// All that is kept of one article.
struct IndexEntry: Equatable {
  /// Its place among the decisions of this index, from 0.
  var number: UInt64
  /// Its number in the spool; `nil` outside one.
  var sequence: UInt64?
  /// Seconds since 1970.
  var arrival: Int64
  /// Days since 1970.
  var published: Int64?
  var textHash: UInt64
  /// Without a headline; 0 where there is none.
  var bodyHash: UInt64 = 0
  var id: [UInt8]
  /// `nil` for the article's own.
  var cluster: [UInt8]?
  /// Whether its shingles lead to it; else only its text as a whole.
  var isIndexed: Bool
  /// The number of the article that this one takes the place of, which is not matched any more.
  var supersedes: UInt64?
  var sketch: Sketch
}

/// What stands before the sketch of an entry that lies in a file: the rest is read where it lies.
///
/// `number:8 textHash:8 flags:1`, where there is one `bodyHash:8`, then variable-length integers: arrival, sequence, publication and the
/// superseded number where there are any, id and cluster with their lengths, the number of hashes; and the hashes as a Golomb-Rice code of their gaps.
struct EntryHead {
  fileprivate enum Flag {
    static let complete: UInt8 = 1
    static let indexed: UInt8 = 2
    static let sequence: UInt8 = 4
    static let cluster: UInt8 = 8
    static let published: UInt8 = 16
    static let body: UInt8 = 32
    static let supersedes: UInt8 = 64
  }

  let number: UInt64
  let textHash: UInt64
  private(set) var bodyHash: UInt64 = 0
  /// Seconds since 1970.
  let arrival: Int64
  private(set) var sequence: UInt64?
  private(set) var published: Int64?
  private(set) var supersedes: UInt64?
  let isIndexed: Bool
  let isComplete: Bool
  let hashCount: Int
  private let id: Range<Int>
  private var cluster: Range<Int>?
  private let hashStart: Int

  /// - Returns: `nil` for bytes that are no entry.
  init?(_ bytes: Span<UInt8>) {
    guard bytes.count >= 17 else { return nil }
    number = bytes.fixed64(at: 0)
    textHash = bytes.fixed64(at: 8)
    let flags = bytes[16]
    isComplete = flags & Flag.complete != 0
    isIndexed = flags & Flag.indexed != 0
    var at = 17
    if flags & Flag.body != 0 {
      guard bytes.count >= at + 8 else { return nil }
      bodyHash = bytes.fixed64(at: at)
      at += 8
    }
    guard let arrival = bytes.varint(&at) else { return nil }
    self.arrival = Int64(bitPattern: arrival)
    if flags & Flag.sequence != 0 {
      guard let number = bytes.varint(&at) else { return nil }
      sequence = number
    }
    if flags & Flag.published != 0 {
      guard let day = bytes.varint(&at) else { return nil }
      published = Int64(bitPattern: day >> 1) ^ -Int64(day & 1)
    }
    if flags & Flag.supersedes != 0 {
      guard let number = bytes.varint(&at) else { return nil }
      supersedes = number
    }
    guard let id = bytes.string(&at) else { return nil }
    self.id = id
    if flags & Flag.cluster != 0 {
      guard let range = bytes.string(&at) else { return nil }
      cluster = range
    }
    guard let count = bytes.varint(&at), count <= UInt64(Sketch.largest) else { return nil }
    hashCount = Int(count)
    hashStart = at
  }

  func id(_ bytes: Span<UInt8>) -> [UInt8] { bytes.array(id) }
  /// The article's own id where it founded its cluster.
  func cluster(_ bytes: Span<UInt8>) -> [UInt8] { bytes.array(cluster ?? id) }

  /// Whether both have the same words, but for a headline that only one of them has.
  func isSameText(as fingerprint: Fingerprint) -> Bool {
    textHash == fingerprint.textHash || bodyHash != 0 && bodyHash == fingerprint.textHash
      || fingerprint.bodyHash != 0 && textHash == fingerprint.bodyHash
  }

  func hasID(_ wanted: [UInt8], _ bytes: Span<UInt8>) -> Bool {
    guard wanted.count == id.count else { return false }
    for at in 0..<wanted.count where wanted[at] != bytes[id.lowerBound + at] { return false }
    return true
  }

  /// Reads the smallest hashes, as many as there is room for.
  ///
  /// - Returns: how many there were.
  func readSketch(_ bytes: Span<UInt8>, most: Int = .max, into hashes: inout MutableSpan<UInt32>) -> Int {
    RiceCode.decode(bytes, from: hashStart, count: min(hashCount, most), into: &hashes)
  }
}

extension IndexEntry {
  init?(_ bytes: Span<UInt8>) {
    guard let head = EntryHead(bytes) else { return nil }
    var hashes = [UInt32](repeating: 0, count: head.hashCount)
    var span = hashes.mutableSpan
    guard head.readSketch(bytes, into: &span) == head.hashCount else { return nil }
    let cluster = head.cluster(bytes)
    self.init(
      number: head.number, sequence: head.sequence, arrival: head.arrival, published: head.published,
      textHash: head.textHash, bodyHash: head.bodyHash, id: head.id(bytes),
      cluster: cluster == head.id(bytes) ? nil : cluster,
      isIndexed: head.isIndexed, supersedes: head.supersedes,
      sketch: Sketch(hashes: hashes, isComplete: head.isComplete))
  }
}

extension EntryHead {
  static func encode(_ entry: IndexEntry) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64 + entry.id.count + entry.sketch.hashes.count * 3)
    bytes.appendFixed(entry.number)
    bytes.appendFixed(entry.textHash)
    var flags: UInt8 = 0
    if entry.sketch.isComplete { flags |= Flag.complete }
    if entry.isIndexed { flags |= Flag.indexed }
    if entry.sequence != nil { flags |= Flag.sequence }
    if entry.cluster != nil { flags |= Flag.cluster }
    if entry.published != nil { flags |= Flag.published }
    if entry.bodyHash != 0 { flags |= Flag.body }
    if entry.supersedes != nil { flags |= Flag.supersedes }
    bytes.append(flags)
    if entry.bodyHash != 0 { bytes.appendFixed(entry.bodyHash) }
    bytes.appendVarint(UInt64(bitPattern: entry.arrival))
    if let sequence = entry.sequence { bytes.appendVarint(sequence) }
    if let day = entry.published { bytes.appendVarint(UInt64(bitPattern: day << 1 ^ day >> 63)) }
    if let number = entry.supersedes { bytes.appendVarint(number) }
    bytes.appendString(entry.id)
    if let cluster = entry.cluster { bytes.appendString(cluster) }
    bytes.appendVarint(UInt64(entry.sketch.hashes.count))
    RiceCode.encode(entry.sketch.hashes, into: &bytes)
    return bytes
  }

  /// The number of an encoded entry.
  static func number(of bytes: [UInt8]) -> UInt64? { bytes.count >= 17 ? bytes.span.fixed64(at: 0) : nil }
}
