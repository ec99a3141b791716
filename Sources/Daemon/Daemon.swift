import ArticleIO
import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import StageKit
import Synchronization
import Threads
import Workers

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
    /// Where chains run.
    public var place: ChainHost.Place

    /// What the control socket answers beside `health` and `status`, by verb.
    public var verbs: [String: ControlVerb] = [:]

    public init(root: Path, once: Bool = false, workers: Int = availableCores, place: ChainHost.Place = .here) {
      self.root = root
      self.once = once
      self.workers = workers
      self.place = place
    }
  }

  struct Running {
    var spool: Spool
    var watcher: Watcher
    var queues: [ReadyQueue]
    var pool: WorkerPool
    var hosts: [ChainHost]
    var writer: Writer
    var sweeper: RetentionSweeper
    var finished: FinishedInputs?
    /// All threads before the workers, between them and the writer, and beside them.
    var feeding: [Thread]
    var writing: [Thread]
    var control: (socket: ControlSocket, thread: Thread)?
  }

  public let counts: RunCounts
  private let settings: Settings
  let log: Logger
  /// Rings when the spool broke or an intake ended.
  let wakeUp: WakeUp
  private let failureFound = Mutex<SpoolError?>(nil)
  private let openIntakes = Atomic(0)
  let backoff = DiskBackoff()
  private let hasMoved = Atomic(false)
  let running: Mutex<Running?>
  let pipelines: [String]
  let started = now()
  private let liveness = Mutex<Liveness?>(nil)
  /// How long the writer, or a pipeline behind its deadline, may stand still while it has work.
  static let longestStall = Duration.seconds(60)

  /// Opens the spool, mends what the last run left, reads the outbox back, and starts.
  ///
  /// - Parameter counts: counts on, where a daemon before this one counted.
  public init(
    _ pipelines: [Pipeline], _ settings: Settings, counts: RunCounts = RunCounts(), log: Logger
  ) throws(SpoolError) {
    self.settings = settings
    self.log = log
    self.counts = counts
    wakeUp = try WakeUp()
    running = Mutex(nil)
    self.pipelines = pipelines.map(\.name)
    let fs = PosixFileSystem()
    let sweeper = RetentionSweeper(fs, log: log)
    // They load their chains while the spool is opened.
    let place = settings.place
    let hosts = try orResources { () throws(ThreadError) in
      try pipelines.map { pipeline throws(ThreadError) in
        try ChainHost(pipeline, in: place) { sentence in log.warning("\(pipeline.name): \(sentence)") }
      }
    }
    let deciderStates = DeciderStates(pipelines, fs, root: settings.root, log: log)
    var requested = Self.spoolSettings(pipelines, settings, deciderStates, backoff, log)
    requested.removeAside = { sweeper.remove($0) }
    // With `once` nobody is there to see more of it come.
    let finished = settings.once ? nil : FinishedInputs()
    requested.settledInputs = finished
    let spool = try Spool.open(requested, fs)
    do throws(SpoolError) {
      let started = try start(pipelines, hosts, deciderStates, spool, fs, sweeper, finished)
      running.withLock { $0 = started }
      let control = listen(settings)
      running.withLock { $0?.control = control }
    } catch {
      for host in hosts { host.stop() }
      // Else the next try would meet its own lock.
      spool.abandon()
      throw error
    }
  }

  private static func spoolSettings(
    _ pipelines: [Pipeline], _ settings: Settings, _ deciderStates: DeciderStates, _ backoff: DiskBackoff, _ log: Logger
  ) -> SpoolSettings {
    var spool = SpoolSettings(
      root: settings.root,
      lanes: pipelines.map { pipeline in
        var lane = LaneSettings(
          pipeline: pipeline.name, inbox: Array(pipeline.inbox.path.utf8), outbox: Array(pipeline.outbox.path.utf8),
          rollSize: pipeline.outbox.roll.size, rollAge: Int64(pipeline.outbox.roll.everyMilliseconds / 1000))
        lane.hasMarkers = pipeline.inbox.ready == .marker
        lane.readsFolders = pipeline.inbox.subfolders != .ignored
        lane.removesDone = pipeline.done.isRemoved
        lane.keepDone = seconds(pipeline.done.keepMilliseconds)
        lane.keepFailed = seconds(pipeline.failed.keepMilliseconds)
        lane.keepOutbox = seconds(pipeline.outbox.keepMilliseconds)
        lane.outlets = pipeline.outlets
        return lane
      }, contentHash: { SHA256.digest($0) })
    spool.report = { severity, message in
      switch severity {
      case .info: log.info("\(message)")
      case .warning: log.warning("\(message)")
      case .error: log.error("\(message)")
      }
    }
    spool.states = deciderStates.states
    for (lane, state) in deciderStates.ofLane.enumerated() { spool.lanes[lane].state = state }
    spool.boot = bootID()
    spool.wait = { error in
      let goesOn = backoff.wait(for: "\(error)")
      log.warning("\(error); \(goesOn ? "trying again" : "giving up")")
      return goesOn
    }
    return spool
  }

  private func start(
    _ pipelines: [Pipeline], _ hosts: [ChainHost], _ deciderStates: DeciderStates, _ spool: Spool,
    _ fs: PosixFileSystem,
    _ sweeper: RetentionSweeper, _ finished: FinishedInputs?
  ) throws(SpoolError) -> Running {
    for (pipeline, host) in zip(pipelines, hosts) {
      do throws(ChainProcess.StartProblem) {
        try host.waitUntilReady()
      } catch {
        throw .layout(
          error.isDiagnostics ? "\(error)" : "\(pipeline.file): the chain cannot be loaded: \(error)")
      }
    }
    let deciders = try openDeciders(pipelines, deciderStates, hosts, spool)
    // The numbers that the outbox alone knew must outlive a crash that comes before the first commit.
    if spool.beganWithoutJournal { try spool.checkpoint() }
    let (counts, log) = (counts, log)
    let watcher = try Watcher(log: log) { [self] in
      hasMoved.store(true, ordering: .releasing)
      wakeUp.signal()
    }
    let pool = try orResources { () throws(ThreadError) in try WorkerPool(workers: settings.workers) }
    let writer = Writer(counts: counts, pipelines: pipelines.map(\.name), finished: finished, log: log)
    var inboxes: [Inbox] = []
    var threads: [@Sendable () -> Void] = []
    var parts = [writer.liveness(limit: Self.longestStall, waits: { [backoff] in backoff.count })]
    openIntakes.store(pipelines.count, ordering: .relaxed)
    for (index, pipeline) in pipelines.enumerated() {
      let queue = ReadyQueue()
      let (host, digest, subfolders) = (hosts[index], hosts[index].digest ?? "", pipeline.inbox.subfolders)
      let line: OrderedQueue<Piece, Product> = pool.queue(makeRunner: {
        PieceWorker(host.makeRunner(), digest: digest, subfolders: subfolders)
      })
      inboxes.append(inbox(of: pipeline, spool, index, fs, queue))
      let commit = LaneCommit(lane: index, input: line, writer: writer, choice: OutletChoice(pipeline.routing))
      parts.append(commit.liveness(name: pipeline.name, limit: pipeline.longestWork + Self.longestStall))
      let decider = deciders[index]
      threads.append { commit.run(decider.decider, in: decider.order) }
      threads.append { [self] in
        let places = spool.lanes[index].places
        let freeSpace = FreeSpace(
          fs, [places.outbox, places.claimed, settings.root / "state"], wanted: pipeline.outbox.minFree)
        var intake = Intake(
          spool, number: index, fs, queue: queue, output: line, host: host, freeSpace: freeSpace,
          settle: pipeline.inbox.settle, maxInput: pipeline.inbox.maxInput, finished: finished, counts: counts, log: log
        )
        intake.run()
        openIntakes.wrappingSubtract(1, ordering: .releasing)
        wakeUp.signal()
      }
    }
    let signs = Liveness(parts)
    liveness.withLock { $0 = signs }
    let retention = spool.retention
    threads.append { sweeper.run(retention) }
    let (watched, once) = (inboxes, settings.once)
    let late = finished.map { finished in
      finished.onNew { watcher.lookAtFinished() }
      return LateWatch(
        finished, fs,
        pipelines.enumerated().map { lane, pipeline in
          .init(
            queue: inboxes[lane].queue, settle: pipeline.inbox.settle, claimed: spool.lanes[lane].places.claimed,
            removesDone: pipeline.done.isRemoved)
        }
      ) { sweeper.remove($0) }
    }
    threads.append { counts.leave(watcher.run(watched, late: late, once: once)) }
    let write: @Sendable () -> Void = { [self] in
      if let error = writer.run(spool) {
        failureFound.withLock { $0 = error }
        wakeUp.signal()
      }
    }
    do throws(SpoolError) {
      let started = try orResources { () throws(ThreadError) in try Thread.all(threads + [write]) }
      return Running(
        spool: spool, watcher: watcher, queues: inboxes.map(\.queue), pool: pool, hosts: hosts, writer: writer,
        sweeper: sweeper, finished: finished, feeding: Array(started.dropLast()), writing: Array(started.suffix(1)))
    } catch {
      pool.stop()
      throw error
    }
  }

  private func orResources<R>(_ work: () throws(ThreadError) -> R) throws(SpoolError) -> R {
    do { return try work() } catch { throw .resources("\(error)") }
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
  func stalled(at now: ContinuousClock.Instant = .now) -> String? {
    liveness.withLock { $0 }?.stalled(at: now)
  }

  /// Whether an inbox lies in another file system than it did at the start, so that all places are to be worked out anew.
  var hasMovedInbox: Bool { hasMoved.load(ordering: .acquiring) }

  /// With `once`: whether everything was taken in.
  var isDrained: Bool { openIntakes.load(ordering: .acquiring) == 0 }

  /// A disk in trouble is not waited for any more.
  func waitNoLonger() { backoff.end() }

  /// Takes in nothing more, finishes what is under way, and gives the spool back. Call it once.
  ///
  /// - Returns: what broke the spool, if anything did.
  @discardableResult
  public func finish() -> SpoolError? {
    guard let running = running.withLock({ $0.take() }) else { return failure }
    running.watcher.stop()
    for queue in running.queues { queue.abort() }
    running.sweeper.stop()
    for thread in running.feeding { thread.join() }
    running.pool.stop()
    for host in running.hosts { host.stop() }
    running.writer.finish()
    for thread in running.writing { thread.join() }
    running.control?.socket.stop()
    running.control?.thread.join()
    running.finished?.removeKept(PosixFileSystem(), running.spool)
    return failure
  }

  /// With `once`: waits until the inboxes are empty and everything is committed.
  public func waitUntilDrained() -> SpoolError? {
    while !isDrained, failure == nil {
      _ = waitForInput([wakeUp.descriptor], until: nil)
      wakeUp.drain()
    }
    return finish()
  }
}

extension Pipeline {
  /// How long one article may hold up those behind it: twice, where its worker must be killed for it.
  fileprivate var longestWork: Duration { deadline * 2 + .seconds(1) }
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
