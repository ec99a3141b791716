import Bytes
import Disk

/// Slices as files of one directory: `00000000000000004711.entries`, named by the number of the first entry, and
/// `….table` beside it once it is complete.
enum SliceFile {
  static let entries = ".entries"
  static let table = ".table"
  static let draft = "draft"
  /// There while an index is being filled from an outbox: what is in the directory then is not whole.
  static let unfinished = "unfinished"

  static func name(_ firstNumber: UInt64, _ ending: String) -> String {
    String(firstNumber, width: 20) + ending
  }

  /// The first numbers of all slices in a directory, sorted.
  static func all(_ fs: any FileSystem, in directory: Path, _ ending: String = entries) throws(DiskError) -> [UInt64] {
    try fs.list(directory).compactMap { name in
      name.count == 20 + ending.utf8.count && name.suffix(ending.utf8.count).elementsEqual(ending.utf8)
        ? UInt64(String(decoding: name.prefix(20), as: UTF8.self)) : nil
    }.sorted()
  }

  /// Reads all entries of a file.
  ///
  /// - Returns: byte ranges in front of entries that hold none, and how many bytes at the end hold none.
  static func read(_ bytes: Span<UInt8>, _ body: (IndexEntry, [UInt8]) -> Void) -> (damage: [Range<Int>], torn: Int) {
    if bytes.count < Slice.headerSize { return ([], bytes.count) }
    var damage: [Range<Int>] = []
    if Slice.firstNumber(bytes) == nil { damage.append(0..<Slice.headerSize) }
    var at = Slice.headerSize
    var from = at
    while at + 8 <= bytes.count {
      if let (entry, range) = entry(bytes, at: at) {
        if at > from { damage.append(Range(from: from, upTo: at)) }
        body(entry, bytes.array(range))
        at = range.upperBound
        from = at
      } else {
        at += 1
      }
    }
    return (damage, bytes.count - from)
  }

  private static func entry(_ bytes: Span<UInt8>, at start: Int) -> (IndexEntry, Range<Int>)? {
    let length = Int(bytes.fixed32(at: start))
    guard length >= 17, length <= bytes.count - start - 8 else { return nil }
    let range = Range(from: start + 8, upTo: start + 8 + length)
    let content = bytes.extracting(range)
    guard bytes.fixed32(at: start + 4) == CRC32C.checksum(content), let entry = IndexEntry(content) else { return nil }
    return (entry, range)
  }

  /// A slice that is looked up where it lies; `nil` where it has no table, or none that fits.
  static func sealed(
    _ fs: any FileSystem, in directory: Path, _ firstNumber: UInt64
  ) throws(DiskError) -> Slice? {
    let path = directory / name(firstNumber, table)
    guard try fs.status(at: path)?.kind == .regular else { return nil }
    guard let table = SealedTable(try view(fs, path)), table.header.firstNumber == firstNumber else { return nil }
    let entries = try view(fs, directory / name(firstNumber, self.entries))
    let isOurs = entries.withSpan(0..<Slice.headerSize) { Slice.firstNumber($0) == firstNumber }
    guard entries.count == table.header.entriesLength, isOurs == true else { return nil }
    return Slice(table, entries: entries)
  }

  static func view(_ fs: any FileSystem, _ path: Path) throws(DiskError) -> FileView {
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    return try fs.map(file, count: try fs.status(of: file).size)
  }

  static func content(_ fs: any FileSystem, _ path: Path) throws(DiskError) -> [UInt8] {
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    return try fs.readAll(file)
  }

  /// Writes a table, which appears under its name when it is whole.
  static func write(
    _ table: FileView, _ firstNumber: UInt64, in directory: Path, _ fs: any FileSystem
  ) throws(DiskError) -> FileView {
    let path = directory / name(firstNumber, self.table)
    try replace(path, with: table, fs)
    return try view(fs, path)
  }

  static func replace(_ path: Path, with content: FileView, _ fs: any FileSystem) throws(DiskError) {
    let draft = path.directory / Self.draft
    let file = try fs.open(draft, for: .creating)
    do {
      defer { fs.close(file) }
      try fs.truncate(file, to: 0)
      // In pieces: a copy of the whole is not wanted.
      for start in stride(from: 0, to: content.count, by: 1 << 20) {
        let end = min(content.count, start + 1 << 20)
        try fs.write(
          content.withSpan(Range(from: start, upTo: end)) { $0.array(0..<$0.count) } ?? [], to: file, at: start)
      }
      try fs.sync(file)
    } catch {
      _ = try? fs.remove(draft)
      throw error
    }
    try fs.rename(draft, to: path, replacing: true)
    try fs.syncDirectory(path.directory)
  }

  static func remove(_ firstNumber: UInt64, in directory: Path, _ fs: any FileSystem) throws(DiskError) {
    // The table first: entries without one are whole.
    for ending in [table, entries] { try removeIfThere(directory / name(firstNumber, ending), fs) }
  }

  static func removeIfThere(_ path: Path, _ fs: any FileSystem) throws(DiskError) {
    do { try fs.remove(path) } catch  where error.kind == .missing {}
  }

  /// Keeps a damaged file for those who want to look into it.
  static func setAside(_ path: Path, _ fs: any FileSystem) throws(DiskError) -> Path {
    let target = path.directory / (Array("damaged-".utf8) + path.name)
    try fs.rename(path, to: target, replacing: true)
    return target
  }
}
