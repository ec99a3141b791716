import Bytes
import Disk
import Synchronization

/// A spool that this process holds: it gives out claims and takes settlements.
public final class Spool: Sendable {
  /// What one pipeline's intake works with.
  public struct Lane: Sendable {
    public let places: LanePlaces
    public let claimer: Claimer
    /// Claims of the last run that are not settled, oldest first: they come before anything new.
    public let leftovers: [Claim]
    /// The place in `states` of the one its changes belong to.
    public let state: Int?
    /// Makes the spool's directories again.
    public let folders: Folders
  }

  public let lanes: [Lane]
  /// As the settings list them.
  public let states: [any JournaledState]
  /// Removes what was kept long enough; for a thread of its own.
  public let retention: Retention
  public let counters: SpoolCounters
  /// Whether nothing was remembered of earlier runs.
  public let beganWithoutJournal: Bool
  private let settings: SpoolSettings
  let fs: any FileSystem
  private let lock: OpenFile
  private let lockGuard: LockGuard
  let folders: Folders
  var root: Path { settings.root }
  /// Of all lanes that it was opened with.
  let places: [LanePlaces]
  /// Names of pipelines that read folders below their inboxes.
  let deepPipelines: Set<[UInt8]>
  let known: Mutex<KnownPlaces>
  let committer: Mutex<Committer>

  /// Takes the lock, completes what the last run left undone, and is ready.
  public static func open(_ settings: SpoolSettings, _ fs: some FileSystem) throws(SpoolError) -> Spool {
    do {
      let state = settings.root / "state"
      try fs.makeDirectories(state)
      guard let lock = try fs.lock(state / "lock", content: Array("\(processID())\n".utf8)) else {
        throw SpoolError.locked(settings.root, pid: holder(fs, state / "lock"))
      }
      do {
        return try Spool(settings, fs, lock)
      } catch {
        fs.close(lock)
        throw error
      }
    } catch let error as SpoolError {
      throw error
    } catch let error as DiskError {
      throw .disk(error)
    } catch {
      throw .layout("\(error)")
    }
  }

  private init(_ settings: SpoolSettings, _ fs: some FileSystem, _ lock: OpenFile) throws {
    let state = settings.root / "state"
    if let refusal = try JournalFile.refusal(fs, state) { throw SpoolError.layout(refusal) }
    let lockGuard = try LockGuard(fs, state / "lock", lock)
    self.lockGuard = lockGuard
    var known = try KnownPlaces.read(fs, state: state, root: settings.root, report: settings.report)
    let before = known
    let folders = Folders(fs, remembered: known?.traits ?? [:], report: settings.report)
    let layout = Layout(settings, fs, folders)
    let journaled = try JournalView(fs, state: state, headOnly: true).lanes(root: settings.root)
    try layout.check(former: (known?.present ?? []) + (known?.former ?? []) + journaled.map(\.places))
    let places = try layout.places()
    // A spool of a former version has the journal alone.
    if known == nil { known = KnownPlaces(journaled) }
    let deep = Set(settings.lanes.filter(\.readsFolders).map { Array($0.pipeline.utf8) })
    if settings.remembersPlaces { try known?.begin(places, deep: deep, root: settings.root, fs) }
    // Before the journal forgets where anything lay.
    if settings.remembersPlaces, let known, known != before {
      try settings.retryingTransientErrors { () throws(DiskError) in
        try known.write(fs, state: state, root: settings.root)
      }
    }
    self.known = Mutex(known ?? KnownPlaces())
    deepPipelines = deep
    var states: [any JournaledState] = []
    for state in settings.states { states.append(try settings.retryingTransientErrors(state.open)) }
    self.states = states
    for (places, requested) in zip(places, settings.lanes) {
      for outlet in requested.outlets {
        let path = places.files(of: outlet.folder).live
        try LiveFile.check(try fs.status(at: path), path)
      }
    }
    var recovery = try Recovery(fs, settings, states, state: state, folders: folders)
    let result = try recovery.run(places)
    // Versions that ran chains in their own process noted there which article ended it.
    if try fs.status(at: state / "running") != nil { try fs.remove(state / "running") }
    let outlets = result.committer.knownLanes[..<places.count].map { lane in
      lane.outlets.map { lane.places.files(of: $0.folder) }
    }
    folders.watch(places, outlets: outlets.joined().map(\.directory))
    self.folders = folders
    self.places = places
    if settings.remembersPlaces, let known {
      for left in AbandonedSearch(known, others: result.otherLanes, fs).run() {
        settings.report(
          .warning, "\(left.sentence); stop linecaster, then: \(left.fix) --root \(settings.root.shellWord)")
      }
    }
    retention = Retention(
      fs, places.indices.map { .init(settings: settings.lanes[$0], places: places[$0], outlets: outlets[$0]) },
      settings.settledInputs)
    self.settings = settings
    self.fs = fs
    self.lock = lock
    beganWithoutJournal = !result.hadJournal
    let counters = result.counters
    self.counters = counters
    committer = Mutex(result.committer)
    // Whoever reads the outbox finds a file from the beginning on.
    for lane in outlets {
      guard let live = lane.first?.live, try fs.status(at: live) == nil else { continue }
      let file = try fs.open(live, for: .appending)
      fs.letRead(file, asIn: live.directory)
      fs.close(file)
    }
    lanes = places.indices.map { lane in
      Lane(
        places: places[lane],
        claimer: Claimer(
          fs, places[lane], counters, lockGuard, folders, hasMarkers: settings.lanes[lane].hasMarkers),
        leftovers: result.leftovers[lane], state: settings.lanes[lane].state, folders: folders)
    }
  }

