import Disk

/// One file on its way from a place that is not in use any more to one that is.
struct Relocation: Equatable {
  var source: Path
  /// Of the source, so that no other file of that name is taken for it: inodes are used again.
  var inode: UInt64
  /// Nanoseconds since 1970.
  var modified: Int64
  /// A whole copy on the disk of the target, where a rename does not reach; `nil` where one does.
  var draft: Path?
  /// Where it goes if the name is free.
  var target: Path
  /// Of an article in flight, the number that it was claimed under; else 0.
  var claim: UInt64 = 0
  /// Of an article in flight, the directory of claims that it goes to.
  var claimed = Path([UInt8]())
  /// Of an article in flight, lines of it that are settled.
  var settledLines = 0

  init(source: Path, inode: UInt64, modified: Int64, draft: Path? = nil, target: Path) {
    self.source = source
    self.inode = inode
    self.modified = modified
    self.draft = draft
    self.target = target
  }

  /// With paths under `root` as seen from there, so that a spool can be moved in between.
  func relative(to root: Path) -> Relocation { map { $0.relative(to: root) } }

  func resolved(under root: Path) -> Relocation { map { $0.bytes.isEmpty ? $0 : root / $0.bytes } }

  private func map(_ change: (Path) -> Path) -> Relocation {
    var relocation = self
    relocation.source = change(source)
    relocation.draft = draft.map(change)
    relocation.target = change(target)
    relocation.claimed = change(claimed)
    return relocation
  }
}

extension [LaneState] {
  /// An article that changes its lane keeps what is settled of it. The lane that it leaves may keep the number: it could
  /// not be moved, perhaps.
  mutating func note(_ relocation: Relocation) {
    guard relocation.settledLines > 0 else { return }
    for lane in indices where self[lane].places.claimed == relocation.claimed {
      self[lane].progress[relocation.claim] = relocation.settledLines
    }
  }
}

/// Moves files as a journal record said, each once, however often it is begun.
///
/// A draft that is there was not put in its place yet: it stood on the disk, under its name, before the record did. A
/// source that is there was not moved, or not removed, yet.
struct Relocator {
  private let fs: any FileSystem

  init(_ fs: any FileSystem) { self.fs = fs }

  func complete(_ relocation: Relocation) throws(DiskError) {
    let exists = try exists(relocation)
    if let draft = relocation.draft {
      if try fs.status(at: draft) != nil { try move(draft, to: relocation.target) }
      try fs.syncDirectory(relocation.target.directory)
      if exists { try fs.remove(relocation.source) }
    } else if exists {
      try move(relocation.source, to: relocation.target)
    }
  }

  private func exists(_ relocation: Relocation) throws(DiskError) -> Bool {
    guard let status = try fs.status(at: relocation.source) else { return false }
    return status.inode == relocation.inode && status.modified == relocation.modified
  }

  /// Never over anything: somebody may have put a file of that name there since.
  private func move(_ source: Path, to target: Path) throws(DiskError) {
    var number = 1
    while true {
      let name = number == 1 ? target.name : otherName(target.name, number)
      do throws(DiskError) {
        return try fs.rename(source, to: target.directory / name, replacing: false)
      } catch {
        guard error.kind == .taken else { throw error }
        number += 1
      }
    }
  }

  /// Writes the whole source to its draft; returns when both name and content are on the disk.
  func copy(_ relocation: Relocation) throws(DiskError) {
    guard let draft = relocation.draft else { return }
    let source = try fs.open(relocation.source, for: .reading)
    defer { fs.close(source) }
    let file = try fs.open(draft, for: .creating)
    defer { fs.close(file) }
    try fs.truncate(file, to: 0)
    var offset = 0
    while true {
      let piece = try fs.read(source, at: offset, count: 1 << 20)
      if piece.isEmpty { break }
      try fs.write(piece, to: file, at: offset)
      offset += piece.count
    }
    try fs.sync(file)
  }
}
