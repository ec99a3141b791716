import Disk

/// The one writer of a spool: journal first, then outbox, then moves.
struct Committer {
  let fs: any FileSystem
  let settings: SpoolSettings
  private let counters: SpoolCounters
  private let state: Path
  private var journal: JournalFile
  private var segment: UInt64
  /// Lanes of this run first, in their order; behind them those of earlier runs.
  var lanes: [LaneState]
  private let states: [any JournaledState]
  private let carried: [JournalRecord.CarriedChange]
  var live: [OutletKey: LiveFile] = [:]
  var liveNote: LiveNote
  /// How often an outlet's live file was found with another time and nothing else.
  var edits: [OutletKey: Int] = [:]
  var mover: Mover
  let folders: Folders
  /// Claims that take an input again, which have a note.
  private(set) var revisions: Set<UInt64>
  /// Bytes of the segment right after its checkpoint.
  private var emptyLength: Int

  init(
    _ fs: any FileSystem, _ settings: SpoolSettings, _ counters: SpoolCounters, state: Path,
    journal: JournalFile, segment: UInt64, lanes: [LaneState], states: [any JournaledState],
    carried: [JournalRecord.CarriedChange], mover: Mover, liveNote: LiveNote, folders: Folders,
    revisions: Set<UInt64> = []
  ) {
    self.fs = fs
    self.settings = settings
    self.counters = counters
    self.state = state
    self.journal = journal
    self.segment = segment
    self.lanes = lanes
    self.states = states
    self.carried = carried
    self.mover = mover
    self.folders = folders
    self.liveNote = liveNote
    self.revisions = revisions
    emptyLength = journal.length
  }

  // MARK: - Commit

  /// Returns when the settlements are on the disk, the lines stand in the outbox and the inputs have moved.
  mutating func commit(_ settlements: [Settlement], now: Int64) throws(SpoolError) {
    if settlements.isEmpty { return }
    let free = try settings.retryingTransientErrors { () throws(DiskError) in try fs.space(at: state).free }
    // In the journal and in the outbox, and as much again to spare.
    if settlements.count > 1, settlements.reduce(0, { $0 + $1.byteCount }) > free / 4 {
      return try commitHalves(of: settlements, now: now)
    }
    folders.look()
    for outlet in outlets(of: settlements) { try openLive(outlet, now: now) }
    let batch = try settings.retryingTransientErrors { () throws(DiskError) in try plan(settlements, now: now) }
    guard try write(.batch(batch), mayWait: settlements.count == 1) else {
      return try commitHalves(of: settlements, now: now)
    }
    try apply(batch)
    // On a disk that is nearly full the journal gives its space back early.
    let limit = min(settings.journalLimit, max(Self.leastJournal, free / 4))
    if journal.length - emptyLength >= limit { try checkpoint(needsSpace: limit < settings.journalLimit) }
  }

  /// Bytes of journal for which no checkpoint is made, however little space there is.
  private static let leastJournal = 64 << 10

  /// On a small disk half of a batch may fit, whose lines a consumer can take away.
  private mutating func commitHalves(of settlements: [Settlement], now: Int64) throws(SpoolError) {
    let half = settlements.count / 2
    try commit(Array(settlements[..<half]), now: now)
    try sealDue(now: now)
    try commit(Array(settlements[half...]), now: now)
  }

  /// Puts a batch into the form the journal keeps: outcomes with their places.
  private func plan(_ settlements: [Settlement], now: Int64) throws(DiskError) -> JournalRecord.Batch {
    var batch = JournalRecord.Batch(time: now, starts: [], entries: [])
    var targets: [Path: Set<[UInt8]>] = [:]
    let hasRetries = RetryNote.exist(settings.root, fs)
    for outlet in outlets(of: settlements) {
      batch.starts.append((outlet: outlet, offset: lanes[outlet].liveLength))
    }
    for settlement in settlements {
      let places = lanes[settlement.lane].places
      let outcome: JournalRecord.Outcome
      switch settlement.verdict {
      case .record(let line): outcome = .record(sequence: settlement.sequence, line: line)
      case .nothing: outcome = .nothing
      case .failure(var failure):
        if hasRetries,
          let earlier = RetryNote.read(of: settlement.input, places.pipeline, root: settings.root, fs)
        {
          failure.attempts += earlier.attempts
          failure.first = earlier.first ?? failure.first
        }
        let name: [UInt8]
        if case .line(let line) = settlement.part {
          name = ReasonFile.partName(settlement.input.name, settlement.partName, line)
        } else {
          name = settlement.input.name
        }
        let target = try mover.freeTarget(
          name, claim: settlement.input.claim, places: places, taken: targets[places.failed, default: []])
        targets[places.failed, default: []].insert(target)
        let reason = ReasonFile.content(
          failure, settlement: settlement, places: places, target: places.failed / target, root: settings.root,
          time: now)
        outcome = .failure(
          sequence: settlement.sequence, target: target, reason: reason, raw: failure.raw)
      }
      batch.entries.append(
        JournalRecord.Entry(
          lane: settlement.lane, input: settlement.input, part: settlement.part, outcome: outcome,
          outlet: outlet(of: settlement).folder, change: settlement.change))
    }
    return batch
  }

