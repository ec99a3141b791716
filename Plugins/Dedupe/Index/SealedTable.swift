import Bytes
import Disk

/// The hash table of a slice that is complete: it is written once and looked up where it lies.
///
/// A header of 64 bytes; for each entry its offset in the entries file, 32 bits; for each its key limit, 16 bits; and
/// from the next multiple of 64 on the buckets of sixteen postings, `tag:16 place:16`, each a line of the processor's
/// cache. Postings stand in the order of keys, those of one key by arrival; what a bucket has no room for goes on in
/// the next. Behind them the hashes of standing text, 32 bits each. All little-endian.
struct SealedTable: Sendable {
  static let magic = Array("LCDTABL3".utf8)
  static let headerSize = 64
  private static let bucketSize = 16
  /// Postings that a bucket would hold if all had the same: one bucket in six runs over then.
  private static let meanLoad = 13
  /// Full buckets in a row that a look-up goes through: a damaged table may have no other.
  private static let mostBuckets = 64
  /// No posting: places end before.
  private static let free = UInt32.max

  struct Header: Equatable, Sendable {
    var entryCount: Int
    /// Buckets that keys lead to, and all with those that the last of them runs over into.
    var homeCount: Int
    var bucketCount: Int
    var bodyChecksum: UInt32
    /// Bytes of the entries file.
    var entriesLength: Int
    var firstNumber: UInt64
    var lastNumber: UInt64
    /// Seconds since 1970.
    var newestArrival: Int64
    /// Hashes of standing text.
    var standingCount: Int
    /// Whether the entries are of a former version, which has other keys.
    var isFormer: Bool

    fileprivate var limits: Int { headerSize + 4 * entryCount }
    fileprivate var buckets: Int { (limits + 2 * entryCount + 63) / 64 * 64 }
    fileprivate var standing: Int { buckets + 4 * bucketSize * bucketCount }
    var size: Int { standing + 4 * standingCount }
  }

  let header: Header
  let view: FileView
  private let buckets: Int

  /// `nil` where the header is damaged or the file cut.
  init?(_ view: FileView) {
    guard let header = view.withSpan(0..<Self.headerSize, Header.init) ?? nil, header.size == view.count else {
      return nil
    }
    self.header = header
    self.view = view
    buckets = header.buckets
  }

  /// Whether a file was written by a version of the program that had another format.
  static func isOfOtherVersion(_ view: FileView) -> Bool {
    let digit = magic.count - 1
    return view.withSpan(0..<magic.count) { bytes in
      (0..<digit).allSatisfy { bytes[$0] == magic[$0] } && bytes[digit] != magic[digit]
    } ?? false
  }

  /// Where the entry begins in the entries file.
  func offset(of place: Int) -> Int {
    place < header.entryCount ? Int(view.uint32(at: Self.headerSize + 4 * place)) : header.entriesLength
  }

  var standing: [UInt32] {
    (0..<header.standingCount).map { view.uint32(at: header.standing + 4 * $0) }
  }

  func keyLimit(of place: Int) -> KeyLimit {
    let pair = view.uint32(at: header.limits + 4 * (place / 2))
    return KeyLimit(rawValue: UInt16(truncatingIfNeeded: pair >> UInt32(place % 2 * 16)))
  }

  @inline(__always)
  private static func home(_ key: UInt64, of count: Int) -> (bucket: Int, tag: UInt32) {
    // Of the key's first 40 bits: the product has 64. It grows with the key, and so does the tag within a bucket.
    let product = (key >> UInt64(Key.bits - 40)) &* UInt64(count)
    return (Int(product >> 40), min(UInt32(product >> 24 & 0xFFFF), 0xFFFE))
  }

  /// Whether not a bit of it has changed.
  var isIntact: Bool {
    view.withSpan(Range(from: Self.headerSize, upTo: view.count)) { CRC32C.checksum($0) } == header.bodyChecksum
  }
}

extension SealedTable: KeyLookup {
  @inline(__always)
  func fetch(_ key: Key) -> UInt32 {
    view.uint32(at: buckets + 4 * Self.bucketSize * Self.home(key.rawValue, of: header.homeCount).bucket)
  }

  @inline(__always)
  func visit(_ key: Key, most: Int, _ body: (_ place: Int, _ isCommon: Bool) -> Void) {
    let (first, tag) = Self.home(key.rawValue, of: header.homeCount)
    var found = 0
    var last = first
    while true {
      let (count, isFull) = count(tag, in: last)
      found += count
      if !isFull || last - first == Self.mostBuckets { break }
      last += 1
    }
    if found == 0 { return }
    let isCommon = found >= KeyTable.common
    var left = min(found, most)
    for at in Range(from: first * Self.bucketSize, upTo: (last + 1) * Self.bucketSize) {
      let posting = view.uint32(at: buckets + 4 * at)
      guard posting >> 16 == tag else { continue }
      body(Int(posting & 0xFFFF), isCommon)
      left -= 1
      if left == 0 { return }
    }
  }

