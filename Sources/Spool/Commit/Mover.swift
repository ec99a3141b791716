import Disk

/// Puts settled inputs where they belong, never over anything, and remembers what a checkpoint has to sync.
struct Mover {
  private let fs: any FileSystem
  private let folders: Folders
  private let report: @Sendable (SpoolSettings.Severity, String) -> Void
  /// Directories known to be there.
  private var made: Set<Path> = []
  /// What changed since the last checkpoint.
  private(set) var touchedDirectories: Set<Path> = []
  private(set) var touchedFiles: Set<Path> = []

  init(_ settings: SpoolSettings, _ fs: any FileSystem, _ folders: Folders) {
    self.fs = fs
    self.folders = folders
    report = settings.report
  }

  /// Puts on the disk what changed. What went away in the meantime needs no sync: retention and consumers remove files.
  func syncTouched(and directories: [Path]) throws(DiskError) {
    for path in touchedFiles {
      do {
        let file = try fs.open(path, for: .reading)
        defer { fs.close(file) }
        try fs.sync(file)
      } catch  where error.kind == .missing {}
    }
    for path in touchedDirectories.union(directories) {
      do { try fs.syncDirectory(path) } catch  where error.kind == .missing {}
    }
  }

  mutating func forgetTouched() {
    touchedDirectories = []
    touchedFiles = []
  }

  mutating func touch(_ directory: Path) { touchedDirectories.insert(directory) }

  /// Moves an input to `done/PIPELINE/DAY/NAME`, or removes it.
  ///
  /// - Returns: `false` where it was not there any more.
  @discardableResult
  mutating func finish(
    _ input: InputIdentity, at source: Path, places: LanePlaces, time: Int64
  ) throws(DiskError) -> Bool {
    if places.removesDone {
      do { try fs.remove(source) } catch  where error.kind == .missing { return false }
      try left(source)
      return true
    }
    let day = places.done / UTC.day(time)
    try make(day)
    var attempt = 0
    while true {
      let name = attempt == 0 ? input.name : marked(input.name, "~\(input.claim)\(attempt == 1 ? "" : ".\(attempt)")")
      do {
        try fs.rename(source, to: day / name, replacing: false)
        break
      } catch {
        if error.kind == .missing {
          guard try fs.status(at: source) != nil else { return false }
          // The day's directory went away under us.
          made.remove(day)
          try make(day)
        } else if error.kind == .taken {
          attempt += 1
        } else {
          throw error
        }
      }
    }
    try left(source)
    touchedDirectories.insert(day)
    return true
  }

  /// A name in `failed/` that is free together with its reason's.
  func freeTarget(_ name: [UInt8], claim: UInt64, places: LanePlaces, taken: Set<[UInt8]>) throws(DiskError) -> [UInt8]
  {
    var attempt = 0
    while true {
      let mark = attempt == 0 ? "" : attempt == 1 ? "~\(claim)" : "~\(claim).\(attempt)"
      let candidate = marked(name, mark, room: ReasonFile.ending.utf8.count)
      let path = places.failed / candidate
      if !taken.contains(candidate), try fs.status(at: path) == nil, try fs.status(at: reason(path)) == nil {
        return candidate
      }
      attempt += 1
    }
  }

  /// Moves an input to `failed/`, its reason first, so that no failed input stands without one.
  ///
  /// - Returns: `false` where it was not there any more.
  @discardableResult
  mutating func fail(
    _ input: InputIdentity, at source: Path, to target: Path, reason text: [UInt8]
  ) throws(DiskError) -> Bool {
    try writeFile(text, to: reason(target))
    do {
      try fs.rename(source, to: target, replacing: false)
    } catch {
      guard error.kind == .missing || error.kind == .taken else { throw error }
      if error.kind == .taken {
        report(.warning, "\(target) appeared while a failed input was on its way there; the input stays in \(source)")
      }
      return error.kind == .taken
    }
    try left(source)
    return true
  }

  /// Keeps the bytes of a bad line beside its reason.
  mutating func fail(line: [UInt8], to target: Path, reason text: [UInt8]) throws(DiskError) {
    try writeFile(text, to: reason(target))
    try writeFile(line + [0x0A], to: target)
  }

  /// Writes the reason of an input that was moved before the crash, where the reason did not survive it.
  mutating func restoreReason(_ text: [UInt8], of target: Path, inode: UInt64) throws(DiskError) {
    guard try fs.status(at: target)?.inode == inode else { return }
    if try fs.status(at: reason(target)) != nil {
      let file = try fs.open(reason(target), for: .reading)
      defer { fs.close(file) }
      if try fs.readAll(file) == text { return }
    }
    try writeFile(text, to: reason(target))
  }

  private func reason(_ target: Path) -> Path { target.directory / (target.name + Array(ReasonFile.ending.utf8)) }

  private mutating func writeFile(_ bytes: [UInt8], to path: Path) throws(DiskError) {
    try make(path.directory)
    let file: OpenFile
    do {
      file = try fs.open(path, for: .creating)
    } catch {
      guard error.kind == .missing else { throw error }
      // The directory went away under us.
      made.remove(path.directory)
      try make(path.directory)
      file = try fs.open(path, for: .creating)
    }
    defer { fs.close(file) }
    try fs.write(bytes, to: file, at: 0)
    try fs.truncate(file, to: bytes.count)
    touchedFiles.insert(path)
    touchedDirectories.insert(path.directory)
  }

  /// After a claim left its place.
  private mutating func left(_ source: Path) throws(DiskError) {
    touchedDirectories.insert(source.directory)
    if ClaimName.isOwnDirectory(source.directory) {
      touchedDirectories.remove(source.directory)
      _ = try? fs.remove(source.directory)
      touchedDirectories.insert(source.directory.directory)
    }
  }

  private mutating func make(_ directory: Path) throws(DiskError) {
    if made.contains(directory) { return }
    try folders.make(directory)
    // What is moved into a directory must not go away with it.
    for above in [directory.directory.directory, directory.directory] { try fs.syncDirectory(above) }
    made.insert(directory)
  }
}

extension ClaimName {
  /// Whether a directory is the one of a single claim with a long name.
  static func isOwnDirectory(_ directory: Path) -> Bool {
    !directory.name.isEmpty && directory.name.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
