import Bytes
import Disk

/// Takes what waits in former places over into present ones, with the spool held.
struct Adopter {
  private let spool: Spool
  private let fs: any FileSystem
  private let known: KnownPlaces
  private let succession: Succession
  private let lanes: [LaneState]
  /// What was done, one sentence each.
  private(set) var done: [String] = []
  /// What stays, and why.
  private(set) var left: [String] = []

  /// How files get from a directory to that of the claims of a present lane.
  private var routes: [[Path]: Route] = [:]
  private var batch: [Relocation] = []
  private var batchBytes = 0
  private var moved = 0
  /// Names in directories of failed inputs that the batch is going to take.
  private var taken: Set<Path> = []
  /// Directories that were made for files, and are on the disk.
  private var made: Set<Path> = []
  private static let mostFiles = 256
  private static let mostBytes = 64 << 20

  init(_ spool: Spool, _ known: KnownPlaces, _ fs: any FileSystem) {
    self.spool = spool
    self.fs = fs
    self.known = known
    succession = Succession(known, fs)
    lanes = spool.committer.withLock { $0.knownLanes }
  }

  mutating func run(_ abandoned: [Abandoned]) throws(SpoolError) {
    for abandoned in abandoned {
      guard let target = abandoned.successor else {
        left.append("\(abandoned.sentence); \(abandoned.fix)")
        continue
      }
      let places = abandoned.places
      if abandoned.claims > 0 {
        try takeClaims(places, target)
        try flush()
        tell("article", "in flight of ‘\(Path.printable(places.pipeline))’", into: target.claimed)
      }
      if abandoned.waiting > 0 {
        try takeWaiting(places, target)
        try flush()
        tell("file", "from \(places.inbox)", into: target.inbox)
      }
      if abandoned.failures > 0 {
        try takeFailures(places, target)
        try flush()
        tell("failed input", "from \(places.failed)", into: target.failed)
      }
      removeEmpty(places)
    }
    for case .copy(let drafts) in routes.values { _ = try? fs.remove(drafts) }
  }

  private mutating func tell(_ noun: String, _ origin: String, into target: Path) {
    if moved > 0 { done.append("put \(moved) \(noun)\(moved == 1 ? "" : "s") \(origin) into \(target)") }
    moved = 0
  }

  // MARK: - Articles in flight

  private mutating func takeClaims(_ places: LanePlaces, _ target: LanePlaces) throws(SpoolError) {
    let route = try route(from: places.claimed, to: target)
    // Numbers are given out once, so that any lane may know how far a claim is settled. Those of a directory that nobody
    // knows come from before the journal, perhaps.
    let isKnown = places.hasInbox
    let claims = try spool.retryingTransientErrors { () throws(DiskError) in try ClaimName.list(fs, places.claimed) }
    var numbers = Set(
      try spool.retryingTransientErrors { () throws(DiskError) in try ClaimName.list(fs, target.claimed) }.map(\.number)
    )
    for claim in claims {
      let source = ClaimName.path(in: places.claimed, number: claim.number, name: claim.name)
      guard let status = try status(source) else { continue }
      let isOwn = isKnown && numbers.insert(claim.number).inserted
      let lines = isOwn ? lanes.compactMap { $0.progress[claim.number] }.max() ?? 0 : 0
      if lines == LaneState.everyLine {
        try takeSettled(source, status, claim.name, target)
        continue
      }
      let number = isOwn ? claim.number : spool.counters.takeClaim()
      let path = ClaimName.path(in: target.claimed, number: number, name: claim.name)
      try make(path.directory, below: target.claimed.directory)
      try add(source, status, to: path, route) { relocation in
        relocation.claim = number
        relocation.claimed = target.claimed
        relocation.settledLines = lines
      }
    }
    for path in try spool.retryingTransientErrors({ () throws(DiskError) in
      try SpoolCheck.strays(in: places.claimed, fs)
    }) {
      guard let status = try status(path), status.kind == .regular else { continue }
      try add(path, status, to: target.inbox / path.name, route)
    }
  }

  /// One whose line stands in the outbox: its disk was not there when it should have been moved.
  private mutating func takeSettled(
    _ source: Path, _ status: FileStatus, _ name: [UInt8], _ target: LanePlaces
  ) throws(SpoolError) {
    let day = target.done / UTC.day(status.modified / 1_000_000_000)
    let path = day / (try self.path(name, in: day))
    try make(path.directory, below: target.done.directory)
    try add(source, status, to: path, try route(from: source.directory, to: target))
  }

  // MARK: - Directories