  @inline(__always)
  private func count(_ tag: UInt32, in bucket: Int) -> (Int, isFull: Bool) {
    view.withUInt32s(at: buckets + 4 * Self.bucketSize * bucket, count: Self.bucketSize) { postings in
      // Without a branch, because the processor could not predict it: few buckets hold the key.
      var count: UInt32 = 0
      for n in 0..<Self.bucketSize { count &+= postings[n] >> 16 == tag ? 1 : 0 }
      return (Int(count), postings[Self.bucketSize - 1] != Self.free)
    } ?? (0, false)
  }
}

extension SealedTable {
  /// What a table is made of.
  struct Content: Sendable {
    var keys: KeyTable
    /// Where each entry begins in the entries file.
    var offsets: [UInt32]
    var limits: [KeyLimit]
    /// Hashes of standing text.
    var standing: [UInt32]
    var isFormer: Bool
    /// Bytes of the entries file.
    var entriesLength: Int
    var firstNumber: UInt64
    var lastNumber: UInt64
    /// Seconds since 1970.
    var newestArrival: Int64

    /// The table's bytes, as they lie in a file.
    var encoded: FileView {
      let homeCount = keys.count / meanLoad + 1
      var starts = [UInt32](repeating: 0, count: homeCount)
      keys.forEach { key, _ in starts[home(key, of: homeCount).bucket] += 1 }
      // Those of each bucket begin there, or behind the ones before.
      var end: UInt32 = 0
      for bucket in starts.indices {
        let start = max(end, UInt32(bucket * bucketSize))
        end = start + starts[bucket]
        starts[bucket] = start
      }
      var header = Header(
        entryCount: offsets.count, homeCount: homeCount,
        bucketCount: max(homeCount, (Int(end) + bucketSize - 1) / bucketSize), bodyChecksum: 0,
        entriesLength: entriesLength, firstNumber: firstNumber, lastNumber: lastNumber, newestArrival: newestArrival,
        standingCount: standing.count, isFormer: isFormer)
      return FileView(count: header.size) { bytes in
        for (place, offset) in offsets.enumerated() { bytes.setFixed32(offset, at: headerSize + 4 * place) }
        for (place, limit) in limits.enumerated() {
          bytes[header.limits + 2 * place] = UInt8(truncatingIfNeeded: limit.rawValue)
          bytes[header.limits + 2 * place + 1] = UInt8(limit.rawValue >> 8)
        }
        for at in Range(from: header.buckets, upTo: header.standing) { bytes[at] = UInt8(truncatingIfNeeded: free) }
        for (place, hash) in standing.enumerated() { bytes.setFixed32(hash, at: header.standing + 4 * place) }
        write(starts, into: &bytes, at: header.buckets)
        header.bodyChecksum = CRC32C.checksum(bytes.span.extracting(Range(from: headerSize, upTo: header.size)))
        for (at, byte) in header.encoded.enumerated() { bytes[at] = byte }
      }
    }

    /// Puts each posting into its bucket, in front of larger ones. Places of one key grow with arrival: the order of
    /// the numbers is that of both.
    private func write(_ starts: [UInt32], into bytes: inout MutableSpan<UInt8>, at buckets: Int) {
      var ends = starts
      keys.forEach { key, place in
        let (bucket, tag) = home(key, of: starts.count)
        let posting = tag << 16 | UInt32(place)
        var at = Int(ends[bucket])
        while at > starts[bucket], case let before = bytes.fixed32(at: buckets + 4 * (at - 1)), before > posting {
          bytes.setFixed32(before, at: buckets + 4 * at)
          at -= 1
        }
        bytes.setFixed32(posting, at: buckets + 4 * at)
        ends[bucket] += 1
      }
    }
  }
}

extension SealedTable.Header {
  private static let former: UInt32 = 1 << 31

  var encoded: [UInt8] {
    var bytes = SealedTable.magic
    for number in [entryCount, homeCount, bucketCount] { bytes.appendFixed(UInt32(number)) }
    bytes.appendFixed(bodyChecksum)
    bytes.appendFixed(UInt64(entriesLength))
    bytes.appendFixed(firstNumber)
    bytes.appendFixed(lastNumber)
    bytes.appendFixed(newestArrival)
    bytes.appendFixed(UInt32(standingCount) | (isFormer ? Self.former : 0))
    bytes.appendFixed(CRC32C.checksum(bytes.span))
    return bytes + [UInt8](repeating: 0, count: SealedTable.headerSize - bytes.count)
  }

  init?(_ bytes: Span<UInt8>) {
    for (at, byte) in SealedTable.magic.enumerated() where bytes[at] != byte { return nil }
    guard bytes.fixed32(at: 60) == CRC32C.checksum(bytes.extracting(0..<60)) else { return nil }
    entryCount = Int(bytes.fixed32(at: 8))
    homeCount = Int(bytes.fixed32(at: 12))
    bucketCount = Int(bytes.fixed32(at: 16))
    bodyChecksum = bytes.fixed32(at: 20)
    entriesLength = Int(clamping: bytes.fixed64(at: 24))
    firstNumber = bytes.fixed64(at: 32)
    lastNumber = bytes.fixed64(at: 40)
    newestArrival = Int64(bitPattern: bytes.fixed64(at: 48))
    standingCount = Int(bytes.fixed32(at: 56) & ~Self.former)
    isFormer = bytes.fixed32(at: 56) & Self.former != 0
    guard homeCount <= bucketCount, homeCount < 1 << 24 else { return nil }
  }
}
