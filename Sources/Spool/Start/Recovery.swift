import Disk

/// Brings a spool from wherever the last run left it to where the journal says it is. Every step can be done again.
struct Recovery {
  private let fs: any FileSystem
  private let settings: SpoolSettings
  private let folders: Folders
  private let state: Path
  private var lanes: [LaneState] = []
  private var nextClaim: UInt64 = 1
  private var nextSequence: UInt64 = 1
  private var mover: Mover
  private var liveNote: LiveNote
  /// By inbox, the inputs that the journal settles.
  private var settledNames: [Path: Set<[UInt8]>] = [:]

  /// By claim, inputs that are to be taken again.
  private var revisions: [UInt64: RevisionNote] = [:]
  private let notes: RevisionNotes

  private let states: [any JournaledState]
  /// Changes of states that this run does not have.
  private var carried: [JournalRecord.CarriedChange] = []

  /// How the last run left the live files.
  private var found: LiveNote.Found

  init(
    _ fs: any FileSystem, _ settings: SpoolSettings, _ states: [any JournaledState], state: Path, folders: Folders
  ) throws(DiskError) {
    self.fs = fs
    self.folders = folders
    self.states = states
    self.settings = settings
    self.state = state
    notes = RevisionNotes(fs, root: settings.root)
    mover = Mover(settings, fs, folders)
    (liveNote, found) = try LiveNote.open(fs, settings.root, boot: settings.boot)
  }

  struct Result {
    var committer: Committer
    var counters: SpoolCounters
    /// Claims of the last run that are not settled, by lane, oldest first.
    var leftovers: [[Claim]]
    /// Places of lanes that this run does not have.
    var otherLanes: [LanePlaces]
    var hadJournal: Bool
  }

  /// - Parameter wanted: the lanes of this run.
  mutating func run(_ wanted: [LanePlaces]) throws(DiskError) -> Result {
    // A caller that tries to start again and again must not run out of descriptors.
    do {
      let journal = try JournalFile.newest(fs, state, report: settings.report)
      defer { if let journal { fs.close(journal.content.journal.file) } }
      return try recover(wanted, from: journal)
    } catch {
      fs.close(liveNote.file)
      throw error
    }
  }

  private mutating func recover(
    _ wanted: [LanePlaces], from found: JournalFile.Found?
  ) throws(DiskError) -> Result {
    revisions = try notes.all()
    try JournalFile.stopFormerVersions(fs, state)
    if let found {
      lanes = found.checkpoint.lanes
      for lane in lanes.indices { lanes[lane].places = lanes[lane].places.resolved(under: settings.root) }
      nextClaim = found.checkpoint.nextClaim
      nextSequence = found.checkpoint.nextSequence
      for change in found.checkpoint.carried { hand(change) }
      if found.content.former != nil { try moveDuplicates(of: lanes.map(\.places)) }
      try redo(found.content)
    } else {
      let names = Set(wanted.map(\.pipeline))
      try moveDuplicates(
        of: zip(wanted, settings.lanes).filter { places, requested in
          requested.outlets.contains(.duplicates) && !names.contains(FormerDuplicates.files(of: places).pipeline)
        }.map(\.0))
    }
    try takeUp(wanted)
    try takeAgain(wanted)
    let leftovers = try collectLeftovers(count: wanted.count)
    try removeStaleMarkers(of: leftovers)
    try syncEverything()
    let segment = (found?.segment ?? 0) + 1
    let counters = SpoolCounters(nextClaim: nextClaim, nextSequence: nextSequence)
    let journal = try JournalFile.create(
      fs, JournalFile.path(in: state, segment: segment), salt: settings.salt(),
      first: .checkpoint(counters, lanes, carried, root: settings.root))
    do {
      if let found, !found.content.damage.isEmpty {
        let kept = try JournalFile.setAside(fs, found.content.journal.path)
        settings.report(.error, "the damaged journal is kept as \(kept)")
      }
      try JournalFile.removeOthers(fs, state, but: journal.path)
      mover.forgetTouched()
      for places in wanted { try ClaimName.removeEmptyDirectories(in: places.claimed, fs) }
      try noteLiveFiles()
    } catch {
      fs.close(journal.file)
      throw error
    }
    return Result(
      committer: Committer(
        fs, settings, counters, state: state, journal: journal, segment: segment, lanes: lanes, states: states,
        carried: carried, mover: mover, liveNote: liveNote, folders: folders,
        revisions: Set(revisions.keys)),
      counters: counters, leftovers: leftovers, otherLanes: lanes.dropFirst(wanted.count).map(\.places),
      hadJournal: found != nil)
  }