  private func outlets(of settlements: [Settlement]) -> [OutletKey] {
    let asked = Set(settlements.map(outlet(of:)))
    return lanes.outlets.filter(asked.contains)
  }

  /// Where a line goes: to the records where the lane has no such outlet.
  private func outlet(of settlement: Settlement) -> OutletKey {
    let isKnown = lanes[settlement.lane].outlets.contains { $0.folder == settlement.outlet.folder }
    return OutletKey(lane: settlement.lane, folder: (isKnown ? settlement.outlet : .records).folder)
  }

  /// The three steps behind the commit point. A crash in any of them is mended by doing them again.
  private mutating func apply(_ batch: JournalRecord.Batch) throws(SpoolError) {
    for entry in batch.entries where !entry.change.isEmpty {
      if let state = settings.lanes[entry.lane].state { states[state].committed(entry.change) }
    }
    for start in batch.starts {
      let lines = batch.lines(of: start.outlet)
      if !lines.isEmpty { try append(lines, to: start.outlet, time: batch.time) }
    }
    var missing: [InputIdentity] = []
    for entry in batch.entries {
      if try !move(entry, time: batch.time) { missing.append(entry.input) }
    }
    if RetryNote.exist(settings.root, fs) {
      for entry in batch.entries where entry.isLast { RetryNote.remove(of: entry.input, root: settings.root, fs) }
    }
    forgetRevisions(in: batch)
    if let first = missing.first {
      let names = Path.printable(first.name) + (missing.count > 1 ? " and \(missing.count - 1) more" : "")
      settings.report(
        .warning,
        "\(names): taken away by somebody else while in claimed/; what became of it stands in the outbox or in failed/, "
          + "the input itself is lost")
    }
  }

  private mutating func forgetRevisions(in batch: JournalRecord.Batch) {
    if revisions.isEmpty { return }
    let notes = RevisionNotes(fs, root: settings.root)
    for entry in batch.entries where entry.isLast && revisions.remove(entry.input.claim) != nil {
      notes.remove(claim: entry.input.claim)
      // Before the journal forgets that it is settled.
      mover.touch(notes.directory)
    }
  }

  /// - Returns: `false` where the input was not there any more.
  private mutating func move(_ entry: JournalRecord.Entry, time: Int64) throws(SpoolError) -> Bool {
    let places = lanes[entry.lane].places
    let input = entry.input
    let source = ClaimName.path(in: places.claimed, number: input.claim, name: input.name)
    if case .line(let line) = entry.part { lanes[entry.lane].progress[input.claim] = line }
    if case .end = entry.part { lanes[entry.lane].progress[input.claim] = nil }
    let settings = settings
    return try settings.retryingTransientErrors { () throws(DiskError) in
      switch (entry.part, entry.outcome) {
      case (.line, .failure(_, let target, let reason, let raw)):
        try mover.fail(
          line: raw, of: input, entry.part, to: places.failed / target, reason: reason, places: places)
        return true
      case (.line, _): return true
      case (_, .failure(_, let target, let reason, _)):
        return try mover.fail(input, at: source, to: places.failed / target, reason: reason, places: places)
      case (_, _): return try mover.finish(input, at: source, places: places, time: time)
      }
    }
  }

