import Bytes
import Disk

/// How far the records of an index went out that no journal stands beside: entries are on the disk before their records go out, and
/// a program that is ended in between leaves some whose records nobody has. They are known and matched, and nothing is set aside
/// against them.
///
/// The file `delivered`: `LCDdeli1`, then the number behind the last entry whose record went out, and for each stretch of entries
/// whose records did not its first number and the one behind it; CRC-32C of it all.
struct DeliveryNote: Sendable {
  var next: UInt64 = 0
  private(set) var undelivered: [Range<UInt64>] = []

  private static let name = "delivered"
  private static let magic = Array("LCDdeli1".utf8)
  /// Stretches that are kept; a program that is ended so often forgets the oldest.
  private static let mostStretches = 256

  /// - Parameter next: number of the index's next entry.
  static func read(_ fs: any FileSystem, in directory: Path, next: UInt64) throws(DiskError) -> DeliveryNote {
    guard try fs.status(at: directory / name)?.kind == .regular else { return DeliveryNote() }
    let bytes = try SliceFile.content(fs, directory / name)
    let span = bytes.span
    let count = bytes.count - magic.count - 12
    guard count >= 0, count % 16 == 0, bytes.starts(with: magic),
      span.fixed32(at: bytes.count - 4) == CRC32C.checksum(span.extracting(0..<(bytes.count - 4)))
    else { return DeliveryNote() }
    var note = DeliveryNote()
    note.next = span.fixed64(at: magic.count)
    for at in stride(from: magic.count + 8, to: bytes.count - 4, by: 16) {
      let (first, end) = (span.fixed64(at: at), span.fixed64(at: at + 8))
      if first < end { note.undelivered.append(Range(from: first, upTo: end)) }
    }
    if note.next < next { note.undelivered.append(Range(from: note.next, upTo: next)) }
    note.undelivered.removeFirst(max(0, note.undelivered.count - mostStretches))
    return note
  }

  /// Not synced: it tells of the end of a program, and a power cut leaves an older one, which is no harm.
  func write(_ fs: any FileSystem, in directory: Path) throws(DiskError) {
    var bytes = Self.magic
    bytes.appendFixed(next)
    for stretch in undelivered {
      bytes.appendFixed(stretch.lowerBound)
      bytes.appendFixed(stretch.upperBound)
    }
    bytes.appendFixed(CRC32C.checksum(bytes.span))
    let file = try fs.open(directory / Self.name, for: .creating)
    defer { fs.close(file) }
    try fs.write(bytes, to: file, at: 0)
    if try fs.status(of: file).size > bytes.count { try fs.truncate(file, to: bytes.count) }
  }
}