  /// Makes a directory and those above it, up to one that is there, and puts them on the disk: what is moved into it must
  /// not go away with it.
  private mutating func make(_ directory: Path, below base: Path) throws(SpoolError) {
    if made.contains(directory) { return }
    try spool.retryingTransientErrors { () throws(DiskError) in
      if try fs.status(at: directory) == nil { try spool.folders.make(directory) }
      var above: [Path] = []
      while (above.last ?? directory).bytes.count > base.bytes.count {
        above.append((above.last ?? directory).directory)
      }
      for directory in above.reversed() { try fs.syncDirectory(directory) }
    }
    made.insert(directory)
  }

  /// A path below a directory; the name alone where a file has the name of one of its folders.
  private func path(_ path: [UInt8], in directory: Path) throws(SpoolError) -> [UInt8] {
    for slash in path.indices where path[slash] == UInt8(ascii: "/") {
      guard let status = try status(directory / Array(path[..<slash])) else { return path }
      if status.kind != .directory { return Path(path).name }
    }
    return path
  }

  // MARK: - Files that wait

  private mutating func takeWaiting(_ places: LanePlaces, _ target: LanePlaces) throws(SpoolError) {
    let route = try route(from: places.inbox, to: target)
    let names = try spool.retryingTransientErrors { () throws(DiskError) in try known.waiting(in: places.inbox, fs) }
    var files: [(name: [UInt8], status: FileStatus)] = []
    for name in names {
      if let status = try status(places.inbox / name) { files.append((name, status)) }
    }
    // As they would have been taken.
    files.sort { a, b in
      a.status.modified != b.status.modified
        ? a.status.modified < b.status.modified : a.name.lexicographicallyPrecedes(b.name)
    }
    let keepsFolders = known.deep.contains(target.inbox)
    for (name, status) in files {
      let source = places.inbox / name
      if hasWriter(source) {
        left.append("\(source) stays: somebody has it open for writing; run this again when that one closes it")
      } else {
        let path = target.inbox / (keepsFolders ? try path(name, in: target.inbox) : Path(name).name)
        try make(path.directory, below: target.inbox)
        try add(source, status, to: path, route)
      }
    }
  }

  private func hasWriter(_ path: Path) -> Bool {
    guard let file = try? fs.open(path, for: .reading) else { return false }
    defer { fs.close(file) }
    return fs.hasWriter(file) == true
  }

  // MARK: - Failed inputs

  /// Each goes after its reason, so that none stands without one.
  private mutating func takeFailures(_ places: LanePlaces, _ successor: LanePlaces) throws(SpoolError) {
    let ending = Array(ReasonFile.ending.utf8)
    let files = try spool.retryingTransientErrors { () throws(DiskError) in try FailedDirectory.files(places.failed, fs)
    }
    for source in files where !FailedDirectory.isReason(source) {
      guard let name = source.below(places.failed), let status = try status(source), status.kind == .regular else {
        continue
      }
      let reason = FailedDirectory.reason(of: source)
      let reasonStatus = try self.status(reason)
      // Several pipelines may have failed here.
      let target = try pipeline(in: reason).flatMap(succession.successor(named:)) ?? successor
      let route = try route(from: places.failed, to: target)
      let free = try freeName(
        try path(name, in: target.failed), in: target.failed, hasReason: reasonStatus != nil)
      try make((target.failed / free).directory, below: target.failed.directory)
      var pair: [Relocation?] = []
      if let reasonStatus {
        pair.append(try prepare(reason, reasonStatus, to: target.failed / (free + ending), route))
      }
      pair.append(try prepare(source, status, to: target.failed / free, route))
      if pair.contains(nil) { continue }
      batch += pair.compactMap(\.self)
      moved += 1
      try flushIfLarge()
    }
  }

  private func pipeline(in reason: Path) throws(SpoolError) -> [UInt8]? {
    guard try status(reason) != nil else { return nil }
    return try spool.retryingTransientErrors { () throws(DiskError) in try ReasonFile.pipeline(in: reason, fs) }
  }

  private mutating func freeName(_ name: [UInt8], in failed: Path, hasReason: Bool) throws(SpoolError) -> [UInt8] {
    let ending = Array(ReasonFile.ending.utf8)
    var number = 1
    while true {
      let candidate = number == 1 ? name : marked(name, "-\(number)", room: ending.count)
      let (input, reason) = (failed / candidate, failed / (candidate + ending))
      number += 1
      guard try status(input) == nil else { continue }
      // A reason alone was waiting for this input: whoever moved it did not come further.
      guard try status(reason) == nil || !hasReason, taken.insert(input).inserted else { continue }
      return candidate
    }
  }

  // MARK: - Moving

