import Disk

/// The outbox file that grows. It is written at its end only, wherever that is by then, so that a file that somebody cuts
/// never gets a hole.
struct LiveFile {
  let path: Path
  let file: OpenFile
  /// As it was when it was opened.
  let status: FileStatus
  /// Bytes from the start that the disk was told to begin with.
  private var begun = 0

  /// Opens the file, or makes it.
  init(_ fs: some FileSystem, _ path: Path, isNew: Bool) throws(DiskError) {
    self.path = path
    file = try fs.open(path, for: .appending)
    do {
      // A file whose name a power cut takes back must not be noted.
      if isNew {
        fs.letRead(file, asIn: path.directory)
        try fs.syncDirectory(path.directory)
      }
      status = try fs.status(of: file)
    } catch {
      fs.close(file)
      throw error
    }
  }

  /// Appends lines; `offset` is where they begin if nobody else touched the file.
  ///
  /// - Parameter isAgain: whether an attempt before this one may have left a part of them there.
  func append(_ lines: [UInt8], at offset: Int, isAgain: Bool, _ fs: some FileSystem) throws(DiskError) {
    var rest = lines
    if isAgain {
      let have = try fs.read(file, at: offset, count: lines.count)
      if lines.starts(with: have) { rest.removeFirst(have.count) }
    }
    if !rest.isEmpty { try fs.append(rest, to: file) }
  }

  /// Bytes that gather before the disk is told to begin with them.
  private static let portion = 1 << 20

  /// After lines were appended up to `end`: a checkpoint that syncs them then has little left to wait for.
  mutating func beginWriting(upTo end: Int, _ fs: some FileSystem) {
    if end < begun { begun = 0 }
    guard end - begun >= Self.portion else { return }
    fs.beginWriting(file, from: begun, count: end - begun)
    begun = end
  }
}

extension FileSystem {
  /// The end of the last whole line at or before `size`.
  func endOfLines(in file: OpenFile, upTo size: Int) throws(DiskError) -> Int {
    var end = size
    while end > 0 {
      let start = max(0, end - (1 << 16))
      let piece = try read(file, at: start, count: end - start)
      if let newline = piece.lastIndex(of: 0x0A) { return start + newline + 1 }
      end = start
    }
    return 0
  }

  /// Ends a file that another program changed where a line ends: half a line is cut off, and one that lacks only its
  /// line end gets it. Then it is synced. What may not be opened stays as it is.
  ///
  /// - Returns: the length it has now, and the bytes that were cut off.
  func endAtLine(_ path: Path, lastLine: LineSum?) throws(DiskError) -> (length: Int, cutOff: Int) {
    guard let file = try openPermitted(path) else { return (try status(at: path)?.size ?? 0, 0) }
    defer { close(file) }
    let size = try status(of: file).size
    let end = try endOfLines(in: file, upTo: size)
    if end == size {
      try sync(file)
      return (size, 0)
    }
    if let lastLine, lastLine.length == size - end {
      let line = try read(file, at: end, count: size - end)
      if LineSum(line.span) == lastLine {
        try write([0x0A], to: file, at: size)
        try sync(file)
        return (size + 1, 0)
      }
    }
    try truncate(file, to: end)
    try sync(file)
    return (end, size - end)
  }

  private func openPermitted(_ path: Path) throws(DiskError) -> OpenFile? {
    do { return try open(path, for: .updating) } catch  where error.kind == .denied { return nil }
  }
}
