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
  /// Whether its record came out: only against those another is set aside.
  var cameOut = true
  var sketch: Sketch
  var sides = EntrySides()
  /// Hashes of text that was found to stand in many articles, sorted.
  var standing: [UInt32] = []
  /// Written by a version of the program that knew other keys and letters.
  var isFormer = false

  /// Keys of the article that were left out with standing text.
  var keysLeftOut = 0

  /// Keys of the article, before anything was left out.
  var keyCount: Int { keysLeftOut + (isFormer ? sketch.leadingCount : sketch.keys.count) }
}

/// Hashes of what an article says of names and numbers.
struct EntrySides: Equatable {
  var names: [UInt16] = []
  var numbers: [UInt16] = []
  /// How many of the names stand at the article's beginning.
  var leadNames = 0
}

/// What stands before the sketch of an entry that lies in a file: the rest is read where it lies.
///
/// `number:8 textHash:8 flags:1`, `more:1` where a flag says so, where there is one `bodyHash:8`, then variable-length integers:
/// arrival, sequence, publication and the superseded number where there are any, id and cluster with their lengths; with `more` the
/// keys, names and numbers, standing text, and how many keys were left out; the number of hashes, and the hashes as a Golomb-Rice code of their gaps.
struct EntryHead {
  fileprivate enum Flag {
    static let complete: UInt8 = 1
    static let indexed: UInt8 = 2
    static let sequence: UInt8 = 4
    static let cluster: UInt8 = 8
    static let published: UInt8 = 16
    static let body: UInt8 = 32
    static let supersedes: UInt8 = 64
    /// A byte with more flags follows; else the entry is of a former version.
    static let more: UInt8 = 128
  }

