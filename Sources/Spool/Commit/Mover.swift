import Bytes
import Disk

/// Puts settled inputs where they belong, never over anything, and remembers what a checkpoint has to sync.
struct Mover {
  private let fs: any FileSystem
  private let folders: Folders
  private let settledInputs: (any SettledInputs)?
  private let report: @Sendable (SpoolSettings.Severity, String) -> Void
  /// Directories known to be there.
  private var made: Set<Path> = []
  /// What changed since the last checkpoint.
  private(set) var touchedDirectories: Set<Path> = []
  private(set) var touchedFiles: Set<Path> = []
  /// Claims that had directories of their own. These go only when what was moved out of them is on the disk elsewhere.
  private var emptied: [(claim: Path, claimed: Path)] = []

  init(_ settings: SpoolSettings, _ fs: any FileSystem, _ folders: Folders) {
    self.fs = fs
    self.folders = folders
    report = settings.report
    settledInputs = settings.settledInputs
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
      do { try fs.syncDirectory(path) } catch  where error.kind == .missing || error.kind == .impassable {}
    }
  }

  /// After everything that changed was put on the disk.
  mutating func forgetTouched() {
    touchedDirectories = []
    touchedFiles = []
    for (claim, claimed) in emptied { ClaimName.removeDirectories(of: claim, in: claimed, fs) }
    emptied = []
  }

  mutating func touch(_ directory: Path) { touchedDirectories.insert(directory) }

  /// Moves an input to `done/PIPELINE/DAY/`, where it keeps its path from the inbox, or removes it, where nobody can write
  /// to it any more.
  ///
  /// - Returns: `false` where it was not there any more.
  @discardableResult
  mutating func finish(
    _ input: InputIdentity, at source: Path, places: LanePlaces, time: Int64
  ) throws(DiskError) -> Bool {
    if places.removesDone, input.modified == nil || settledInputs == nil {
      do { try fs.remove(source) } catch  where error.kind == .missing { return false }
      left(source, input, places)
      return true
    }
    let day = places.done / UTC.day(time)
    var name = input.name
    var attempt = 0
    while true {
      let target = day / Self.numbered(name, input.claim, attempt)
      do {
        try make(target.directory, below: places.done.directory)
        try fs.rename(source, to: target, replacing: false)
        left(source, input, places)
        touchedDirectories.insert(target.directory)
        settledInputs?.settled(input, .file, at: target)
        return true
      } catch {
        switch error.kind {
        case .missing:
          guard try fs.status(at: source) != nil else { return false }
          // A directory went away under us.
          forgetMade(target.directory)
        case .taken: attempt += 1
        // A file has the name of the folder.
        case .impassable where name.contains(UInt8(ascii: "/")): (name, attempt) = (Path(name).name, 1)
        default: throw error
        }
      }
    }
  }

  private static func numbered(_ name: [UInt8], _ claim: UInt64, _ attempt: Int, room: Int = 0) -> [UInt8] {
    marked(name, attempt == 0 ? "" : attempt == 1 ? "~\(claim)" : "~\(claim).\(attempt)", room: room)
  }

  /// A path in `failed/` that is free together with its reason's.
  ///
  /// - Parameter taken: paths that others will have.
  func freeTarget(_ name: [UInt8], claim: UInt64, places: LanePlaces, taken: Set<[UInt8]>) throws(DiskError) -> [UInt8]
  {
    var name = name
    var attempt = 0
    if try !mayHaveFolders(name, places.failed, taken) { (name, attempt) = (Path(name).name, 1) }
    while true {
      let candidate = Self.numbered(name, claim, attempt, room: ReasonFile.ending.utf8.count)
      let path = places.failed / candidate
      let isFolder = taken.contains { $0.starts(with: candidate + [UInt8(ascii: "/")]) }
      if !isFolder, !taken.contains(candidate), try fs.status(at: path) == nil, try fs.status(at: reason(path)) == nil {
        return candidate
      }
      attempt += 1
    }
  }

  /// Whether the folders of a path are there or can be made: no file has, or will have, the name of one.
  private func mayHaveFolders(_ name: [UInt8], _ failed: Path, _ taken: Set<[UInt8]>) throws(DiskError) -> Bool {
    for slash in name.indices where name[slash] == UInt8(ascii: "/") {
      let folder = Array(name[..<slash])
      if taken.contains(folder) { return false }
      if let status = try fs.status(at: failed / folder), status.kind != .directory { return false }
    }
    return true
  }

  /// Moves an input to `failed/`, its reason first, so that no failed input stands without one.
  ///
  /// - Returns: `false` where it was not there any more.
  @discardableResult
  mutating func fail(
    _ input: InputIdentity, at source: Path, to target: Path, reason text: [UInt8], places: LanePlaces
  ) throws(DiskError) -> Bool {
    try writeFile(text, to: reason(target), places)
    do {
      try fs.rename(source, to: target, replacing: false)
    } catch {
      guard error.kind == .missing || error.kind == .taken else { throw error }
      if error.kind == .taken {
        report(.warning, "\(target) appeared while a failed input was on its way there; the input stays in \(source)")
      }
      return error.kind == .taken
    }
    left(source, input, places)
    settledInputs?.settled(input, .file, at: target)
    return true
  }

  /// Keeps the bytes of a bad line beside its reason.
  mutating func fail(
    line: [UInt8], of input: InputIdentity, _ part: Settlement.Part, to target: Path, reason text: [UInt8],
    places: LanePlaces
  ) throws(DiskError) {
    try writeFile(text, to: reason(target), places)
    try writeFile(line + [0x0A], to: target, places)
    settledInputs?.settled(input, part, at: target)
  }

  /// Writes the reason of an input that was moved before the crash, where the reason did not survive it.
  mutating func restoreReason(
    _ text: [UInt8], of target: Path, inode: UInt64, places: LanePlaces
  ) throws(DiskError) {
    guard try fs.status(at: target)?.inode == inode else { return }
    if try fs.status(at: reason(target)) != nil {
      let file = try fs.open(reason(target), for: .reading)
      defer { fs.close(file) }
      if try fs.readAll(file) == text { return }
    }
    try writeFile(text, to: reason(target), places)
  }

  private func reason(_ target: Path) -> Path { target.directory / (target.name + Array(ReasonFile.ending.utf8)) }

  private mutating func writeFile(_ bytes: [UInt8], to path: Path, _ places: LanePlaces) throws(DiskError) {
    let base = places.failed.directory
    try make(path.directory, below: base)
    let file: OpenFile
    do {
      file = try fs.open(path, for: .creating)
    } catch {
      guard error.kind == .missing else { throw error }
      // The directory went away under us.
      forgetMade(path.directory)
      try make(path.directory, below: base)
      file = try fs.open(path, for: .creating)
    }
    defer { fs.close(file) }
    try fs.write(bytes, to: file, at: 0)
    try fs.truncate(file, to: bytes.count)
    touchedFiles.insert(path)
    touchedDirectories.insert(path.directory)
  }

  /// After a claim left its place.
  private mutating func left(_ source: Path, _ input: InputIdentity, _ places: LanePlaces) {
    if source.directory != places.claimed { emptied.append((source, places.claimed)) }
    touchedDirectories.formUnion([source.directory, places.claimed, (places.inbox / input.name).directory])
  }

  /// Makes a directory and those above it, which are known to be there from `base` up, and puts them on the disk: what
  /// is moved into one must not go away with it.
  private mutating func make(_ directory: Path, below base: Path) throws(DiskError) {
    if made.contains(directory) { return }
    try folders.make(directory)
    var above = directory.directory
    var all = [above]
    while above.bytes.count > base.bytes.count {
      above = above.directory
      all.append(above)
    }
    for directory in all.reversed() { try fs.syncDirectory(directory) }
    if made.count >= Self.mostMade { made = [] }
    made.insert(directory)
  }

  private static let mostMade = 10_000

  /// After a directory went away.
  private mutating func forgetMade(_ directory: Path) { made = made.filter { !directory.bytes.starts(with: $0.bytes) } }
}
