import Disk

/// Says what state a spool is in. Changes nothing and takes no lock.
public struct SpoolCheck {
  private let fs: any FileSystem
  private let view: SpoolView
  /// A daemon is at work: what lies half done is not held against it.
  private let isRunning: Bool
  private let intake: Intake?
  private let classify: ([UInt8]) -> OutboxLine
  private var report = SpoolReport()

  /// Who takes files out of the inboxes, and which.
  public struct Intake {
    public var rights: ProcessRights
    public var accepts: (LanePlaces, [UInt8]) -> Bool

    public init(rights: ProcessRights, accepts: @escaping (LanePlaces, [UInt8]) -> Bool) {
      self.rights = rights
      self.accepts = accepts
    }
  }

  /// - Parameter intake: `nil` where files that wait in inboxes are not looked at.
  public init(
    _ view: SpoolView, isRunning: Bool, intake: Intake? = nil, classify: @escaping ([UInt8]) -> OutboxLine
  ) {
    fs = view.fs
    self.view = view
    self.isRunning = isRunning
    self.intake = intake
    self.classify = classify
  }

  public mutating func run() throws(DiskError) -> SpoolReport {
    report = SpoolReport()
    let journal = try JournalView(fs, state: view.root / "state")
    try checkJournal(journal)
    if !isRunning { try checkLiveFiles(journal) }
    try checkClaims(journal)
    checkAbandoned()
    if let intake { for lane in view.pipelines { checkInbox(lane.places, intake) } }
    // Looked at first and told last: what a daemon is just doing there is done by then.
    let failed = try FailedDirectory.problems(view.lanes, fs)
    try checkOutboxes()
    for problem in failed {
      if isRunning, try FailedDirectory.isFixed(problem, fs) { continue }
      report.problems.append(problem)
    }
    report.failed = try FailedDirectory.count(view.lanes, fs)
    return report
  }

  private mutating func add(_ kind: SpoolProblem.Kind, _ path: Path, _ message: String) {
    report.problems.append(SpoolProblem(kind: kind, path: path, message: message))
  }

  // MARK: - Journal

  private mutating func checkJournal(_ journal: JournalView) throws(DiskError) {
    for path in journal.unreadable { add(.journalDamaged, path, "is damaged at its beginning") }
    if !isRunning {
      for path in journal.older { add(.journalLeftOver, path, "is an old journal that a crash left behind") }
    }
    let state = view.root / "state"
    if try fs.status(at: state) != nil {
      for name in try fs.list(state) where name.starts(with: Array("damaged-".utf8)) {
        report.notes.append("\(state / name) is a damaged journal that was set aside; remove it when it was looked at")
      }
    }
    guard let newest = journal.newest else {
      report.notes.append("there is no journal: nothing ran here yet, or state/ was removed")
      return
    }
    for range in newest.damage {
      add(
        .journalDamaged, newest.path,
        "is damaged from byte \(range.lowerBound) to \(range.upperBound); what stood there may be missing from the "
          + "outbox or come twice")
    }
    if newest.tornBytes > 0, !isRunning {
      add(.journalTorn, newest.path, "ends in \(newest.tornBytes) bytes of a commit that was not finished")
    }
  }

  // MARK: - Live files against the journal

  private mutating func checkLiveFiles(_ journal: JournalView) throws(DiskError) {
    guard let newest = journal.newest else { return }
    let lanes = journal.lanes(root: view.root)
    for outlet in lanes.writers {
      let path = try live(of: outlet, lanes, newest)
      guard let text = Expected(outlet, newest) else {
        add(.sealUnfinished, path, "was being sealed when the last run ended")
        continue
      }
      let size = try fs.status(at: path)?.size ?? 0
      if size < text.base {
        add(
          .liveCut, path,
          "was cut from \(text.base) to \(size) bytes by somebody else; those lines were delivered before")
        continue
      }
      if size == 0, text.pieces.isEmpty { continue }
      var missing = 0
      if size > 0 {
        let file = try fs.open(path, for: .reading)
        defer { fs.close(file) }
        for piece in text.pieces {
          let have = try fs.read(file, at: piece.offset, count: piece.text.count)
          if have != piece.text { missing += piece.text.count - zip(have, piece.text).prefix { $0 == $1 }.count }
        }
      } else {
        missing = text.end
      }
      if missing > 0 {
        add(.linesMissing, path, "lacks \(missing) bytes of committed lines that the journal holds")
      } else if size > text.end {
        add(.linesUnknown, path, "holds \(size - text.end) bytes that the journal does not know")
      }
    }
  }

  private func live(
    of outlet: OutletKey, _ lanes: [LaneState], _ journal: JournalView.Newest
  ) throws(DiskError) -> Path {
    let path = lanes.files(of: outlet).live
    guard journal.isFormer, outlet.folder == Outlet.duplicates.folder, try fs.status(at: path) == nil else {
      return path
    }
    return FormerDuplicates.files(of: lanes[outlet.lane].places).live
  }

  /// What the journal says an outlet's live file holds.
  private struct Expected {
    var base: Int
    var pieces: [(offset: Int, text: [UInt8])] = []
    var end: Int { pieces.last.map { $0.offset + $0.text.count } ?? base }

