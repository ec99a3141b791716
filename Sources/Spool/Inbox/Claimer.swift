import Disk

/// Takes files out of one inbox. Used by one thread.
public struct Claimer: Sendable {
  private let fs: any FileSystem
  private let places: LanePlaces
  private let counters: SpoolCounters
  private let lock: LockGuard
  private let folders: Folders
  private let hasMarkers: Bool

  init(
    _ fs: any FileSystem, _ places: LanePlaces, _ counters: SpoolCounters, _ lock: LockGuard, _ folders: Folders,
    hasMarkers: Bool = false
  ) {
    self.fs = fs
    self.places = places
    self.counters = counters
    self.lock = lock
    self.folders = folders
    self.hasMarkers = hasMarkers
  }

  /// Opens a file, renames it to `claimed/` and makes sure that both are the same one.
  ///
  /// - Parameter name: its path from the inbox.
  public func claim(_ name: [UInt8]) throws(DiskError) -> ClaimOutcome {
    let source = places.inbox / name
    guard try hasFolders(of: name), let seen = try fs.status(at: source) else { return .gone }
    guard seen.kind == .regular else { return .notAFile(seen) }
    // It belongs to whoever has the spool now.
    guard lock.isHeld else { return .gone }
    folders.look()
    let file: OpenFile
    do {
      file = try fs.open(source, for: .reading)
    } catch {
      switch error.kind {
      case .missing: return .gone
      case .denied: return .unreadable(seen, error)
      default: throw error
      }
    }
    do {
      return try take(name, source, file)
    } catch {
      fs.close(file)
      throw error
    }
  }

  /// Whether the folders before a name are folders still, and no links to elsewhere.
  private func hasFolders(of name: [UInt8]) throws(DiskError) -> Bool {
    // From the outermost in, so that none is looked for below a file.
    for slash in name.indices where name[slash] == UInt8(ascii: "/") {
      guard try fs.status(at: places.inbox / Array(name[..<slash]))?.kind == .directory else { return false }
    }
    return true
  }

  private func take(_ name: [UInt8], _ source: Path, _ file: OpenFile) throws(DiskError) -> ClaimOutcome {
    let status = try fs.status(of: file)
    guard status.kind == .regular else {
      fs.close(file)
      return .notAFile(status)
    }
    let number = counters.takeClaim()
    let target = ClaimName.path(in: places.claimed, number: number, name: name)
    do {
      try move(source, to: target)
    } catch {
      ClaimName.removeDirectories(of: target, in: places.claimed, fs)
      guard error.kind == .missing else { throw error }
      guard try fs.status(at: source) != nil else {
        fs.close(file)
        return .gone
      }
      // The file is there, so that its target is not.
      try folders.make(places.claimed)
      try move(source, to: target)
    }
    let claim = Claim(number: number, name: name, path: target)
    guard let moved = try fs.status(at: target) else {
      fs.close(file)
      return .gone
    }
    if hasMarkers, moved.kind == .regular { try removeMarker(of: claim) }
    if moved.isSameFile(as: status) { return .claimed(claim, file, moved) }
    // Another file was renamed over the one we opened: that one is what we took.
    if moved.kind == .regular, let other = try? fs.open(target, for: .reading) {
      fs.close(file)
      return .claimed(claim, other, moved)
    }
    fs.close(file)
    try fs.rename(target, to: source, replacing: false)
    return .notAFile(moved)
  }

  private func move(_ source: Path, to target: Path) throws(DiskError) {
    try ClaimName.makeDirectories(of: target, in: places.claimed, fs)
    try fs.rename(source, to: target, replacing: false)
  }

  /// The marker goes only when the claim is on the disk: a file back in the inbox without it would wait for ever.
  private func removeMarker(of claim: Claim) throws(DiskError) {
    try makeDurable(claim)
    try Marker.remove(of: claim.name, in: places.inbox, fs)
  }

  /// Opens a claim of an earlier run, or one that changed while it was read.
  public func reopen(_ claim: Claim) throws(DiskError) -> (OpenFile, FileStatus) {
    let file = try fs.open(claim.path, for: .reading)
    do {
      return (file, try fs.status(of: file))
    } catch {
      fs.close(file)
      throw error
    }
  }

  /// Puts the claim's new place on the disk, so that parts of the file may be committed: they are known by it.
  public func makeDurable(_ claim: Claim) throws(DiskError) {
    try fs.syncDirectory(claim.path.directory)
    if claim.path.directory != places.claimed { try fs.syncDirectory(places.claimed) }
    // The folder may be gone by now, and the claim holds without it.
    do { try fs.syncDirectory((places.inbox / claim.name).directory) } catch  where error.kind == .missing {}
  }
}