  private static func holder(_ fs: some FileSystem, _ path: Path) -> Int? {
    guard let file = try? fs.open(path, for: .reading) else { return nil }
    defer { fs.close(file) }
    guard let bytes = try? fs.read(file, at: 0, count: 20) else { return nil }
    return Int(leadingDigits: bytes)
  }

  /// Does disk work, again and again while the trouble may pass.
  public func retryingTransientErrors<R>(_ work: () throws(DiskError) -> R) throws(SpoolError) -> R {
    try settings.retryingTransientErrors(work)
  }

  /// Whether the lock file is still there. Without it nothing may be written any more.
  public var holdsLock: Bool { lockGuard.isHeld }

  private func write(_ work: (inout Committer) throws(SpoolError) -> Void) throws(SpoolError) {
    if !holdsLock { throw .lockLost(settings.root) }
    try committer.withLock { committer throws(SpoolError) in try work(&committer) }
  }

  /// Returns when the settlements are on the disk, the lines stand in the outbox and the inputs have moved.
  ///
  /// - Parameter now: seconds since 1970.
  public func commit(_ settlements: [Settlement], now: Int64) throws(SpoolError) {
    try write { committer throws(SpoolError) in
      try committer.commit(settlements, now: now)
      try committer.sealDue(now: now)
    }
  }

  /// Makes new claims of inputs that were settled before known to the journal, and all that moved until now durable.
  func begin(_ claims: [(claim: UInt64, settledLines: Int)], lane: Int) throws(SpoolError) {
    try write { committer throws(SpoolError) in try committer.begin(claims, lane: lane) }
  }

  /// Inputs that were settled before and are taken again now.
  public var revisionsUnderWay: Int { committer.withLock { $0.revisions.count } }

  /// Seals a lane's live files now.
  public func seal(lane: Int, now: Int64) throws(SpoolError) {
    try write { committer throws(SpoolError) in try committer.seal(lane: lane, now: now) }
  }

  /// Makes everything durable and begins a new journal segment.
  public func checkpoint() throws(SpoolError) {
    try write { committer throws(SpoolError) in try committer.checkpoint() }
  }

  /// Seals live files that are old enough.
  public func sealDue(now: Int64) throws(SpoolError) {
    try write { committer throws(SpoolError) in try committer.sealDue(now: now) }
  }

  /// When `sealDue` should be called next, in seconds since 1970; `nil` for not before the next commit.
  public var nextSeal: Int64? { committer.withLock { $0.nextSeal } }

  /// Makes everything durable, drops the journal and gives the lock back.
  public func close() throws(SpoolError) {
    defer { fs.close(lock) }
    try write { committer throws(SpoolError) in try committer.close() }
    rememberFolders()
  }

  /// A directory that goes away until the next start is made again as it is now.
  private func rememberFolders() {
    guard settings.remembersPlaces else { return }
    folders.look(isDue: true)
    var known = known.withLock { $0 }
    known.traits = folders.traits
    // Without them the next start makes directories as it would any.
    _ = try? remember(known)
  }

  /// Writes down where files lie.
  func remember(_ new: KnownPlaces) throws(SpoolError) {
    try known.withLock { known throws(SpoolError) in
      if known == new { return }
      try settings.retryingTransientErrors { () throws(DiskError) in
        try new.write(fs, state: settings.root / "state", root: settings.root)
      }
      known = new
    }
  }

  /// Gives the lock back and leaves everything as it is, for a start that failed.
  public func abandon() {
    committer.withLock { $0.closeFiles() }
    fs.close(lock)
  }
}