    /// `nil` while a seal is under way.
    init?(_ outlet: OutletKey, _ journal: JournalView.Newest) {
      base = journal.checkpoint.lanes[outlet].liveLength
      var isSealing = false
      for record in journal.records {
        switch record {
        case .batch(let batch):
          guard let start = batch.starts.first(where: { $0.outlet == outlet }) else { continue }
          let lines = batch.lines(of: outlet)
          if !lines.isEmpty { pieces.append((start.offset, lines)) }
        case .sealing(outlet, _, _): isSealing = true
        case .sealed(outlet):
          (base, pieces) = (0, [])
          isSealing = false
        default: break
        }
      }
      if isSealing { return nil }
    }
  }

  // MARK: - Claims

  private mutating func checkClaims(_ journal: JournalView) throws(DiskError) {
    var settled: [UInt64: InputIdentity] = [:]
    for entry in journal.entries {
      if case .line = entry.part { continue }
      settled[entry.input.claim] = entry.input
    }
    for claimed in Set(view.lanes.map(\.places.claimed)).sorted() {
      for path in try Self.strays(in: claimed, fs) {
        add(.notAClaim, path, "is no claim of linecaster's, so that nothing ever takes it up")
      }
      for claim in try ClaimName.list(fs, claimed) {
        let path = ClaimName.path(in: claimed, number: claim.number, name: claim.name)
        guard let status = try fs.status(at: path) else { continue }
        // In a copy of a spool the inodes are others.
        let input = settled[claim.number]
        if input?.inode != status.inode, input?.size != status.size {
          report.inFlight += 1
        } else if !isRunning {
          add(.inputNotMoved, path, "is settled, but not moved yet")
        }
      }
    }
  }

  private mutating func checkAbandoned() {
    for left in view.abandoned {
      func add(_ kind: SpoolProblem.Kind, _ count: Int, _ noun: String, _ path: Path, _ message: String) {
        if count == 0 { return }
        report.problems.append(
          SpoolProblem(
            kind: kind, path: path,
            message: "holds \(count) \(noun)\(count == 1 ? "" : "s") of ‘\(Path.printable(left.places.pipeline))’ "
              + message, fix: left.fix, hasSuccessor: left.successor != nil))
      }
      add(.claimsOfNobody, left.claims, "article", left.places.claimed, "in flight, which nothing takes up any more")
      add(.inboxOfNobody, left.waiting, "file", left.places.inbox, "in an inbox that nothing reads any more")
      add(.failuresOfNobody, left.failures, "failed input", left.places.failed, "in a place that is not used any more")
    }
  }

  // MARK: - Inboxes

  private static let mostHeld = 20
  /// Of a larger inbox only so many files are looked at.
  private static let mostLooks = 10_000

  /// Files that cannot be taken, whoever waits for it.
  private mutating func checkInbox(_ places: LanePlaces, _ intake: Intake) {
    let search = ObstacleSearch(places, intake.rights, fs)
    let names = (try? view.known.waiting(in: places.inbox, fs)) ?? []
    var held = 0
    for name in names.prefix(Self.mostLooks) where intake.accepts(places, Path(name).name) {
      let path = places.inbox / name
      guard let status = try? fs.status(at: path), let obstacle = search.obstacle(to: path, status) else { continue }
      held += 1
      if held <= Self.mostHeld { add(.inputHeld, path, obstacle.sentence) }
    }
    if held > Self.mostHeld {
      report.notes.append("\(held - Self.mostHeld) more files in \(places.inbox) cannot be taken; linecaster why tells")
    }
  }

  /// What lies in a lane's `claimed/` without the name of a claim.
  static func strays(in claimed: Path, _ fs: some FileSystem) throws(DiskError) -> [Path] {
    guard try fs.status(at: claimed)?.kind == .directory else { return [] }
    return try fs.list(claimed).filter { ClaimName.parse($0) == nil }.map { claimed / $0 }.sorted()
  }

  // MARK: - Outbox

  private mutating func checkOutboxes() throws(DiskError) {
    var seen: Set<UInt64> = []
    var found: [SpoolProblem] = []
    var (records, discarded, highest) = (0, 0, UInt64(0))
    for outlet in try view.outlets(of: view.lanes.map(\.places)) {
      let outbox = try OutboxView(outlet, fs)
      defer { outbox.close() }
      for file in outbox.files {
        try outbox.readLines(of: file) { number, line, isWhole in
          if !isWhole {
            if isRunning, file.isLive { return }
            found.append(
              SpoolProblem(
                kind: file.isLive ? .halfLine : .sealedHalfLine, path: file.path,
                message: "line \(number), the last one, is cut short"))
            return
          }
          let sequence: UInt64?
          switch classify(line) {
          case .record(let number):
            records += 1
            sequence = number
          case .discarded(let number):
            discarded += 1
            sequence = number
          case .other:
            records += 1
            sequence = nil
            found.append(SpoolProblem(kind: .notARecord, path: file.path, message: "line \(number) is no record"))
          }
          guard let sequence else { return }
          highest = max(highest, sequence)
          if !seen.insert(sequence).inserted {
            found.append(
              SpoolProblem(
                kind: .sequenceTwice, path: file.path,
                message: "line \(number) bears the number \(sequence) (‘seq’), which an earlier line has already"))
          }
        }
      }
    }
    report.problems += found
    (report.records, report.discarded) = (records, discarded)
    report.highestSequence = highest
  }
}