  // MARK: - Redo

  private mutating func redo(_ content: JournalFile.Content) throws(DiskError) {
    let journal = content.journal
    for range in content.damage {
      settings.report(
        .error,
        "\(journal.path) is damaged from byte \(range.lowerBound) to \(range.upperBound); it is stepped over, and "
          + "what it held may be missing from the outbox or come twice")
    }
    if content.tornBytes > 0 {
      settings.report(.info, "a commit that the last run did not finish (\(content.tornBytes) bytes) is cut off")
      try fs.truncate(journal.file, to: journal.length)
    }
    for outlet in lanes.writers {
      var redo = OutboxRedo(outlet, of: lanes, records: content.records, found: found)
      lanes[outlet] = try redo.run(fs, &liveNote, settings.report)
      mover.touch(lanes.files(of: outlet).directory)
    }
    var moves = MoveRedo(fs, deep: deepInboxes(content.records), contentHash: settings.contentHash)
    for record in content.records {
      if case .adopting(let relocations) = record { try complete(relocations) }
      guard case .batch(let batch) = record else { continue }
      for entry in batch.entries where lanes.indices.contains(entry.lane) {
        nextClaim = max(nextClaim, entry.input.claim + 1)
        nextSequence = max(nextSequence, entry.sequence + 1)
        lanes[entry.lane].note(entry)
        if entry.isLast { forgetRevision(entry.input.claim) }
        if !entry.change.isEmpty { hand(.init(state: lanes[entry.lane].stateName, change: entry.change)) }
        let places = lanes[entry.lane].places
        settledNames[places.inbox, default: []].insert(entry.input.name)
        try moves.redo(entry, places: places, time: batch.time, &mover)
        // A disk that is not there may come back with the input, which must not run again then.
        if entry.settlesRecord, places.liesBesideInbox, try fs.status(at: places.claimed) == nil {
          lanes[entry.lane].progress[entry.input.claim] = LaneState.everyLine
        }
      }
    }
  }

  /// Also those of pipelines that set nothing aside any more.
  private mutating func moveDuplicates(of places: [LanePlaces]) throws(DiskError) {
    let move = DuplicatesMove(fs, folders, settings.report)
    for places in places {
      try move.run(places)
      let (old, new) = (FormerDuplicates.files(of: places).live, places.files(of: Outlet.duplicates.folder).live)
      if let mark = found.marks.removeValue(forKey: old) { found.marks[new] = mark }
      liveNote.rename(old, to: new)
    }
  }

  /// Where a committed input may lie in a folder below its inbox again, because its claim was not on the disk yet.
  private func deepInboxes(_ records: [JournalRecord]) -> Set<Path> {
    var deep = Set(settings.lanes.filter(\.readsFolders).map { settings.root / $0.inbox })
    for case .batch(let batch) in records {
      for entry in batch.entries where lanes.indices.contains(entry.lane) {
        if entry.input.name.contains(UInt8(ascii: "/")) { deep.insert(lanes[entry.lane].places.inbox) }
      }
    }
    return deep
  }

  /// What an adoption that did not come to its end had begun.
  private mutating func complete(_ relocations: [Relocation]) throws(DiskError) {
    let relocator = Relocator(fs)
    for relocation in relocations {
      let relocation = relocation.resolved(under: settings.root)
      do {
        try relocator.complete(relocation)
      } catch {
        settings.report(.warning, "\(relocation.source) stays where it is: \(error)")
      }
      lanes.note(relocation)
      nextClaim = max(nextClaim, relocation.claim + 1)
      for directory in [relocation.source.directory, relocation.target.directory] { mover.touch(directory) }
    }
  }

