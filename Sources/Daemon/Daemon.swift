import ArticleIO
import CLinux
import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import StageKit
import Synchronization

/// Inboxes in, outboxes out: one spool and the pipelines that run on it.
///
/// Threads: one watcher; for each pipeline an intake and a commit; the workers; one writer; one that removes what was kept
/// long enough.
public final class Daemon: Sendable {
  public struct Settings: Sendable {
    public var root: Path
    /// End when the inboxes are empty.
    public var once: Bool
    public var workers: Int
    /// Write down which fatal signal ends the process: for the one daemon of a process.
    public var notesCrashes: Bool

    public init(root: Path, once: Bool = false, workers: Int = availableCores, notesCrashes: Bool = false) {
      self.root = root
      self.once = once
      self.workers = workers
      self.notesCrashes = notesCrashes
    }
  }

  private struct Running {
    var spool: Spool
    var watcher: Watcher
    var queues: [ReadyQueue]
    var pool: WorkerPool
    var isolation: Isolation
    var writer: Writer
    var watching: Thread
    var intakes: [Thread]
    var commits: [Thread]
    var writing: Thread
    var retainer: Retainer
    var retaining: Thread
  }

  public let tally = Tally()
  private let settings: Settings
  let log: Logger
  /// Rings when the spool broke or an intake ended.
  let bell = Bell()
  private let failureFound = Mutex<SpoolError?>(nil)
  private let openIntakes = Atomic(0)
  private let patience = Patience()
  private let running: Mutex<Running?>
  private let lifeSigns = Mutex<LifeSigns?>(nil)
  /// How long the writer, or a pipeline behind its deadline, may stand still while it has work.
  static let longestStandstill = Duration.seconds(60)

  /// Opens the spool, mends what the last run left, reads the outbox back, and starts.
  public init(_ pipelines: [Pipeline], _ settings: Settings, log: Logger) throws(SpoolError) {
    self.settings = settings
    self.log = log
    running = Mutex(nil)
    let fs = PosixFileSystem()
    let retainer = Retainer(fs, log: log)
    let memories = Memories(pipelines, fs, root: settings.root, log: log)
    var wishes = Self.spoolSettings(pipelines, settings, memories, patience, log)
    wishes.removeAside = { retainer.remove($0) }
    let spool = try Spool.open(wishes, fs)
    if settings.notesCrashes { linux_note_crashes(spool.crashNote.file.descriptor, spool.crashNote.offset) }
    let inotify: Inotify
    do { inotify = try Inotify() } catch { throw .disk(error) }
    let started = try start(pipelines, memories, spool, inotify, fs, retainer)
    running.withLock { $0 = started }
  }

  private static func spoolSettings(
    _ pipelines: [Pipeline], _ settings: Settings, _ memories: Memories, _ patience: Patience, _ log: Logger
  ) -> SpoolSettings {
    var spool = SpoolSettings(
      root: settings.root,
      lanes: pipelines.map { pipeline in
        var lane = SpoolSettings.Lane(
          pipeline: pipeline.name, inbox: Array(pipeline.inbox.path.utf8), outbox: Array(pipeline.outbox.path.utf8),
          rollSize: pipeline.outbox.roll.size, rollAge: Int64(pipeline.outbox.roll.everyMilliseconds / 1000))
        lane.hasMarkers = pipeline.inbox.ready == .marker
        lane.readsFolders = pipeline.inbox.subfolders != .ignored
        lane.removesDone = pipeline.done.isRemoved
        lane.keepDone = seconds(pipeline.done.keepMilliseconds)
        lane.keepFailed = seconds(pipeline.failed.keepMilliseconds)
        lane.keepOutbox = seconds(pipeline.outbox.keepMilliseconds)
        return lane
      }, contentHash: { SHA256.digest($0) })
    spool.report = { severity, message in
      switch severity {
      case .info: log.info("\(message)")
      case .warning: log.warning("\(message)")
      case .error: log.error("\(message)")
      }
    }
    spool.states = memories.states
    for (lane, state) in memories.ofLane.enumerated() { spool.lanes[lane].state = state }
    for lane in spool.lanes.indices { spool.lanes[lane].setsAside = pipelines[lane].chain.memory?.setsAside == true }
    spool.boot = bootID()
    spool.wait = { error in
      let goesOn = patience.wait()
      log.warning("\(error); \(goesOn ? "trying again" : "giving up")")
      return goesOn
    }
    return spool
  }

