import Disk

/// The outbox file that grows. Written at known offsets only, so that doing it again changes nothing.
struct LiveFile {
  let path: Path
  let file: OpenFile
  private let inode: UInt64
  /// Bytes from the start that the disk was told to begin with.
  private var begun = 0

  /// Opens the file, or makes it.
  init(_ fs: some FileSystem, _ path: Path) throws(DiskError) {
    self.path = path
    file = try fs.open(path, for: .creating)
    do {
      inode = try fs.status(of: file).inode
    } catch {
      fs.close(file)
      throw error
    }
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

  /// Whether the name still leads to this file: nobody renamed or deleted it.
  func isInPlace(_ fs: some FileSystem) throws(DiskError) -> Bool { try fs.status(at: path)?.inode == inode }
}

/// What the journal says a live file holds behind the bytes that were durable at the checkpoint.
struct LiveText {
  /// Bytes before it, which are not touched.
  var base: Int
  var pieces: [(offset: Int, text: [UInt8])] = []

  /// Makes the file hold this text: keeps what is right, replaces what a power cut tore, appends what is missing.
  ///
  /// - Returns: the length the file has now, and what there is to report.
  func complete(_ live: LiveFile, _ fs: some FileSystem) throws(DiskError) -> (length: Int, remarks: [String]) {
    var remarks: [String] = []
    let size = try fs.status(of: live.file).size
    var at = base
    if size < base {
      remarks.append(
        "\(live.path) was cut from \(base) to \(size) bytes by somebody else; the lines that are missing were delivered before"
      )
      at = try wholeLines(live, fs, upTo: size)
    }
    var shift = at - base
    for piece in pieces {
      if piece.offset + shift > at {
        let missing = piece.offset + shift - at
        if size >= piece.offset + shift {
          at = piece.offset + shift
        } else {
          remarks.append("\(missing) bytes of lines that the damaged journal held are not in \(live.path)")
          shift -= missing
        }
      }
      at = try put(piece.text, at: at, live, fs)
    }
    let left = try fs.status(of: live.file).size
    if left > at {
      let whole = try wholeLines(live, fs, upTo: left)
      if whole > at {
        remarks.append("\(live.path) holds \(whole - at) bytes of lines that the journal does not know; they stay")
        at = whole
      }
      if left > at { try fs.truncate(live.file, to: at) }
    }
    return (at, remarks)
  }

  /// Makes `text` stand at `offset`; returns its end.
  private func put(_ text: [UInt8], at offset: Int, _ live: LiveFile, _ fs: some FileSystem) throws(DiskError) -> Int {
    let have = try fs.read(live.file, at: offset, count: text.count)
    if have != text, !text.starts(with: have) {
      let same = zip(text, have).prefix { $0 == $1 }.count
      try fs.truncate(live.file, to: offset + same)
    }
    // Also where it stands there already: after a sync that failed it may stand in memory only, and the next sync
    // would have nothing to write.
    try fs.write(text, to: live.file, at: offset)
    return offset + text.count
  }

  /// The end of the last whole line at or before `size`.
  private func wholeLines(_ live: LiveFile, _ fs: some FileSystem, upTo size: Int) throws(DiskError) -> Int {
    var end = size
    while end > 0 {
      let start = max(0, end - (1 << 16))
      let piece = try fs.read(live.file, at: start, count: end - start)
      if let newline = piece.lastIndex(of: 0x0A) { return start + newline + 1 }
      end = start
    }
    return 0
  }
}
