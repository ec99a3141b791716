import Bytes
import Disk

/// `state/live`: how this run left each live file, written after every append and never waited for.
///
/// A start reads in it which lines were out before somebody cut or took away a live file: those do not come again. It
/// holds within one boot, since a kill keeps what was written and a power cut does not, and for good after a clean end,
/// which syncs it. A copy of the spool has no use for it: it names its own inode.
struct LiveNote {
  /// What the last run left.
  struct Found {
    var marks: [Path: LiveMark] = [:]
    /// Whether that run ended by itself.
    var isFinal = false
  }

  private static let version: UInt8 = 1
  /// There are two places, written in turn, so that a write that stops half way leaves the one before it. They begin at
  /// multiples of this.
  private static let unit = 4096
  /// Bytes of a place.
  private var place = unit
  private var number: UInt64 = 0
  let file: OpenFile
  private let inode: UInt64
  private let boot: [UInt8]
  private let root: Path
  private(set) var marks: [Path: LiveMark] = [:]

  /// Opens the note of the last run, or makes one.
  static func open(
    _ fs: some FileSystem, _ root: Path, boot: [UInt8]
  ) throws(DiskError) -> (note: LiveNote, found: Found) {
    let file = try fs.open(root / "state" / "live", for: .creating)
    do {
      var note = LiveNote(file: file, inode: try fs.status(of: file).inode, boot: boot, root: root)
      var found = Found()
      let bytes = try fs.readAll(file, limit: 1 << 20)
      for start in stride(from: 0, to: bytes.count, by: Self.unit) {
        guard let (number, noted) = try? note.decode(bytes, from: start), number > note.number else { continue }
        note.number = number
        found = noted
      }
      note.marks = found.marks
      return (note, found)
    } catch {
      fs.close(file)
      throw error
    }
  }

  private init(file: OpenFile, inode: UInt64, boot: [UInt8], root: Path) {
    self.file = file
    self.inode = inode
    self.boot = boot
    self.root = root
  }

  /// Notes one file; `nil` for one that is not there or of which nothing is known.
  mutating func set(_ mark: LiveMark?, of path: Path, _ fs: some FileSystem) throws(DiskError) {
    if marks[path] == mark { return }
    marks[path] = mark
    try write(fs)
  }

  /// After a file got another name; the next `set` writes it down.
  mutating func rename(_ old: Path, to new: Path) {
    if let mark = marks.removeValue(forKey: old) { marks[new] = mark }
  }

  /// Notes all of them, and that this run is under way, before its first append.
  ///
  /// - Parameter paths: of all files that may be noted.
  mutating func begin(
    _ marks: [Path: LiveMark], of paths: [Path], _ fs: some FileSystem
  ) throws(DiskError) {
    self.marks = marks
    // More than what is written around each path, and at the head.
    let most = paths.reduce(256) { $0 + $1.bytes.count + 64 }
    place = (most + Self.unit - 1) / Self.unit * Self.unit
    try write(fs)
    try fs.sync(file)
  }

  /// The clean end: what is noted holds for good. The file stays open.
  mutating func end(_ fs: some FileSystem) throws(DiskError) {
    try write(fs, isFinal: true)
    try fs.sync(file)
  }

  // MARK: - Bytes

  private mutating func write(_ fs: some FileSystem, isFinal: Bool = false) throws(DiskError) {
    var encoder = Encoder()
    encoder.integer(Self.version)
    encoder.integer(number + 1)
    encoder.integer(UInt8(isFinal ? 1 : 0))
    encoder.string(boot)
    encoder.integer(inode)
    encoder.count(marks.count)
    for (path, mark) in marks.sorted(by: { $0.key < $1.key }) {
      encoder.string(path.relative(to: root).bytes)
      encoder.integer(mark.inode)
      encoder.integer(Int64(mark.size))
      encoder.integer(mark.modified)
      encoder.integer(Int64(mark.lastLine?.length ?? -1))
      encoder.integer(mark.lastLine?.checksum ?? 0)
    }
    var framed = Encoder()
    framed.string(encoder.bytes)
    framed.integer(CRC32C.checksum(encoder.bytes.span))
    try fs.write(framed.bytes, to: file, at: Int((number + 1) % 2) * place)
    number += 1
  }

  /// What can be trusted of one place's bytes.
  private func decode(_ bytes: [UInt8], from start: Int) throws(UndecodableRecord) -> (number: UInt64, Found) {
    var frame = Decoder(bytes, start..<bytes.count)
    let content = try frame.string()
    guard try frame.integer(UInt32.self) == CRC32C.checksum(content.span) else { throw UndecodableRecord() }
    var decoder = Decoder(content, 0..<content.count)
    guard try decoder.integer(UInt8.self) == Self.version else { throw UndecodableRecord() }
    let number: UInt64 = try decoder.integer()
    var found = Found(isFinal: try decoder.integer(UInt8.self) == 1)
    let noted = try decoder.string()
    guard try decoder.integer(UInt64.self) == inode, found.isFinal || !boot.isEmpty && noted == boot else {
      throw UndecodableRecord()
    }
    for _ in 0..<(try decoder.count()) {
      let path = root / (try decoder.string())
      var mark = LiveMark(
        inode: try decoder.integer(), size: Int(try decoder.integer(Int64.self)), modified: try decoder.integer())
      let (length, checksum) = (Int(try decoder.integer(Int64.self)), try decoder.integer(UInt32.self))
      if length >= 0 { mark.lastLine = LineSum(length: length, checksum: checksum) }
      found.marks[path] = mark
    }
    return (number, found)
  }
}
