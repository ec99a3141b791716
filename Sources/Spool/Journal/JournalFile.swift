import Bytes
import Disk

/// One journal segment: a header with a salt, then records, each framed as
/// `magic:4 length:4 number:8 crc:4 payload`, little-endian.
///
/// The checksum covers the salt too, so that bytes of an article that look like a record never pass for one.
struct JournalFile {
  static let magic: [UInt8] = [0x89, 0x4C, 0x43, 0x52]
  static let headerMagic = Array("LCJRNL3\n".utf8)
  /// Format 2 had a lane for the copies that a pipeline set aside (`FormerLanes`).
  static let version = 3
  static let headerSize = 16
  static let frameSize = 20

  let path: Path
  let file: OpenFile
  private let salt: UInt64
  /// Bytes that hold valid records; the next one goes there.
  private(set) var length: Int
  private var nextNumber: UInt64

  /// Makes a segment that holds one record and appears under its name only when it is on the disk.
  static func create(
    _ fs: some FileSystem, _ path: Path, salt: UInt64, first: JournalRecord
  ) throws(DiskError) -> JournalFile {
    let draft = path.directory / (Array("new-".utf8) + path.name)
    let file = try fs.open(draft, for: .creating)
    do {
      try fs.truncate(file, to: 0)
      var header = Encoder()
      for byte in headerMagic { header.integer(byte) }
      header.integer(salt)
      try fs.write(header.bytes, to: file, at: 0)
      var journal = JournalFile(path: path, file: file, salt: salt, length: headerSize, nextNumber: 1)
      let written = try journal.write(first, fs)
      try fs.sync(file)
      try fs.rename(draft, to: path, replacing: true)
      try fs.syncDirectory(path.directory)
      journal.advance(past: written)
      return journal
    } catch {
      fs.close(file)
      throw error
    }
  }

  private init(path: Path, file: OpenFile, salt: UInt64, length: Int, nextNumber: UInt64) {
    self.path = path
    self.file = file
    self.salt = salt
    self.length = length
    self.nextNumber = nextNumber
  }

  /// Writes a record behind the others. It counts once the file is synced; writing it again in its place is safe.
  ///
  /// - Returns: bytes written.
  func write(_ record: JournalRecord, _ fs: some FileSystem) throws(DiskError) -> Int {
    let frame = frame(record)
    try fs.write(frame, to: file, at: length)
    return frame.count
  }

  /// After the sync of what `write` wrote.
  mutating func advance(past written: Int) {
    length += written
    nextNumber += 1
  }

  private func frame(_ record: JournalRecord) -> [UInt8] {
    let payload = record.encoded()
    var frame = Encoder()
    for byte in Self.magic { frame.integer(byte) }
    frame.integer(UInt32(payload.count))
    frame.integer(nextNumber)
    frame.integer(Self.checksum(salt: salt, number: nextNumber, payload: payload.span))
    return frame.bytes + payload
  }

  private static func checksum(salt: UInt64, number: UInt64, payload: Span<UInt8>) -> UInt32 {
    var start = Encoder()
    start.integer(salt)
    start.integer(number)
    start.integer(UInt32(payload.count))
    var crc = CRC32C()
    crc.update(start.bytes.span)
    crc.update(payload)
    return crc.value
  }
}

extension JournalFile {
  /// What a segment holds.
  struct Content {
    var journal: JournalFile
    var records: [JournalRecord]
    /// Byte ranges in the middle that hold no valid record.
    var damage: [Range<Int>]
    /// Bytes behind the last valid record: a write that the crash cut short.
    var tornBytes: Int
    /// Where a version wrote it whose lanes were numbered in another way.
    var former: FormerLanes?
  }

  /// Reads a segment, at most `limit` bytes of it; `nil` where even its header is not ours.
  static func read(
    _ fs: some FileSystem, _ path: Path, for use: FileUse = .updating, limit: Int = .max
  ) throws(DiskError) -> Content? {
    let file = try fs.open(path, for: use)
    let bytes: [UInt8]
    do {
      bytes = try fs.readAll(file, limit: limit)
    } catch {
      fs.close(file)
      throw error
    }
    guard bytes.count >= headerSize, let version = version(of: bytes), 2...Self.version ~= version else {
      fs.close(file)
      return nil
    }
    var header = Decoder(bytes, headerMagic.count..<headerSize)
    guard let salt = try? header.integer(UInt64.self) else { return nil }
    var content = Content(
      journal: JournalFile(path: path, file: file, salt: salt, length: headerSize, nextNumber: 1), records: [],
      damage: [], tornBytes: 0)
    var at = headerSize
    while let found = nextFrame(bytes, from: at, salt: salt, after: content.journal.nextNumber) {
      if found.start > at { content.damage.append(at..<found.start) }
      if let record = try? JournalRecord(bytes, found.payload, version: version, former: &content.former) {
        content.records.append(record)
      } else {
        content.damage.append(found.start..<found.payload.upperBound)
      }
      at = found.payload.upperBound
      content.journal.length = at
      content.journal.nextNumber = found.number + 1
    }
    content.tornBytes = bytes.count - at
    return content
  }

  /// The format that a header names; `nil` for what is no journal's.
  static func version(of header: [UInt8]) -> Int? {
    let (start, end) = (headerMagic.dropLast(2), headerMagic.count - 1)
    guard header.count > end, header.starts(with: start), header[end] == 0x0A else { return nil }
    let digit = Int(header[end - 1]) - 0x30
    return 0...9 ~= digit ? digit : nil
  }

  /// The next valid frame at or behind `start` whose number is at least `number`.
  private static func nextFrame(
    _ bytes: [UInt8], from start: Int, salt: UInt64, after number: UInt64
  ) -> (start: Int, number: UInt64, payload: Range<Int>)? {
    let span = bytes.span
    var at = start
    while at + frameSize <= span.count {
      guard span[at] == magic[0], span[at + 1] == magic[1], span[at + 2] == magic[2], span[at + 3] == magic[3] else {
        at += 1
        continue
      }
      var decoder = Decoder(bytes, (at + 4)..<(at + frameSize))
      if let size = try? decoder.count(), let found = try? decoder.integer(UInt64.self),
        let crc = try? decoder.integer(UInt32.self), found >= number, size <= span.count - at - frameSize
      {
        let payload = (at + frameSize)..<(at + frameSize + size)
        if crc == checksum(salt: salt, number: found, payload: span.extracting(payload)) {
          return (at, found, payload)
        }
      }
      at += 1
    }
    return nil
  }
}