  private func start(
    _ pipelines: [Pipeline], _ memories: Memories, _ spool: Spool, _ inotify: Inotify, _ fs: PosixFileSystem,
    _ retainer: Retainer
  ) throws(SpoolError) -> Running {
    let deciders = try openDeciders(pipelines, memories, spool)
    // The numbers that the outbox alone knew must outlive a crash that comes before the first commit.
    if spool.beganWithoutJournal { try spool.checkpoint() }
    let (tally, log) = (tally, log)
    let pool = WorkerPool(workers: settings.workers)
    let isolation = Isolation(spool, log: log)
    let writer = Writer(tally: tally, isolation: isolation, pipelines: pipelines.map(\.name), log: log)
    var inboxes: [Inbox] = []
    var intakes: [Thread] = []
    var commits: [Thread] = []
    var parts = [writer.lifeSigns(limit: Self.longestStandstill, waits: { [patience] in patience.count })]
    openIntakes.store(pipelines.count, ordering: .relaxed)
    for (index, pipeline) in pipelines.enumerated() {
      let queue = ReadyQueue()
      let work = PieceWork(
        caster: Caster(pipeline: pipeline), digest: pipeline.digest, maxInput: pipeline.inbox.maxInput,
        subfolders: pipeline.inbox.subfolders)
      let line = pool.lane { (piece: Piece) in work(piece) }
      inboxes.append(inbox(of: pipeline, spool, index, fs, queue))
      let commit = LaneCommit(lane: index, input: line, writer: writer)
      parts.append(commit.lifeSigns(name: pipeline.name, limit: pipeline.deadline + Self.longestStandstill))
      let decider = deciders[index]
      commits.append(Thread { commit.run(decider.decider, in: decider.order) })
      intakes.append(
        Thread { [self] in
          let places = spool.lanes[index].places
          let freeSpace = FreeSpace(
            fs, [places.outbox, places.claimed, settings.root / "state"], wanted: pipeline.outbox.minFree)
          var intake = Intake(
            spool.lanes[index], number: index, fs, counters: spool.counters, queue: queue, output: line,
            isolation: isolation,
            freeSpace: freeSpace, settle: pipeline.inbox.settle, maxInput: pipeline.inbox.maxInput, tally: tally,
            log: log)
          intake.run()
          openIntakes.wrappingSubtract(1, ordering: .releasing)
          bell.ring()
        })
    }
    let signs = LifeSigns(parts)
    lifeSigns.withLock { $0 = signs }
    let writing = Thread { [self] in
      if let error = writer.run(spool) {
        failureFound.withLock { $0 = error }
        bell.ring()
      }
    }
    let retention = spool.retention
    let retaining = Thread { retainer.run(retention) }
    let (watcher, watched, once) = (Watcher(log: log), inboxes, settings.once)
    let watching = Thread { watcher.run(watched, inotify, once: once) }
    return Running(
      spool: spool, watcher: watcher, queues: inboxes.map(\.queue), pool: pool, isolation: isolation, writer: writer,
      watching: watching,
      intakes: intakes, commits: commits, writing: writing, retainer: retainer,
      retaining: retaining)
  }

  private func inbox(
    of pipeline: Pipeline, _ spool: Spool, _ index: Int, _ fs: PosixFileSystem, _ queue: ReadyQueue
  ) -> Inbox {
    let lane = spool.lanes[index]
    let isPolled = Watcher.isPolled(lane.places.inbox)
    if isPolled {
      log.notice("\(lane.places.inbox) lies on a network or FUSE file system: it is looked at every second")
    }
    var foreign: Set<Path> = [settings.root, settings.root / "state"]
    for places in spool.lanes.map(\.places) {
      foreign.formUnion([places.outbox, places.claimed.directory, places.done.directory, places.failed])
      if places != lane.places { foreign.insert(places.inbox) }
    }
    let rules = Inbox.Rules(
      names: NameRules(accept: pipeline.inbox.accept), ready: pipeline.inbox.ready, settle: pipeline.inbox.settle,
      readsFolders: pipeline.inbox.subfolders != .ignored, foreign: foreign)
    return Inbox(lane, fs, rules, queue: queue, isPolled: isPolled, log: log)
  }

  // MARK: - The end

  /// What broke the spool.
  var failure: SpoolError? { failureFound.withLock { $0 } }

  /// Whoever deletes the lock lets another process in: this one must end then. Call it now and then.
  func lookAtLock() {
    guard let spool = running.withLock({ $0?.spool }), !spool.holdsLock else { return }
    failureFound.withLock { $0 = $0 ?? .lockLost(settings.root) }
  }

  /// What has work and stands still for too long; ask now and then.
  func standstill(at now: ContinuousClock.Instant = .now) -> String? {
    lifeSigns.withLock { $0 }?.standstill(at: now)
  }

  /// With `once`: whether everything was taken in.
  var isDrained: Bool { openIntakes.load(ordering: .acquiring) == 0 }

  /// A disk in trouble is not waited for any more.
  func waitNoLonger() { patience.end() }

  /// Takes in nothing more, finishes what is under way, and gives the spool back. Call it once.
  ///
  /// - Returns: what broke the spool, if anything did.
  @discardableResult
  public func finish() -> SpoolError? {
    guard let running = running.withLock({ $0.take() }) else { return failure }
    running.watcher.stop()
    for queue in running.queues { queue.abort() }
    running.isolation.abort()
    running.retainer.stop()
    running.watching.join()
    for thread in running.intakes + running.commits { thread.join() }
    running.retaining.join()
    running.pool.stop()
    running.writer.finish()
    running.writing.join()
    return failure
  }

  /// With `once`: waits until the inboxes are empty and everything is committed.
  public func waitUntilDrained() -> SpoolError? {
    while !isDrained, failure == nil {
      _ = waitForInput([bell.descriptor], until: nil)
      bell.answer()
    }
    return finish()
  }
}

/// `nil` for 0, which is for ever.
private func seconds(_ milliseconds: Int) -> Int64? { milliseconds == 0 ? nil : Int64(milliseconds / 1000) }

/// What the kernel calls this boot; empty where it does not tell.
private func bootID() -> [UInt8] {
  let fs = PosixFileSystem()
  guard let file = try? fs.open("/proc/sys/kernel/random/boot_id", for: .reading) else { return [] }
  defer { fs.close(file) }
  return ((try? fs.read(file, at: 0, count: 64)) ?? []).filter { $0 > 0x20 }
}