  /// Gives a change to the state it belongs to; keeps it where that is not there.
  private mutating func hand(_ change: JournalRecord.CarriedChange) {
    if let at = settings.states.firstIndex(where: { $0.name == change.state }) {
      states[at].replay(change.change)
    } else {
      carried.append(change)
    }
  }

  // MARK: - Lanes

  /// Puts the lanes of this run first, in their order, with what is remembered of their live files and of their claims,
  /// which may have had different inboxes; the others stay behind them.
  private mutating func takeUp(_ wanted: [LanePlaces]) throws(DiskError) {
    let old = lanes
    lanes = []
    for (index, places) in wanted.enumerated() {
      for directory in [places.inbox, places.outbox, places.claimed, places.done, places.failed] {
        try folders.make(directory)
        for above in [directory, directory.directory, directory.directory.directory] { mover.touch(above) }
      }
      var lane = LaneState(places: places)
      lane.outlets = old.first { isSameOutbox($0.places, places) }?.outlets ?? []
      for outlet in settings.lanes[index].outlets {
        let files = places.files(of: outlet.folder)
        if files.directory != places.outbox { try folders.make(files.directory) }
        mover.touch(files.directory)
        if lane.outlets.contains(where: { $0.folder == outlet.folder }) { continue }
        lane.outlets.append(try adopt(files, outlet.folder))
      }
      lane.progress = old.first { isSame($0.places.claimed, places.claimed) }?.progress ?? [:]
      lane.stateName = settings.lanes[index].state.map { settings.states[$0].name } ?? []
      lanes.append(lane)
    }
    lanes += old.filter { lane in
      !wanted.contains { isSameOutbox($0, lane.places) && isSame($0.claimed, lane.places.claimed) }
    }
  }

  /// Whether two lanes write to the same files.
  private func isSameOutbox(_ a: LanePlaces, _ b: LanePlaces) -> Bool {
    a.pipeline == b.pipeline && isSame(a.outbox, b.outbox)
  }

  /// Whether two paths lead to one place, however they are written.
  private func isSame(_ a: Path, _ b: Path) -> Bool {
    if a == b { return true }
    guard let first = try? fs.realPlace(of: a), let second = try? fs.realPlace(of: b) else { return false }
    return first == second
  }

  /// A live file that the journal does not know, which may hold lines of former times.
  private func adopt(_ files: OutletFiles, _ folder: [UInt8]) throws(DiskError) -> OutletState {
    var outlet = OutletState(folder: folder)
    outlet.sealed = try fs.list(files.directory).compactMap(files.sealedNumber).max() ?? 0
    if let size = try fs.status(at: files.live)?.size, size > 0 {
      let file = try fs.open(files.live, for: .creating)
      defer { fs.close(file) }
      let whole = try LiveText(base: size).complete(file, files.live, fs)
      outlet.liveLength = whole.length
      outlet.liveSince = try fs.status(of: file).modified / 1_000_000_000
    }
    return outlet
  }

  // MARK: - Revisions

  /// Inputs that were settled too early, and that the last run was about to take again.
  private mutating func takeAgain(_ wanted: [LanePlaces]) throws(DiskError) {
    for (claim, note) in revisions.sorted(by: { $0.key < $1.key }) {
      nextClaim = max(nextClaim, claim + 1)
      guard let lane = wanted.firstIndex(where: { $0.pipeline == note.pipeline }) else { continue }
      let settled = lanes[lane].progress[claim] ?? 0
      let isBegun = settled > note.settledLines
      let places = try notes.carryOut([(claim, note)], in: wanted[lane].claimed, isBegun: isBegun)
      guard places.contains(where: { $0 != nil }) else {
        forgetRevision(claim)
        continue
      }
      if note.settledLines > settled { lanes[lane].progress[claim] = note.settledLines }
    }
  }

  private mutating func forgetRevision(_ claim: UInt64) {
    guard revisions.removeValue(forKey: claim) != nil else { return }
    notes.remove(claim: claim)
    mover.touch(notes.directory)
  }

