import Bytes
import Disk

/// That an input which was settled is taken again: somebody wrote more to it since, or it is to go through a new chain.
///
/// A file in `state/revisions/`, called after the number of the claim that takes it. It is on the disk before the input
/// leaves its place, and goes when that claim is settled: a start that finds the input where it was takes it then.
public struct RevisionNote: Sendable, Equatable {
  public var pipeline: [UInt8]
  /// Its path from the inbox.
  public var name: [UInt8]
  public var inode: UInt64
  /// Where it lies, in `done/` or in `failed/`.
  public var place: Path
  /// Files in `failed/` that tell of what was half there.
  public var outdated: [Path]
  /// The numbers of the records that are superseded, by the line that supersedes each; 0 for a file that is one article.
  public var superseded: [Int: UInt64]
  /// Lines that do not come again.
  public var settledLines: Int

  public init(
    pipeline: [UInt8], name: [UInt8], inode: UInt64, place: Path, outdated: [Path] = [],
    superseded: [Int: UInt64] = [:], settledLines: Int = 0
  ) {
    self.pipeline = pipeline
    self.name = name
    self.inode = inode
    self.place = place
    self.outdated = outdated
    self.superseded = superseded
    self.settledLines = settledLines
  }
}

/// All notes of a spool.
struct RevisionNotes {
  private let fs: any FileSystem
  private let root: Path
  var directory: Path { root / "state" / "revisions" }

  init(_ fs: any FileSystem, root: Path) {
    self.fs = fs
    self.root = root
  }

  /// Returns when all of them are on the disk.
  func write(_ notes: [(claim: UInt64, note: RevisionNote)]) throws(DiskError) {
    if try fs.status(at: directory) == nil {
      try fs.makeDirectory(directory)
      try fs.syncDirectory(directory.directory)
    }
    var files: [OpenFile] = []
    defer { for file in files { fs.close(file) } }
    for (claim, note) in notes {
      let file = try fs.open(directory / "\(claim)", for: .creating)
      files.append(file)
      let bytes = note.encoded(root)
      try fs.write(bytes, to: file, at: 0)
      try fs.truncate(file, to: bytes.count)
    }
    // Once all are written: a file system puts them on the disk together.
    for file in files { try fs.sync(file) }
    try fs.syncDirectory(directory)
  }

  func remove(claim: UInt64) {
    // One that stays is found outdated by the next start.
    _ = try? fs.remove(directory / "\(claim)")
  }

  /// By claim, those that are whole. What a crash left half written goes: nothing had moved yet.
  func all() throws(DiskError) -> [UInt64: RevisionNote] {
    guard try fs.status(at: directory) != nil else { return [:] }
    var notes: [UInt64: RevisionNote] = [:]
    for name in try fs.list(directory) {
      guard let claim = UInt64(String(decoding: name, as: UTF8.self)) else { continue }
      let file = try fs.open(directory / name, for: .reading)
      defer { fs.close(file) }
      if let note = RevisionNote(try fs.readAll(file), root) { notes[claim] = note } else { remove(claim: claim) }
    }
    return notes
  }

  /// Moves inputs to their claims and removes what is outdated then.
  ///
  /// - Parameter isBegun: whether lines of the claim were settled: then what has the names of the outdated files is theirs.
  /// - Returns: where each lies now; `nil` where it is not there any more, or another file is.
  func carryOut(
    _ notes: [(claim: UInt64, note: RevisionNote)], in claimed: Path, isBegun: Bool = false
  ) throws(DiskError) -> [Path?] {
    var targets: [Path?] = []
    var (changed, outdated) = (Set<Path>(), [Path]())
    for (claim, note) in notes {
      let target = try move(note, claim: claim, in: claimed)
      targets.append(target)
      guard let target else { continue }
      changed.formUnion([target.directory, claimed, note.place.directory])
      outdated += note.outdated
    }
    try sync(changed)
    if isBegun { return targets }
    for path in outdated {
      do { try fs.remove(path) } catch  where error.kind == .missing {}
    }
    // Once lines of the claim are settled, nobody removes them any more.
    try sync(Set(outdated.map(\.directory)))
    return targets
  }

  private func move(_ note: RevisionNote, claim: UInt64, in claimed: Path) throws(DiskError) -> Path? {
    let target = ClaimName.path(in: claimed, number: claim, name: note.name)
    if try fs.status(at: target)?.inode == note.inode { return target }
    guard try fs.status(at: note.place)?.inode == note.inode else { return nil }
    try ClaimName.makeDirectories(of: target, in: claimed, fs)
    do { try fs.rename(note.place, to: target, replacing: false) } catch  where error.kind == .missing { return nil }
    return target
  }

  private func sync(_ directories: Set<Path>) throws(DiskError) {
    for directory in directories.sorted() {
      do { try fs.syncDirectory(directory) } catch  where error.kind == .missing {}
    }
  }
}

extension RevisionNote {
  fileprivate func encoded(_ root: Path) -> [UInt8] {
    var encoder = Encoder()
    for text in [pipeline, name, place.relative(to: root).bytes] { encoder.string(text) }
    encoder.integer(inode)
    let lines = superseded.sorted { $0.key < $1.key }
    // The first has a place of its own: former versions knew one.
    encoder.integer(lines.first?.value ?? 0)
    encoder.integer(Int64(lines.first?.key ?? 0))
    encoder.integer(Int64(settledLines))
    encoder.count(outdated.count)
    for path in outdated { encoder.string(path.relative(to: root).bytes) }
    encoder.count(max(0, lines.count - 1))
    for (line, number) in lines.dropFirst() {
      encoder.integer(Int64(line))
      encoder.integer(number)
    }
    var framed = Encoder()
    framed.string(encoder.bytes)
    framed.integer(CRC32C.checksum(encoder.bytes.span))
    return framed.bytes
  }

  fileprivate init?(_ bytes: [UInt8], _ root: Path) {
    do throws(UndecodableRecord) {
      var frame = Decoder(bytes, 0..<bytes.count)
      let content = try frame.string()
      guard try frame.integer(UInt32.self) == CRC32C.checksum(content.span) else { return nil }
      var decoder = Decoder(content, 0..<content.count)
      let (pipeline, name, place) = (try decoder.string(), try decoder.string(), try decoder.string())
      let (inode, number): (UInt64, UInt64) = (try decoder.integer(), try decoder.integer())
      let (line, settled) = (try decoder.integer(Int64.self), try decoder.integer(Int64.self))
      var outdated: [Path] = []
      for _ in 0..<(try decoder.count()) { outdated.append(root / (try decoder.string())) }
      // Numbers begin with 1.
      var superseded = number == 0 ? [:] : [Int(line): number]
      for _ in 0..<(decoder.isAtEnd ? 0 : try decoder.count()) {
        superseded[Int(try decoder.integer(Int64.self))] = try decoder.integer()
      }
      self.init(
        pipeline: pipeline, name: name, inode: inode, place: root / place, outdated: outdated, superseded: superseded,
        settledLines: Int(settled))
    } catch {
      return nil
    }
  }
}