  /// The commit point. A failed sync leaves nobody knowing what is on the disk: there is no second try.
  ///
  /// - Returns: `false` where there is no room now and it may not wait for some.
  @discardableResult
  mutating func write(_ record: JournalRecord, mayWait: Bool = true) throws(SpoolError) -> Bool {
    var written = 0
    while true {
      do throws(DiskError) {
        written = try journal.write(record, fs)
        break
      } catch {
        guard error.isTransient else { throw .disk(error) }
        if try makeRoom() { continue }
        if !mayWait { return false }
        guard settings.wait(error) else { throw .disk(error) }
      }
    }
    do { try fs.sync(journal.file) } catch { throw .disk(error) }
    journal.advance(past: written)
    return true
  }

  /// The journal itself may hold the space that is missing: what is applied can go.
  private mutating func makeRoom() throws(SpoolError) -> Bool {
    guard journal.length > emptyLength else { return false }
    do throws(DiskError) {
      try startSegment(needsSpace: true)
      return true
    } catch {
      guard error.isTransient else { throw .disk(error) }
      return false
    }
  }

  /// Before inputs that were settled are taken again: their claims are known, and everything is durable.
  mutating func begin(_ claims: [(claim: UInt64, settledLines: Int)], lane: Int) throws(SpoolError) {
    for (claim, settledLines) in claims {
      revisions.insert(claim)
      if settledLines > 0 { lanes[lane].progress[claim] = settledLines }
    }
    try checkpoint()
  }

  /// An input that was not taken again after all.
  mutating func forgetRevision(_ claim: UInt64) { revisions.remove(claim) }

  // MARK: - Adoption

  /// Puts files of former places into present ones; drafts are on the disk already. Returns when all is on the disk.
  ///
  /// - Returns: what stays, and why.
  mutating func adopt(_ relocations: [Relocation]) throws(SpoolError) -> [(Relocation, DiskError)] {
    if relocations.isEmpty { return [] }
    let root = settings.root
    try write(.adopting(relocations.map { $0.relative(to: root) }))
    let relocator = Relocator(fs)
    var left: [(Relocation, DiskError)] = []
    for relocation in relocations {
      do throws(DiskError) {
        try relocator.complete(relocation)
        lanes.note(relocation)
      } catch {
        left.append((relocation, error))
      }
    }
    let directories = relocations.flatMap { [$0.source.directory, $0.target.directory] }
    let mover = mover
    try settings.retryingTransientErrors { () throws(DiskError) in try mover.syncTouched(and: directories) }
    return left
  }

  /// The lanes that it knows.
  var knownLanes: [LaneState] { lanes }

  // MARK: - Checkpoint

  /// Makes everything the journal says durable, then begins a new segment.
  mutating func checkpoint(needsSpace: Bool = false) throws(SpoolError) {
    while true {
      do throws(DiskError) {
        return try startSegment(needsSpace: needsSpace)
      } catch {
        guard error.isTransient, settings.wait(error) else { throw .disk(error) }
      }
    }
  }

  /// - Parameter needsSpace: whether somebody waits for the old segment's space.
  private mutating func startSegment(needsSpace: Bool = false) throws(DiskError) {
    for open in live.values { try fs.sync(open.file) }
    try mover.syncTouched(and: lanes.flatMap { [$0.places.inbox, $0.places.claimed] })
    // Before the journal that holds their changes goes.
    for state in states { try state.makeDurable() }
    let record = JournalRecord.checkpoint(counters, lanes, carried, root: settings.root)
    let next = segment + 1
    let fresh = try JournalFile.create(
      fs, JournalFile.path(in: state, segment: next), salt: settings.salt(), first: record)
    mover.forgetTouched()
    let old = journal
    journal = fresh
    segment = next
    emptyLength = fresh.length
    fs.close(old.file)
    if !needsSpace, settings.removeAside(old.path) { return }
    do { try fs.remove(old.path) } catch { settings.report(.warning, "an old journal stays behind: \(error)") }
  }

  /// A checkpoint where there is something to drop, then everything closed.
  mutating func close() throws(SpoolError) {
    if journal.length > emptyLength { try checkpoint() }
    try settings.retryingTransientErrors { () throws(DiskError) in try liveNote.end(fs) }
    closeFiles()
  }

  mutating func closeFiles() {
    for open in live.values { fs.close(open.file) }
    live = [:]
    fs.close(liveNote.file)
    fs.close(journal.file)
  }
}