  /// What stands in `claimed/` and is not settled.
  private mutating func collectLeftovers(count: Int) throws(DiskError) -> [[Claim]] {
    var leftovers: [[Claim]] = []
    for (index, lane) in lanes.enumerated() {
      let found = try ClaimName.list(fs, lane.places.claimed)
      if let last = found.last { nextClaim = max(nextClaim, last.number + 1) }
      if index >= count { continue }
      var claims: [Claim] = []
      for (number, name) in found {
        let path = ClaimName.path(in: lane.places.claimed, number: number, name: name)
        let claim = Claim(
          number: number, name: name, path: path, settledLines: lane.progress[number] ?? 0,
          revision: revisions[number])
        if claim.settledLines < LaneState.everyLine {
          claims.append(claim)
        } else {
          try moveSettled(claim, lane.places)
        }
      }
      leftovers.append(claims)
      // A claim that is not there may be where a link led before, or on a disk that comes back.
      let moved = Set(found.map(\.number)).subtracting(claims.map(\.number))
      lanes[index].progress = lane.progress.filter { !moved.contains($0.key) }
      lanes[index].forgetOldest()
    }
    return leftovers
  }

  /// Moves an input whose line stands in the outbox, and that was not there when it should have been moved.
  private mutating func moveSettled(_ claim: Claim, _ places: LanePlaces) throws(DiskError) {
    guard let status = try fs.status(at: claim.path) else { return }
    let input = InputIdentity(claim: claim.number, name: claim.name, inode: status.inode, size: status.size)
    try mover.finish(input, at: claim.path, places: places, time: status.modified / 1_000_000_000)
  }

  /// Markers of inputs that were claimed: of those that wait in `claimed/`, and of those the journal settles.
  private mutating func removeStaleMarkers(of leftovers: [[Claim]]) throws(DiskError) {
    for (index, requested) in settings.lanes.enumerated() where requested.hasMarkers {
      let places = lanes[index].places
      for name in settledNames[places.inbox, default: []].union(leftovers[index].map(\.name)) {
        try Marker.removeStale(of: name, in: places.inbox, fs)
      }
      mover.touch(places.inbox)
    }
  }

  /// Remembers the live files as they are now, behind the new segment, which knows their lengths.
  private mutating func noteLiveFiles() throws(DiskError) {
    var marks: [Path: LiveMark] = [:]
    for outlet in lanes.writers {
      let path = lanes.files(of: outlet).live
      guard let mark = try LiveMark(at: path, fs), mark.size == lanes[outlet].liveLength else { continue }
      lanes[outlet].mark = mark
      marks[path] = mark
    }
    try liveNote.begin(marks, of: lanes.outlets.map { lanes.files(of: $0).live }, fs)
  }

  /// What the new segment takes for granted must be on the disk before it counts.
  private func syncEverything() throws(DiskError) {
    for path in lanes.writers.map({ lanes.files(of: $0).live }) {
      guard try fs.status(at: path) != nil else { continue }
      let file = try fs.open(path, for: .reading)
      defer { fs.close(file) }
      try fs.sync(file)
    }
    try mover.syncTouched(and: lanes.flatMap { [$0.places.inbox, $0.places.claimed] })
    for state in states { try state.makeDurable() }
  }
}

extension JournalRecord.Entry {
  /// Whether it settles an input as a whole, with a line or without need of one.
  var settlesRecord: Bool {
    if case .line = part { return false }
    if case .failure = outcome { return false }
    return true
  }

  /// 0 where none was given out.
  var sequence: UInt64 {
    switch outcome {
    case .record(let sequence, _): sequence
    case .failure(let sequence, _, _, _): sequence
    case .nothing: 0
    }
  }
}

extension LaneState {
  /// How far a file with many articles is settled.
  mutating func note(_ entry: JournalRecord.Entry) {
    switch entry.part {
    case .line(let line): progress[entry.input.claim] = line
    case .end, .file: progress[entry.input.claim] = nil
    }
  }
}
