import Disk

/// What keeps a file in its inbox, in the words that the log, `why` and `spool check` share.
public struct Obstacle: Sendable, Equatable {
  /// Short, and the same across versions.
  public let rule: String
  /// Behind the file's path: “waits: …; what to do, and it is taken”.
  public let sentence: String

  static let otherFileSystemRule = "other_file_system"

  init(_ rule: String, _ sentence: String) {
    self.rule = rule
    self.sentence = "waits: \(sentence)"
  }
}

/// Tells why a process cannot take files out of one inbox.
public struct ObstacleSearch: Sendable {
  private let places: LanePlaces
  private let rights: ProcessRights
  private let fs: any FileSystem

  public init(_ places: LanePlaces, _ rights: ProcessRights, _ fs: any FileSystem) {
    self.places = places
    self.rights = rights
    self.fs = fs
  }

  /// What can be seen without trying; `nil` where nothing is in the way.
  public func obstacle(to file: Path, _ status: FileStatus) -> Obstacle? {
    if !rights.may(.read, status, fs.accessList(at: file)) { return unreadable(status) }
    return attributes(of: file) ?? folder(of: file, status) ?? claims(of: file)
  }

  /// What a claim came to grief on; `nil` for trouble that passes and does not lie with the file.
  public func obstacle(to file: Path, after error: DiskError) -> Obstacle? {
    if error.isTransient { return nil }
    if let status = try? fs.status(at: file), let found = obstacle(to: file, status) { return found }
    switch error.kind {
    case .otherFileSystem: return otherFileSystem
    default: return Obstacle("cannot_be_moved", "\(error)")
    }
  }

  public func unreadable(_ status: FileStatus) -> Obstacle {
    Obstacle(
      "unreadable",
      "linecaster (uid \(rights.user)) may not read it (\(Self.shown(status))); chmod a+r or chown it, and it is taken")
  }

  // MARK: - The file

  private func attributes(of file: Path) -> Obstacle? {
    let restraints = fs.restraints(at: file)
    if restraints.contains(.immutable) {
      return Obstacle("immutable", "it has the immutable attribute (lsattr shows i); chattr -i it, and it is taken")
    }
    if restraints.contains(.appendOnly) {
      return Obstacle("append_only", "it has the append-only attribute (lsattr shows a); chattr -a it, and it is taken")
    }
    if restraints.contains(.mountPoint) {
      return Obstacle(
        "mount_point",
        "it is a mount point, a file that is mounted here by itself, and those cannot be renamed; unmount it, and put "
          + "a copy here")
    }
    if restraints.contains(.readOnlyMount) {
      return Obstacle(
        "read_only", "the file system of \(places.inbox) is mounted read-only; remount it writable, and it is taken")
    }
    return nil
  }

  // MARK: - The folders it moves from and to

  /// The inbox, or a folder below it.
  private func folder(of path: Path, _ file: FileStatus) -> Obstacle? {
    let place = path.directory
    guard let inbox = status(place) else { return nil }
    if let fixed = fixed(place) { return fixed }
    if !rights.may([.write, .search], inbox, fs.accessList(at: place)) {
      return unwritable(place, inbox, "take files out of")
    }
    let isOwner = rights.has(.ownsEverything) || rights.user == file.owner || rights.user == inbox.owner
    if inbox.mode & 0o1000 != 0, !isOwner {
      return Obstacle(
        "sticky",
        "the folder \(place) has the sticky bit (\(Self.shown(inbox))), so that only the owner of the file (uid "
          + "\(file.owner)) or of the folder may rename it, and linecaster is uid \(rights.user); chmod -t the folder, or "
          + "chown one of the two to uid \(rights.user), and it is taken")
    }
    return nil
  }

  private func claims(of file: Path) -> Obstacle? {
    guard let claimed = status(places.claimed) else { return nil }
    if let fixed = fixed(places.claimed) { return fixed }
    if !rights.may([.write, .search], claimed, fs.accessList(at: places.claimed)) {
      return unwritable(places.claimed, claimed, "put files into")
    }
    if let folder = status(file.directory), folder.device != claimed.device { return otherFileSystem }
    return nil
  }

  private func fixed(_ directory: Path) -> Obstacle? {
    let restraints = fs.restraints(at: directory / ".")
    if restraints.contains(.immutable) || restraints.contains(.appendOnly) {
      let (name, letter) = restraints.contains(.immutable) ? ("immutable", "i") : ("append-only", "a")
      return Obstacle(
        "folder_attribute",
        "the folder \(directory) has the \(name) attribute (lsattr -d shows \(letter)); chattr -\(letter) it, and the "
          + "file is taken")
    }
    if restraints.contains(.readOnlyMount) {
      return Obstacle(
        "read_only", "the file system of \(directory) is mounted read-only; remount it writable, and it is taken")
    }
    return nil
  }

  private func unwritable(_ directory: Path, _ status: FileStatus, _ deed: String) -> Obstacle {
    Obstacle(
      "folder",
      "linecaster (uid \(rights.user)) may not \(deed) the folder \(directory) (\(Self.shown(status))); give it write "
        + "access there, and the file is taken")
  }

  private var otherFileSystem: Obstacle {
    Obstacle(
      Obstacle.otherFileSystemRule,
      "it lies on another file system than \(places.claimed), where a rename cannot reach; restart linecaster, which "
        + "then keeps its folders beside the inbox")
  }

  /// Of the directory that a link may lead to.
  private func status(_ directory: Path) -> FileStatus? { try? fs.status(at: directory / ".") }

  private static func shown(_ status: FileStatus) -> String {
    "owner \(status.owner), group \(status.group), mode \(String(status.mode, radix: 8))"
  }
}