  /// How files get from one directory to the places of a lane.
  private enum Route {
    case rename
    /// By way of a copy in this directory.
    case copy(Path)
  }

  private mutating func route(from directory: Path, to target: LanePlaces) throws(SpoolError) -> Route {
    if let known = routes[[directory, target.claimed]] { return known }
    let route = try findRoute(from: directory, to: target)
    routes[[directory, target.claimed]] = route
    return route
  }

  private func findRoute(from directory: Path, to target: LanePlaces) throws(SpoolError) -> Route {
    let isInUse = routes.values.contains { if case .copy(target.drafts) = $0 { true } else { false } }
    return try spool.retryingTransientErrors { () throws(DiskError) in
      try spool.folders.make(target.claimed)
      if try fs.shareMount(directory, target.claimed) { return .rename }
      try fs.makeDirectories(target.drafts)
      // Of an adoption that was stopped before the journal knew of them.
      if !isInUse { for name in try fs.list(target.drafts) { try fs.remove(target.drafts / name) } }
      try fs.syncDirectory(target.drafts.directory)
      return .copy(target.drafts)
    }
  }

  private mutating func add(
    _ source: Path, _ status: FileStatus, to target: Path, _ route: Route,
    _ change: (inout Relocation) -> Void = { _ in }
  ) throws(SpoolError) {
    guard var relocation = try prepare(source, status, to: target, route) else { return }
    change(&relocation)
    batch.append(relocation)
    moved += 1
    try flushIfLarge()
  }

  /// `nil` for what has to stay, which is told.
  private mutating func prepare(
    _ source: Path, _ status: FileStatus, to target: Path, _ route: Route
  ) throws(SpoolError) -> Relocation? {
    let ways = LanePlaces(
      pipeline: [], inbox: source.directory, outbox: target.directory, claimed: target.directory,
      done: target.directory, failed: target.directory)
    if let obstacle = ObstacleSearch(ways, .own, fs).obstacle(to: source, status),
      obstacle.rule != Obstacle.otherFileSystemRule
    {
      left.append("\(source) \(obstacle.sentence)")
      return nil
    }
    var relocation = Relocation(source: source, inode: status.inode, modified: status.modified, target: target)
    guard case .copy(let drafts) = route else { return relocation }
    // Never the name of a draft that a record before this one is about.
    relocation.draft = drafts / "\(spool.counters.takeClaim())"
    do throws(DiskError) {
      try Relocator(fs).copy(relocation)
    } catch {
      if error.isShortage { throw .disk(error) }
      left.append("\(source) stays: \(error)")
      return nil
    }
    batchBytes += status.size
    return relocation
  }

  private mutating func flushIfLarge() throws(SpoolError) {
    if batch.count >= Self.mostFiles || batchBytes >= Self.mostBytes { try flush() }
  }

  private mutating func flush() throws(SpoolError) {
    let batch = batch
    (self.batch, batchBytes, taken) = ([], 0, [])
    for drafts in Set(batch.compactMap(\.draft?.directory)).sorted() {
      try spool.retryingTransientErrors { () throws(DiskError) in try fs.syncDirectory(drafts) }
    }
    let refused = try spool.committer.withLock { committer throws(SpoolError) in try committer.adopt(batch) }
    for (relocation, error) in refused {
      let isCopied = relocation.draft != nil && error.operation == .remove
      left.append(
        "\(relocation.source) stays: \(error)"
          + (isCopied ? "; its copy is in place: remove it by hand, or it is taken twice" : ""))
    }
    moved -= refused.count
  }

  private func status(_ path: Path) throws(SpoolError) -> FileStatus? {
    try spool.retryingTransientErrors { () throws(DiskError) in try fs.status(at: path) }
  }

  /// What holds nothing any more and is not the root's.
  private func removeEmpty(_ places: LanePlaces) {
    _ = try? ClaimName.removeEmptyDirectories(in: places.claimed, fs)
    var empty = [places.claimed]
    if places.liesBesideInbox {
      var folders: [Path] = []
      _ = try? InboxWalk(places.failed, fs).visit(folder: { folders.append(places.failed / $0) }, entry: { _, _ in })
      for folder in folders.reversed() { FailedDirectory.removeEmpty(folder, in: places.failed, fs) }
      empty += [places.claimed.directory, places.failed, places.done, places.done.directory, places.failed.directory]
    }
    for directory in empty where (try? fs.list(directory))?.isEmpty == true { _ = try? fs.remove(directory) }
  }
}

extension LanePlaces {
  /// Where copies of files from other disks are written, out of everybody's sight.
  fileprivate var drafts: Path { failed.directory / ".adopting" }
}
