import Disk

/// What the journal says a live file holds behind the bytes that were durable at the checkpoint.
struct LiveText {
  /// Bytes before it, which are not touched.
  var base: Int
  var pieces: [(offset: Int, text: [UInt8])] = []

  var isEmpty: Bool { base == 0 && pieces.isEmpty }
  private var end: Int { pieces.last.map { $0.offset + $0.text.count } ?? base }

  /// Makes the file hold this text: keeps what is right, replaces what a power cut tore, appends what is missing.
  ///
  /// - Returns: the length the file has now, and what there is to report.
  func complete(_ file: OpenFile, _ path: Path, _ fs: some FileSystem) throws(DiskError) -> (
    length: Int, remarks: [String]
  ) {
    var remarks: [String] = []
    let size = try fs.status(of: file).size
    var at = base
    if size < base {
      remarks.append(
        "\(path) was cut from \(base) to \(size) bytes by somebody else; the lines that are missing were delivered before"
      )
      // An earlier start may have begun the file anew.
      at = try begins(path, fs) ? 0 : try fs.endOfLines(in: file, upTo: size)
    }
    var shift = at - base
    for piece in pieces {
      if piece.offset + shift > at {
        let missing = piece.offset + shift - at
        if size >= piece.offset + shift {
          at = piece.offset + shift
        } else {
          remarks.append("\(missing) bytes of lines that the damaged journal held are not in \(path)")
          shift -= missing
        }
      }
      at = try put(piece.text, at: at, file, fs)
    }
    let left = try fs.status(of: file).size
    if left > at {
      let whole = try fs.endOfLines(in: file, upTo: left)
      if whole > at {
        remarks.append("\(path) holds \(whole - at) bytes of lines that the journal does not know; they stay")
        at = whole
      }
      if left > at { try fs.truncate(file, to: at) }
    }
    return (at, remarks)
  }

  /// Makes `text` stand at `offset`; returns its end.
  private func put(_ text: [UInt8], at offset: Int, _ file: OpenFile, _ fs: some FileSystem) throws(DiskError) -> Int {
    let have = try fs.read(file, at: offset, count: text.count)
    if have != text, !text.starts(with: have) {
      let same = zip(text, have).prefix { $0 == $1 }.count
      try fs.truncate(file, to: offset + same)
    }
    // Also where it stands there already: after a sync that failed it may stand in memory only, and the next sync
    // would have nothing to write.
    try fs.write(text, to: file, at: offset)
    return offset + text.count
  }
}

extension LiveText {
  /// What another program did to the file since the last run left it, and what of the text was not in it then.
  ///
  /// A file that holds less than it did, and was not written to since, was not cut: the disk lost it.
  ///
  /// - Parameters:
  ///   - mark: how the last run left the file; `nil` where nobody knows. Then only a line that does not begin where the
  ///     durable bytes end tells that the file is not the one that was left.
  ///   - isFinal: whether that run ended by itself, so that nothing was written behind the mark.
  /// - Returns: `nil` where it is as it was left, but for what a crash did.
  func change(
    of path: Path, since mark: LiveMark?, isFinal: Bool, _ fs: some FileSystem
  ) throws(DiskError) -> (change: LiveChange, rest: [UInt8])? {
    guard let mark, var rest = rest(behind: mark.size) else {
      return try isLine(at: base, of: path, fs) ? nil : (.edited, pieces.flatMap(\.text))
    }
    let seen = try fs.status(at: path)
    guard let seen, seen.kind == .regular, seen.inode == mark.inode else {
      return (mark.change(in: seen) ?? .gone, rest)
    }
    if seen.size < mark.size {
      return seen.modified > mark.modified ? (.cut(from: mark.size, to: seen.size), rest) : nil
    }
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    let more = try fs.read(file, at: mark.size, count: rest.count + 1)
    if rest.starts(with: more) {
      return isFinal && seen.modified != mark.modified ? (.edited, rest) : nil
    }
    // The last append may be older than its mark.
    let known = more.starts(with: rest) ? rest.count : 0
    rest.removeFirst(known)
    return (.longer(by: seen.size - mark.size - known), rest)
  }

  /// Whether a line of a file ends in front of `offset`; also where the file ends before it.
  private func isLine(at offset: Int, of path: Path, _ fs: some FileSystem) throws(DiskError) -> Bool {
    guard offset > 0, let seen = try fs.status(at: path), seen.kind == .regular, seen.size >= offset else {
      return true
    }
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    return try fs.read(file, at: offset - 1, count: 1) == [0x0A]
  }

  /// Whether a file holds a beginning of the text and nothing else, or is not there.
  func begins(_ path: Path, _ fs: some FileSystem) throws(DiskError) -> Bool {
    if try fs.status(at: path) == nil { return true }
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    let whole = pieces.flatMap(\.text)
    return whole.starts(with: try fs.read(file, at: 0, count: whole.count + 1))
  }

  /// `nil` where `offset` is no place at which a line can have ended.
  private func rest(behind offset: Int) -> [UInt8]? {
    var at = base
    var rest: [UInt8]? = offset == base ? [] : nil
    for piece in pieces {
      guard piece.offset == at else { return nil }
      at += piece.text.count
      if rest != nil { rest? += piece.text } else if at == offset { rest = [] }
    }
    return rest
  }
}
