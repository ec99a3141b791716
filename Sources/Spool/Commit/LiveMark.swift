import Bytes
import Disk

/// A live file as it was left after the last append. Whoever else writes to it, cuts it or puts another in its place
/// changes some of this.
struct LiveMark: Equatable, Sendable {
  var inode: UInt64
  /// Bytes.
  var size: Int
  /// Nanoseconds since 1970.
  var modified: Int64
  var lastLine: LineSum?

  init(inode: UInt64, size: Int, modified: Int64, lastLine: LineSum? = nil) {
    self.inode = inode
    self.size = size
    self.modified = modified
    self.lastLine = lastLine
  }

  init(_ status: FileStatus, lastLine: LineSum? = nil) {
    self.init(inode: status.inode, size: status.size, modified: status.modified, lastLine: lastLine)
  }

  /// The mark of a file that is looked at for the first time; `nil` where there is none.
  init?(at path: Path, _ fs: some FileSystem) throws(DiskError) {
    guard let status = try fs.status(at: path), status.kind == .regular else { return nil }
    self.init(status)
    guard size > 1 else { return }
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    let start = try fs.endOfLines(in: file, upTo: size - 1)
    // A line without end is read in vain: it is no line of ours.
    if size - start <= 1 << 20 {
      let line = try fs.read(file, at: start, count: size - 1 - start)
      lastLine = LineSum(line.span)
    }
  }

  /// After `lines` were appended.
  mutating func add(_ lines: [UInt8], modified: Int64) {
    size += lines.count
    self.modified = modified
    let start = lines.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    lastLine = LineSum(lines.span.extracting(start..<max(start, lines.count - 1)))
  }

  /// What another program did to the file; `nil` for nothing.
  func change(in seen: FileStatus?) -> LiveChange? {
    guard let seen else { return .gone }
    if seen.inode != inode { return seen.size == 0 ? .gone : .replaced }
    if seen.size < size { return .cut(from: size, to: seen.size) }
    if seen.size > size { return .longer(by: seen.size - size) }
    return seen.modified == modified ? nil : .edited
  }
}

/// Tells one line from another.
struct LineSum: Equatable, Sendable {
  /// Bytes, without the line end.
  var length: Int
  /// CRC-32C.
  var checksum: UInt32

  init(length: Int, checksum: UInt32) {
    self.length = length
    self.checksum = checksum
  }

  init(_ line: Span<UInt8>) {
    var crc = CRC32C()
    crc.update(line)
    self.init(length: line.count, checksum: crc.value)
  }
}

/// What another program did to a live file.
enum LiveChange: Equatable {
  /// Renamed or deleted; an empty file may stand in its place.
  case gone
  case replaced
  case cut(from: Int, to: Int)
  case longer(by: Int)
  case edited
  /// A file stands where there was none.
  case appeared

  /// One sentence for the log, without a full stop.
  ///
  /// - Parameters:
  ///   - sealed: the name under which what is left of the file stays; `nil` where nothing is left.
  ///   - cutOff: bytes of half a line that were cut off its end.
  func message(_ path: Path, sealed: [UInt8]?, cutOff: Int) -> String {
    let what =
      switch self {
      case .gone: "somebody else renamed or deleted \(path)"
      case .replaced: "\(path) was replaced by another program (sed -i does that, and many editors)"
      case .cut(let from, let to):
        "\(path) was cut from \(from) to \(to) bytes by another program (logrotate's copytruncate does that)"
      case .longer(let by): "another program wrote \(by) bytes more into \(path)"
      case .edited: "\(path) was edited by another program"
      case .appeared: "another program put \(path) there"
      }
    let half = cutOff > 0 ? ", without the \(cutOff) bytes of half a line at its end" : ""
    guard let sealed else {
      return self == .gone ? "\(what); a new one is begun" : "\(what); the next line begins it anew"
    }
    return "\(what); it is sealed as it is as \(Path.printable(sealed))\(half), and the next line begins a new one"
  }
}