  fileprivate enum More {
    static let keptBack: UInt8 = 1
    static let standing: UInt8 = 2
    static let keysLeftOut: UInt8 = 4
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
  let isFormer: Bool
  private(set) var cameOut = true
  private(set) var leadNames = 0
  private(set) var keysLeftOut = 0
  /// Of so many hashes it is told whether they are keys.
  private var keyedCount = 0
  private var keyBits = 0..<0
  private var lowBits = 0..<0
  private var names = 0..<0
  private var numbers = 0..<0
  private var standing = 0..<0
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
    isFormer = flags & Flag.more == 0
    var at = 17
    var more: UInt8 = 0
    if !isFormer {
      guard bytes.count > at else { return nil }
      more = bytes[at]
      at += 1
      cameOut = more & More.keptBack == 0
    }
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
    if !isFormer {
      guard let keyed = bytes.varint(&at), keyed <= UInt64(Sketch.largest) else { return nil }
      keyedCount = Int(keyed)
      guard let keyBits = bytes.part(&at, (keyedCount + 7) / 8) else { return nil }
      self.keyBits = keyBits
      let keyCount = bytes.extracting(keyBits).bitCount
      guard let lowBits = bytes.part(&at, (keyCount * Sketch.keyBits + 7) / 8),
        let counts = bytes.part(&at, 3), let names = bytes.part(&at, 2 * Int(bytes[counts.lowerBound + 1])),
        let numbers = bytes.part(&at, 2 * Int(bytes[counts.lowerBound + 2]))
      else { return nil }
      leadNames = Int(bytes[counts.lowerBound])
      (self.lowBits, self.names, self.numbers) = (lowBits, names, numbers)
    }
    if more & More.standing != 0 {
      guard let count = bytes.varint(&at), count <= UInt64(bytes.count), let range = bytes.part(&at, 4 * Int(count))
      else { return nil }
      standing = range
    }
    if more & More.keysLeftOut != 0 {
      guard let count = bytes.varint(&at), count <= UInt64(Sketch.largest) else { return nil }
      keysLeftOut = Int(count)
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

  func sides(_ bytes: Span<UInt8>) -> EntrySides {
    EntrySides(names: bytes.fixed16s(names), numbers: bytes.fixed16s(numbers), leadNames: leadNames)
  }

  func standing(_ bytes: Span<UInt8>) -> [UInt32] {
    stride(from: standing.lowerBound, to: standing.upperBound, by: 4).map { bytes.fixed32(at: $0) }
  }

  /// - Parameter hashes: all of the entry.
  fileprivate func keys(_ bytes: Span<UInt8>, of hashes: [UInt32]) -> [UInt32] {
    var keys: [UInt32] = []
    keys.reserveCapacity(lowBits.count * 8 / Sketch.keyBits)
    var (low, filled, next): (UInt32, Int, Int) = (0, 0, lowBits.lowerBound)
    for place in 0..<min(keyedCount, hashes.count)
    where bytes[keyBits.lowerBound + place / 8] >> UInt8(place % 8) & 1 == 1 {
      if filled < Sketch.keyBits {
        low |= UInt32(bytes[next]) << UInt32(filled)
        filled += 8
        next += 1
      }
      keys.append(hashes[place] << Sketch.keyBits | low & (1 << Sketch.keyBits - 1))
      low >>= Sketch.keyBits
      filled -= Sketch.keyBits
    }
    return keys
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
      isIndexed: head.isIndexed, supersedes: head.supersedes, cameOut: head.cameOut,
      sketch: Sketch(hashes: hashes, isComplete: head.isComplete, keys: head.keys(bytes, of: hashes)),
      sides: head.sides(bytes), standing: head.standing(bytes), isFormer: head.isFormer,
      keysLeftOut: head.keysLeftOut)
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
    if !entry.isFormer { flags |= Flag.more }
    bytes.append(flags)
    if !entry.isFormer {
      bytes.append(
        (entry.cameOut ? 0 : More.keptBack) | (entry.standing.isEmpty ? 0 : More.standing)
          | (entry.keysLeftOut == 0 ? 0 : More.keysLeftOut))
    }
    if entry.bodyHash != 0 { bytes.appendFixed(entry.bodyHash) }
    bytes.appendVarint(UInt64(bitPattern: entry.arrival))
    if let sequence = entry.sequence { bytes.appendVarint(sequence) }
    if let day = entry.published { bytes.appendVarint(UInt64(bitPattern: day << 1 ^ day >> 63)) }
    if let number = entry.supersedes { bytes.appendVarint(number) }
    bytes.appendString(entry.id)
    if let cluster = entry.cluster { bytes.appendString(cluster) }
    if !entry.isFormer {
      append(entry.sketch, to: &bytes)
      let sides = entry.sides
      bytes += [UInt8(sides.leadNames), UInt8(sides.names.count), UInt8(sides.numbers.count)]
      for hash in sides.names + sides.numbers { bytes.appendFixed(hash) }
    }
    if !entry.standing.isEmpty {
      bytes.appendVarint(UInt64(entry.standing.count))
      for hash in entry.standing { bytes.appendFixed(hash) }
    }
    if entry.keysLeftOut != 0 { bytes.appendVarint(UInt64(entry.keysLeftOut)) }
    bytes.appendVarint(UInt64(entry.sketch.hashes.count))
    RiceCode.encode(entry.sketch.hashes, into: &bytes)
    return bytes
  }

  /// Which of the hashes are keys, and the bits that those have beyond.
  private static func append(_ sketch: Sketch, to bytes: inout [UInt8]) {
    var isKey: [UInt8] = []
    var (low, filled): (UInt32, Int) = (0, 0)
    var lowBits: [UInt8] = []
    var (place, count) = (0, 0)
    for key in sketch.keys {
      while place < sketch.hashes.count, sketch.hashes[place] < key >> Sketch.keyBits { place += 1 }
      guard place < sketch.hashes.count, sketch.hashes[place] == key >> Sketch.keyBits else { continue }
      while isKey.count <= place / 8 { isKey.append(0) }
      isKey[place / 8] |= 1 << UInt8(place % 8)
      count = place + 1
      low |= (key & (1 << Sketch.keyBits - 1)) << UInt32(filled)
      filled += Sketch.keyBits
      while filled >= 8 {
        lowBits.append(UInt8(truncatingIfNeeded: low))
        low >>= 8
        filled -= 8
      }
    }
    if filled > 0 { lowBits.append(UInt8(truncatingIfNeeded: low)) }
    bytes.appendVarint(UInt64(count))
    bytes += isKey
    bytes += lowBits
  }

  /// The number of an encoded entry.
  static func number(of bytes: [UInt8]) -> UInt64? { bytes.count >= 17 ? bytes.span.fixed64(at: 0) : nil }
}

extension Span<UInt8> {
  /// The range of so many bytes, behind which `at` moves; `nil` where there are fewer.
  fileprivate func part(_ at: inout Int, _ count: Int) -> Range<Int>? {
    guard count <= self.count - at else { return nil }
    defer { at += count }
    return Range(from: at, upTo: at + count)
  }

  fileprivate var bitCount: Int {
    var sum = 0
    for at in 0..<count { sum += self[at].nonzeroBitCount }
    return sum
  }

  fileprivate func fixed16s(_ range: Range<Int>) -> [UInt16] {
    stride(from: range.lowerBound, to: range.upperBound, by: 2).map { UInt16(self[$0]) | UInt16(self[$0 + 1]) << 8 }
  }
}
