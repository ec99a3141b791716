import Disk

/// Mends a spool: does what a start does, and what a start leaves to a person.
public struct SpoolRepair {
  private let root: Path
  private let fs: any FileSystem
  private let classify: ([UInt8]) -> OutboxLine
  private var settings: SpoolSettings

  public struct Outcome: Sendable {
    /// What was done, one sentence each.
    public var repaired: [SpoolProblem] = []
    public var left: [SpoolProblem] = []
  }

  /// - Parameters:
  ///   - lanes: pipelines to mend as their start would; all that the journal remembers are mended anyway.
  ///   - report: what is done on the way.
  public init(
    root: Path, lanes: [LaneSettings] = [], _ fs: any FileSystem,
    contentHash: @escaping @Sendable ([UInt8]) -> [UInt8],
    classify: @escaping ([UInt8]) -> OutboxLine, report: @escaping @Sendable (String) -> Void
  ) {
    self.root = root
    self.fs = fs
    self.classify = classify
    settings = SpoolSettings(root: root, lanes: lanes, contentHash: contentHash)
    settings.remembersPlaces = false
    settings.report = { severity, message in if severity != .info { report(message) } }
  }

  /// - Throws: `SpoolError.locked` where a daemon runs.
  public func run() throws(SpoolError) -> Outcome {
    let before: SpoolReport
    do {
      before = try check()
      if try hasJournal() || before.highestSequence > 0 {
        let spool = try open(fs)
        // Numbers that only a lost or damaged journal knew must not be given out again.
        if spool.counters.nextSequence <= before.highestSequence {
          spool.counters.raiseSequence(past: before.highestSequence)
          try spool.checkpoint()
        }
        try repair(before.problems)
        _ = try SpoolAdoption.run(spool, .init(), becomePresent: false, fs)
        try spool.close()
      } else {
        // Nothing ran here yet: the first run makes the journal.
        try fs.makeDirectories(root / "state")
        guard let lock = try fs.lock(root / "state" / "lock", content: Array("\(processID())\n".utf8)) else {
          throw SpoolError.locked(root, pid: nil)
        }
        defer { fs.close(lock) }
        try repair(before.problems)
      }
      let after = try check()
      return Outcome(
        repaired: before.problems.filter { !after.problems.contains($0) }, left: after.problems)
    } catch let error as SpoolError {
      throw error
    } catch let error as DiskError {
      throw .disk(error)
    } catch {
      throw .layout("\(error)")
    }
  }

  private func hasJournal() throws(DiskError) -> Bool {
    let journal = try JournalView(fs, state: root / "state")
    return journal.newest != nil || !journal.unreadable.isEmpty
  }

  private func open(_ fs: some FileSystem) throws(SpoolError) -> Spool { try Spool.open(settings, fs) }

  private func check() throws(DiskError) -> SpoolReport {
    let view = try makeView(fs)
    var check = SpoolCheck(view, isRunning: false, classify: classify)
    return try check.run()
  }

  private func makeView(_ fs: some FileSystem) throws(DiskError) -> SpoolView { try SpoolView(root: root, fs) }

  private func repair(_ problems: [SpoolProblem]) throws(DiskError) {
    let lanes = try makeView(fs).lanes
    for problem in problems {
      switch problem.kind {
      case .reasonMissing, .reasonDamaged: try writeReason(problem.path, lanes)
      case .failedInputMissing:
        if try !FailedDirectory.isFixed(problem, fs) { try fs.remove(problem.path) }
      case .notAClaim:
        guard let lane = lanes.first(where: { $0.isPresent && $0.places.claimed == problem.path.directory }) else {
          continue
        }
        try moveBack(problem.path, to: lane.places.inbox)
      default: break
      }
    }
    for failed in Set(lanes.map(\.places.failed)) where try fs.status(at: failed) != nil {
      try fs.syncDirectory(failed)
    }
  }

  private func writeReason(_ path: Path, _ lanes: [SpoolView.KnownLane]) throws(DiskError) {
    // Recovery may have known better.
    let problem = SpoolProblem(kind: .reasonMissing, path: path, message: "")
    guard try !FailedDirectory.isFixed(problem, fs), let status = try fs.status(at: path) else { return }
    let candidates = lanes.map(\.places).filter { path.below($0.failed) != nil }
    guard var places = candidates.first, let name = path.below(places.failed) else { return }
    if Set(candidates.map(\.pipeline)).count > 1 { places.pipeline = [] }
    let input = InputIdentity(claim: 0, name: name, inode: status.inode, size: status.size)
    let failure = Failure(
      stage: nil, class: Failure.reasonLost,
      message: "it failed, but the reason was lost; linecaster spool repair wrote this one")
    let settlement = Settlement(lane: 0, input: input, part: .file, verdict: .nothing)
    let content = ReasonFile.content(
      failure, settlement: settlement, places: places, target: path, time: status.modified / 1_000_000_000)
    let file = try fs.open(FailedDirectory.reason(of: path), for: .creating)
    defer { fs.close(file) }
    try fs.write(content, to: file, at: 0)
    try fs.truncate(file, to: content.count)
    try fs.sync(file)
    try fs.syncDirectory(path.directory)
  }

  private func moveBack(_ path: Path, to inbox: Path) throws(DiskError) {
    var number = 1
    while true {
      let target = inbox / (number == 1 ? path.name : otherName(path.name, number))
      do throws(DiskError) {
        try fs.rename(path, to: target, replacing: false)
        try fs.syncDirectory(inbox)
        return try fs.syncDirectory(path.directory)
      } catch {
        guard error.kind == .taken else { throw error }
        number += 1
      }
    }
  }
}
