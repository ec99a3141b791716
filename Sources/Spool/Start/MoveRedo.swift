import Disk

/// Moves inputs of committed records that the last run did not get to move, and never lets them run again.
struct MoveRedo {
  private let fs: any FileSystem
  private let contentHash: @Sendable ([UInt8]) -> [UInt8]
  /// What each inbox holds, by inode, as paths from there; read when it is first asked for.
  private var inboxes: [Path: [UInt64: [[UInt8]]]] = [:]
  /// Inboxes below which folders are read, in this run or an earlier one.
  private let deep: Set<Path>

  init(_ fs: any FileSystem, deep: Set<Path>, contentHash: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    self.fs = fs
    self.deep = deep
    self.contentHash = contentHash
  }

  mutating func redo(
    _ entry: JournalRecord.Entry, places: LanePlaces, time: Int64, _ mover: inout Mover
  ) throws(DiskError) {
    switch (entry.part, entry.outcome) {
    case (.line, .failure(_, let target, let reason, let raw)):
      try mover.fail(
        line: raw, of: entry.input, entry.part, to: places.failed / target, reason: reason, places: places)
    case (.line, _): break
    case (_, .failure(_, let target, let reason, _)):
      if let source = try locate(entry, places) {
        try mover.fail(entry.input, at: source, to: places.failed / target, reason: reason, places: places)
      } else {
        try mover.restoreReason(reason, of: places.failed / target, inode: entry.input.inode, places: places)
      }
    case (_, _):
      if let source = try locate(entry, places) {
        try mover.finish(entry.input, at: source, places: places, time: time)
      }
    }
  }

  /// Where a committed input lies, if it has not moved yet.
  ///
  /// Devices are not compared: their numbers change from boot to boot, and a lane lies within one mount.
  private mutating func locate(_ entry: JournalRecord.Entry, _ places: LanePlaces) throws(DiskError) -> Path? {
    let input = entry.input
    let claim = ClaimName.path(in: places.claimed, number: input.claim, name: input.name)
    if let status = try fs.status(at: claim), try isSame(status, claim, input) { return claim }
    // Parts of a file are committed only once its claim is durable.
    guard entry.part == .file else { return nil }
    for name in try inbox(places.inbox)[input.inode] ?? [] {
      let path = places.inbox / name
      guard let status = try fs.status(at: path), status.kind == .regular, status.inode == input.inode else { continue }
      // Another link to a file that is done is an input of its own.
      guard name == input.name || status.links == 1, status.size == input.size else { continue }
      if try hasContent(of: input, path) { return path }
    }
    return nil
  }

  /// Whether a claim is the one that was committed. Its number was given out once, so that number and inode are enough,
  /// whatever was written to the file since. In a spool that was copied, or unpacked from a backup, all inodes are others:
  /// there number, size and content tell.
  private func isSame(_ status: FileStatus, _ claim: Path, _ input: InputIdentity) throws(DiskError) -> Bool {
    if status.inode == input.inode { return true }
    guard status.kind == .regular, status.size == input.size else { return false }
    return try hasContent(of: input, claim)
  }

  private func hasContent(of input: InputIdentity, _ path: Path) throws(DiskError) -> Bool {
    if input.contentHash.isEmpty { return true }
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    return contentHash(try fs.readAll(file)) == input.contentHash
  }

  private mutating func inbox(_ path: Path) throws(DiskError) -> [UInt64: [[UInt8]]] {
    if let known = inboxes[path] { return known }
    var names: [UInt64: [[UInt8]]] = [:]
    if try fs.status(at: path) == nil {
      // Nothing waits there.
    } else if deep.contains(path) {
      try InboxWalk(path, fs).visit(entry: { names[$1.inode, default: []].append($0) })
    } else {
      for name in try fs.list(path) {
        if let status = try fs.status(at: path / name) { names[status.inode, default: []].append(name) }
      }
    }
    inboxes[path] = names
    return names
  }
}
