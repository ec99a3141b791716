import Disk

/// The hash table of a slice that is complete: it is written once and looked up where it lies.
///
/// A header of 64 bytes; the offset of each entry in the entries file; where each bucket begins; and the postings,
/// `tag:16 place:16`, sorted by key within a bucket, those of one key by arrival. All little-endian, 32 bits each.
struct SealedTable: Sendable {
  static let magic = Array("LCDTABL1".utf8)
  static let headerSize = 64

  struct Header: Equatable, Sendable {
    var entryCount: Int
    var postingCount: Int
    var bucketBits: Int
    var bodyChecksum: UInt32
    /// Bytes of the entries file.
    var entriesLength: Int
    var firstNumber: UInt64
    var lastNumber: UInt64
    /// Seconds since 1970.
    var newestArrival: Int64

    var size: Int { headerSize + 4 * (entryCount + (1 << bucketBits) + 1 + postingCount) }
  }

  let header: Header
  let view: FileView
  private let directory: Int
  private let postings: Int

  /// `nil` where the header is damaged or the file cut.
  init?(_ view: FileView) {
    guard let header = view.withSpan(0..<Self.headerSize, Header.init) ?? nil, header.size == view.count else {
      return nil
    }
    self.header = header
    self.view = view
    directory = Self.headerSize + 4 * header.entryCount
    postings = directory + 4 * ((1 << header.bucketBits) + 1)
  }

  /// Where the entry begins in the entries file.
  func offset(of place: Int) -> Int {
    place < header.entryCount ? Int(view.uint32(at: Self.headerSize + 4 * place)) : header.entriesLength
  }

  @inline(__always)
  private func bucket(_ key: Key) -> Int { Int(key.rawValue >> UInt64(Key.bits - header.bucketBits)) }

  @inline(__always)
  private func tag(_ key: Key) -> UInt32 {
    UInt32(truncatingIfNeeded: key.rawValue >> UInt64(Key.bits - header.bucketBits - 16)) & 0xFFFF
  }

  @inline(__always)
  private func range(_ key: Key) -> Range<Int> {
    let at = directory + 4 * bucket(key)
    let (start, end) = (Int(view.uint32(at: at)), Int(view.uint32(at: at + 4)))
    return start <= end && end <= header.postingCount ? start..<end : 0..<0
  }

  @inline(__always)
  private func visit(_ key: Key, in range: Range<Int>, most: Int, _ body: (Int) -> Void) {
    let tag = tag(key)
    var same = 0
    for at in range {
      let posting = view.uint32(at: postings + 4 * at)
      if posting >> 16 > tag { return }
      if posting >> 16 == tag {
        body(Int(posting & 0xFFFF))
        same += 1
        if same >= most { return }
      }
    }
  }

  func visit(_ key: Key, most: Int, _ body: (Int) -> Void) { visit(key, in: range(key), most: most, body) }

  /// The same for many keys. Where the buckets begin is read for all first, so that the processor waits for many reads
  /// of memory at a time.
  @inline(__always)
  func visit(_ keys: [Key], most: Int, _ ranges: inout [Range<Int>], _ body: (_ place: Int, _ isCommon: Bool) -> Void) {
    ranges.removeAll(keepingCapacity: true)
    for key in keys { ranges.append(range(key)) }
    for n in keys.indices where !ranges[n].isEmpty {
      // Few buckets hold many keys.
      let isCommon = ranges[n].count >= KeyTable.common
      visit(keys[n], in: ranges[n], most: most) { body($0, isCommon) }
    }
  }

  // MARK: - Making one

  /// - Parameters:
  ///   - offsets: where each entry begins in the entries file.
  ///   - header: all but what is counted here.
  static func make(_ keys: KeyTable, offsets: [UInt32], _ header: Header) -> [UInt8] {
    var header = header
    header.entryCount = offsets.count
    header.postingCount = keys.count
    // Four postings to a bucket.
    header.bucketBits = max(0, Int.bitWidth - (keys.count / 4).leadingZeroBitCount)
    let shift = UInt64(Key.bits - header.bucketBits + 16)
    var ends = [UInt32](repeating: 0, count: 1 << header.bucketBits + 1)
    for slot in keys.slots where slot != 0 { ends[Int(slot >> shift) + 1] += 1 }
    for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
    var next = ends
    var postings = [UInt32](repeating: 0, count: keys.count)
    for slot in keys.slots where slot != 0 {
      let bucket = Int(slot >> shift)
      let tag = UInt32(truncatingIfNeeded: slot >> (shift - 16)) & 0xFFFF
      postings[Int(next[bucket])] = tag << 16 | UInt32(slot & 0xFFFF)
      next[bucket] += 1
    }
    // Places of one key grow with arrival: sorting the numbers sorts by both.
    for bucket in 0..<(1 << header.bucketBits) {
      let range = Int(ends[bucket])..<Int(ends[bucket + 1])
      if range.count > 1 { postings[range].sort() }
    }
    var bytes = [UInt8](repeating: 0, count: headerSize)
    bytes.reserveCapacity(header.size)
    for offset in offsets { bytes.appendFixed(offset) }
    for end in ends { bytes.appendFixed(end) }
    for posting in postings { bytes.appendFixed(posting) }
    header.bodyChecksum = checksum(bytes.span.extracting(headerSize..<bytes.count))
    bytes.replaceSubrange(0..<headerSize, with: header.encoded)
    return bytes
  }

  /// Whether not a bit of it has changed.
  var isIntact: Bool {
    view.withSpan(Self.headerSize..<view.count) { checksum($0) } == header.bodyChecksum
  }
}

extension SealedTable.Header {
  var encoded: [UInt8] {
    var bytes = SealedTable.magic
    for number in [entryCount, postingCount, bucketBits] { bytes.appendFixed(UInt32(number)) }
    bytes.appendFixed(bodyChecksum)
    bytes.appendFixed(UInt64(entriesLength))
    bytes.appendFixed(firstNumber)
    bytes.appendFixed(lastNumber)
    bytes.appendFixed(newestArrival)
    bytes.appendFixed(checksum(bytes.span))
    return bytes + [UInt8](repeating: 0, count: SealedTable.headerSize - bytes.count)
  }

  init?(_ bytes: Span<UInt8>) {
    for (at, byte) in SealedTable.magic.enumerated() where bytes[at] != byte { return nil }
    guard bytes.fixed32(at: 56) == checksum(bytes.extracting(0..<56)) else { return nil }
    entryCount = Int(bytes.fixed32(at: 8))
    postingCount = Int(bytes.fixed32(at: 12))
    bucketBits = Int(bytes.fixed32(at: 16))
    bodyChecksum = bytes.fixed32(at: 20)
    entriesLength = Int(clamping: bytes.fixed64(at: 24))
    firstNumber = bytes.fixed64(at: 32)
    lastNumber = bytes.fixed64(at: 40)
    newestArrival = Int64(bitPattern: bytes.fixed64(at: 48))
    guard bucketBits <= Key.bits - 16 else { return nil }
  }
}

/// CRC-32C.
func checksum(_ bytes: Span<UInt8>) -> UInt32 {
  var crc = CRC32C()
  crc.update(bytes)
  return crc.value
}
