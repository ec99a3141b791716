import Disk

/// What the ends of earlier runs say against an input that ran alone.
public struct Accusation: Sendable, Equatable {
  public var claim: UInt64
  /// Of a file with many articles; 0 for a file that is one.
  public var line: Int
  /// Unclean ends while it ran alone.
  public var strikes: Int
  /// The fatal signal of the last of them; 0 where the process was killed from outside, or nobody could tell.
  public var signal: Int
  /// When it first ran alone, in seconds since 1970.
  public var since: Int64

  /// A process that faults while one article is alone in it says enough. One that is killed does not: that may be an
  /// operator, or a machine without memory, three times in a row hardly.
  public var isProven: Bool { strikes >= 3 || strikes >= 1 && signal != 0 }
}

/// `state/running`: there while a process has the spool, so that the next one knows of an unclean end, and what ran
/// alone then. It is never synced: it holds within one boot only, and a kill keeps what was written.
///
/// 64 bytes for the boot, 64 for what runs alone, 64 for the signal handler.
struct RunNote {
  static let field = 64
  static let signalOffset = 2 * field

  let path: Path
  let file: OpenFile
  /// Whether the last run of this boot did not end by itself.
  let followsUncleanEnd: Bool
  /// What the earlier runs say.
  let accusedBefore: Accusation?
  private var accused: Accusation?

  static func begin(_ fs: some FileSystem, _ state: Path, boot: [UInt8]) throws(DiskError) -> RunNote {
    let path = state / "running"
    let file = try fs.open(path, for: .creating)
    do {
      let old = try fs.read(file, at: 0, count: 3 * field)
      let isOurBoot = !boot.isEmpty && field(old, 0) == [boot]
      var accused = isOurBoot ? Accusation(field(old, 1)) : nil
      if accused != nil, field(old, 1).last == [UInt8(ascii: "1")] {
        accused?.strikes += 1
        accused?.signal = integer(field(old, 2).last) ?? 0
      }
      let note = RunNote(path: path, file: file, followsUncleanEnd: isOurBoot, accusedBefore: accused, accused: accused)
      do {
        try fs.write(padded([boot]) + note.text(isRunning: false) + padded([]), to: file, at: 0)
      } catch  where error.isTransient {
        // A full disk is no reason not to start.
      }
      return note
    } catch {
      fs.close(file)
      throw error
    }
  }

  /// Says that one article runs alone from now on; line 0 stands for a file that is being read.
  mutating func runAlone(_ claim: UInt64, line: Int, now: Int64, _ fs: some FileSystem) throws(DiskError) {
    let known = [accused, accusedBefore].compactMap { $0 }.first { $0.claim == claim && $0.line == line }
    accused = known ?? Accusation(claim: claim, line: line, strikes: 0, signal: 0, since: now)
    try fs.write(text(isRunning: true), to: file, at: Self.field)
  }

  mutating func endAlone(_ fs: some FileSystem) throws(DiskError) {
    accused = nil
    try fs.write(text(isRunning: false), to: file, at: Self.field)
  }

  func end(_ fs: some FileSystem) {
    fs.close(file)
    _ = try? fs.remove(path)
  }

  private func text(isRunning: Bool) -> [UInt8] {
    guard let accused else { return Self.padded([]) }
    let numbers = [
      "\(accused.claim)", "\(accused.line)", "\(accused.strikes)", "\(accused.signal)", "\(accused.since)",
      isRunning ? "1" : "0",
    ]
    return Self.padded(numbers.map { Array($0.utf8) })
  }

  private static func padded(_ words: [[UInt8]]) -> [UInt8] {
    var text = Array(words.joined(separator: [0x20]).prefix(field - 1))
    text += [UInt8](repeating: 0x20, count: field - 1 - text.count)
    return text + [0x0A]
  }

  private static func field(_ bytes: [UInt8], _ number: Int) -> [[UInt8]] {
    let part = bytes.dropFirst(number * field).prefix(field)
    return part.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).map(Array.init)
  }

  fileprivate static func integer(_ word: [UInt8]?) -> Int? {
    word.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }
}

extension Accusation {
  fileprivate init?(_ words: [[UInt8]]) {
    let numbers = words.compactMap { RunNote.integer($0) }
    guard words.count == 6, numbers.count == 6, numbers[0] >= 0 else { return nil }
    self.init(
      claim: UInt64(numbers[0]), line: numbers[1], strikes: numbers[2], signal: numbers[3], since: Int64(numbers[4]))
  }
}

/// The note as it stood, for commands that take the spool in between: the next run must know of an unclean end.
struct KeptRunNote {
  private let root: Path
  private let content: [UInt8]?

  init(_ root: Path, _ fs: any FileSystem) throws(DiskError) {
    self.root = root
    let path = root / "state" / "running"
    guard try fs.status(at: path) != nil else {
      content = nil
      return
    }
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    content = try fs.readAll(file)
  }

  /// A daemon that started meanwhile keeps a note of its own.
  func restore(_ fs: any FileSystem) throws(DiskError) {
    guard let content, let lock = try fs.lock(root / "state" / "lock", content: []) else { return }
    defer { fs.close(lock) }
    let file = try fs.open(root / "state" / "running", for: .creating)
    defer { fs.close(file) }
    try fs.write(content, to: file, at: 0)
    try fs.truncate(file, to: content.count)
  }
}
