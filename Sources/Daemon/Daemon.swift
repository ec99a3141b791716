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

    /// What the control socket answers beside `health` and `status`, by verb, where some pipelines run.
    public var verbs: @Sendable ([Pipeline]) -> [String: ControlVerb] = { _ in [:] }
    /// How long a stop waits for what is under way; `nil` for as long as that takes.
    public var drainTimeout: Duration?
    /// `nil` where there is none.
    public var memory: MemoryLimit?
    /// `nil` where none can be: with `once` everything is taken.
    public var pauses: OperatorPauses?
    /// Where else it answers.
    public var sockets = PassedSockets()
    /// Where the pipelines come from; `nil` where they are not to be read again.
    public var source: PipelineSource?
    /// What came of reading them the last time.
    var lastReload: @Sendable () -> ReloadOutcome? = { nil }

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
    var lanes: [RunningLane]
    var pool: WorkerPool
    var writer: Writer
    var sweeper: RetentionSweeper
    var finished: FinishedInputs?
    /// All threads before the workers, between them and the writer, and beside them.
    var feeding: [Thread]
    var writing: [Thread]
    var control: [(socket: ControlSocket, thread: Thread)] = []
  }

  public let counts: RunCounts
  let settings: Settings
  let log: Logger
  /// Rings when the spool broke or an intake ended.
  let wakeUp: WakeUp
  private let failureFound = Mutex<SpoolError?>(nil)
  private let openIntakes = Atomic(0)
  let backoff = DiskBackoff()
  private let hasMoved = Atomic(false)
  /// Those of which the intakes are to end.
  private let ending = Mutex<[RunningLane]>([])
  /// After the end, for a daemon that goes on.
  let leftWatch = Mutex<WatchState?>(nil)
  let running: Mutex<Running?>
  /// Those that run, or are about to with the next file of theirs.
  private let hosted: Mutex<[HostedPipeline]>
  let started = now()
  private let liveness = Mutex<Liveness?>(nil)
  /// How long the writer, or a pipeline behind its deadline, may stand still while it has work.
  static let longestStall = Duration.seconds(60)

  /// Opens the spool, mends what the last run left, reads the outbox back, and starts.
  ///
  /// - Parameter counts: counts on, where a daemon before this one counted.
  public convenience init(
    _ pipelines: [Pipeline], _ settings: Settings, counts: RunCounts = RunCounts(), log: Logger
  ) throws(SpoolError) {
    // They load their chains while the spool is opened.
    let hosted = try orResources { () throws(ThreadError) in
      try pipelines.map { pipeline throws(ThreadError) in try HostedPipeline(pipeline, settings, log) }
    }
    do throws(SpoolError) {
      try self.init(hosted, settings, counts: counts, log: log)
    } catch {
      for hosted in hosted { hosted.host.stop() }
      throw error
    }
  }

  /// The same, with chains that are loaded already, or are being loaded; they go on where it throws.
  ///
  /// - Parameter watch: what the daemon before this one left.
  init(
    _ hosted: [HostedPipeline], _ settings: Settings, counts: RunCounts, watch: WatchState? = nil, log: Logger
  ) throws(SpoolError) {
    self.settings = settings
    self.log = log
    self.counts = counts
    wakeUp = try WakeUp()
    running = Mutex(nil)
    self.hosted = Mutex(hosted)
    let pipelines = hosted.map(\.pipeline)
    let fs = PosixFileSystem()
    let sweeper = RetentionSweeper(fs, log: log)
    let deciderStates = DeciderStates(pipelines, fs, root: settings.root, log: log)
    var requested = Self.spoolSettings(pipelines, settings, deciderStates, backoff, log)
    requested.removeAside = { sweeper.remove($0) }
    // With `once` nobody is there to see more of it come.
    let finished = settings.once ? nil : FinishedInputs(watch?.finished(for: pipelines.map(\.name)) ?? [])
    requested.settledInputs = finished
    let spool = try Spool.open(requested, fs)
    do throws(SpoolError) {
      let started = try start(hosted, deciderStates, spool, fs, sweeper, finished, watch)
      running.withLock { $0 = started }
      let control = listen(settings, pipelines)
      running.withLock { $0?.control = control }
    } catch {
      // Else the next try would meet its own lock.
      spool.abandon()
      throw error
    }
  }

  private static func spoolSettings(
    _ pipelines: [Pipeline], _ settings: Settings, _ deciderStates: DeciderStates, _ backoff: DiskBackoff, _ log: Logger
  ) -> SpoolSettings {
    var spool = SpoolSettings(
      root: settings.root, lanes: pipelines.map(LaneSettings.init), contentHash: { SHA256.digest($0) })
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
    _ hosted: [HostedPipeline], _ deciderStates: DeciderStates, _ spool: Spool, _ fs: PosixFileSystem,
    _ sweeper: RetentionSweeper, _ finished: FinishedInputs?, _ watch: WatchState?
  ) throws(SpoolError) -> Running {
    for hosted in hosted {
      do throws(ChainProcess.StartProblem) {
        try hosted.host.waitUntilReady()
      } catch {
        throw .layout(hosted.told(error))
      }
    }
    let pipelines = hosted.map(\.pipeline)
    let deciders = try openDeciders(pipelines, deciderStates, hosted.map(\.host), spool)
    // The numbers that the outbox alone knew must outlive a crash that comes before the first commit.
    if spool.beganWithoutJournal { try spool.checkpoint() }
    let (counts, log) = (counts, log)
    let watcher = try Watcher(log: log, former: watch) { [self] in
      hasMoved.store(true, ordering: .releasing)
      wakeUp.signal()
    }
    let pool = try orResources { () throws(ThreadError) in try WorkerPool(workers: settings.workers) }
    let writer = Writer(counts: counts, pipelines: pipelines.map(\.name), finished: finished, log: log)
    var inboxes: [Inbox] = []
    var threads: [@Sendable () -> Void] = []
    let known = KnownChains(fs, root: settings.root)
    var parts = [writer.liveness(limit: Self.longestStall, waits: { [backoff] in backoff.count })]
    openIntakes.store(pipelines.count, ordering: .relaxed)
    var lanes: [RunningLane] = []
    for (index, pipeline) in pipelines.enumerated() {
      let (queue, chains) = (ReadyQueue(), ChainSwitch(LoadedChain(hosted[index], deciders[index], on: pool)))
      lanes.append(
        RunningLane(
          name: pipeline.name, outbox: spool.lanes[index].places.outbox, queue: queue, chains: chains,
          decider: deciders[index]))
      inboxes.append(inbox(of: pipeline, spool, index, fs, queue))
      let commit = LaneCommit(lane: index, chains: chains, writer: writer)
      parts.append(commit.liveness(name: pipeline.name, limit: pipeline.longestWork + Self.longestStall))
      threads.append { commit.run() }
      threads.append { [self] in
        let places = spool.lanes[index].places
        let freeSpace = FreeSpace(
          fs, [places.outbox, places.claimed, settings.root / "state"], wanted: pipeline.outbox.minFree)
        var intake = Intake(
          spool, number: index, fs, queue: queue, chains: chains, freeSpace: freeSpace, settle: pipeline.inbox.settle,
          finished: finished, counts: counts, log: log)
        intake.pauses = settings.pauses
        intake.memory = settings.memory
        intake.known = known
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
        spool: spool, watcher: watcher, lanes: lanes, pool: pool, writer: writer,
        sweeper: sweeper, finished: finished, feeding: Array(started.dropLast()), writing: Array(started.suffix(1)))
    } catch {
      pool.stop()
      throw error
    }
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

  // MARK: - Other chains

  var pipelines: [HostedPipeline] { hosted.withLock { $0 } }

  /// Lets a pipeline's next file go through another chain; everything else of it is as it was.
  ///
  /// - Returns: the chain as it runs, to wait for; `nil` where there is no such pipeline, or the daemon is ending.
  func offer(_ new: HostedPipeline) -> (chain: LoadedChain, chains: ChainSwitch)? {
    running.withLock { running in
      guard let running, let lane = running.lanes.first(where: { $0.name == new.pipeline.name }) else { return nil }
      let chain = LoadedChain(new, lane.decider, on: running.pool)
      lane.chains.offer(chain)?.host.stopAside()
      lane.queue.wake()
      return (chain, lane.chains)
    }
  }

  /// What the files say now, of chains that are the same or were offered.
  func note(_ new: [HostedPipeline]) { hosted.withLock { $0 = new } }

  /// The file with many articles that a pipeline is reading; `nil` where there is none.
  func fileInHand() -> (pipeline: String, file: [UInt8])? {
    running.withLock { running in
      for lane in running?.lanes ?? [] {
        if let file = lane.chains.file { return (lane.name, file) }
      }
      return nil
    }
  }

  // MARK: - The end

  /// What broke the spool.
  var failure: SpoolError? { failureFound.withLock { $0 } }

  /// Whoever deletes the lock lets another process in: this one must end then. Call it now and then.
  func lookAtLock() {
    guard let spool = running.withLock({ $0?.spool }), !spool.holdsLock else { return }
    failureFound.withLock { $0 = $0 ?? .lockLost(settings.root) }
  }

  /// Measures what the daemon and its workers take, where that is limited.
  func lookAtMemory() {
    guard let memory = settings.memory else { return }
    let hosts = running.withLock { $0?.lanes.map { $0.chains.current.host.status } ?? [] }
    memory.look(at: hosts.flatMap { $0.workers + [$0.parent].compactMap(\.self) })
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
    let error = end { $0.abort() }
    leftWatch.withLock { $0.take() }?.close()
    for hosted in pipelines { hosted.host.stop() }
    return error
  }

  /// The same between two files, so that another daemon can go on at once with the chains, which it leaves as they are.
  ///
  /// - Parameter retired: pipelines that no daemon goes on with: what they wrote until now is sealed.
  func finishBetweenFiles(retired: Set<String>) { _ = end(retired: retired) { $0.halt() } }

  /// Ends without waiting for files with many articles that are being read.
  func hurry() { for lane in ending.withLock({ $0 }) { lane.queue.abort() } }

  /// - Parameter retired: `nil` where no daemon goes on.
  private func end(retired: Set<String>? = nil, _ stop: (ReadyQueue) -> Void) -> SpoolError? {
    guard let running = running.withLock({ $0.take() }) else { return failure }
    ending.withLock { $0 = running.lanes }
    running.watcher.stop()
    for lane in running.lanes { stop(lane.queue) }
    running.sweeper.stop()
    for thread in running.feeding { thread.join() }
    var left = running.watcher.takeLeft()
    left?.pipelines = running.lanes.map(\.name)
    leftWatch.withLock { [left] in $0 = left }
    running.pool.stop()
    for lane in running.lanes {
      let next = lane.chains.finishedWithoutNext()
      // A chain that was to take over with a file that did not come: whoever goes on begins with it.
      if retired == nil || next != nil { lane.chains.current.host.stop() }
      if retired == nil { next?.host.stop() }
    }
    running.writer.finish(sealing: running.lanes.indices.filter { retired?.contains(running.lanes[$0].name) == true })
    for thread in running.writing { thread.join() }
    for control in running.control { control.socket.stop() }
    for control in running.control { control.thread.join() }
    if retired == nil { running.finished?.removeKept(PosixFileSystem(), running.spool) }
    // They lead back here by way of the watcher, and would keep all of this for as long as the process lives.
    running.finished?.onNew {}
    liveness.withLock { $0 = nil }
    ending.withLock { $0 = [] }
    return failure
  }

  /// What is still under way while it ends, for people: “news: 3 articles”.
  var underWay: String {
    ending.withLock { $0 }.compactMap { lane in
      let (articles, file) = (lane.chains.underWay, lane.chains.file)
      if articles == 0, file == nil { return nil }
      let reading = file.map { ", reading \(Path.printable($0))" } ?? ""
      return "\(lane.name): \(articles) article\(articles == 1 ? "" : "s")\(reading)"
    }.joined(separator: "; ")
  }

  /// How long the oldest file of all inboxes has been ready; `nil` where none waits.
  var oldestReady: Duration? {
    running.withLock { $0?.lanes.compactMap(\.queue.oldest).max() }
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

/// One pipeline of a daemon.
struct RunningLane: Sendable {
  var name: String
  var outbox: Path
  var queue: ReadyQueue
  var chains: ChainSwitch
  var decider: LaneDecider
}

extension Pipeline {
  /// How long one article may hold up those behind it: twice, where its worker must be killed for it.
  fileprivate var longestWork: Duration { deadline * 2 + .seconds(1) }
}

/// What the kernel calls this boot; empty where it does not tell.
private func bootID() -> [UInt8] {
  let fs = PosixFileSystem()
  guard let file = try? fs.open("/proc/sys/kernel/random/boot_id", for: .reading) else { return [] }
  defer { fs.close(file) }
  return ((try? fs.read(file, at: 0, count: 64)) ?? []).filter { $0 > 0x20 }
}

private func orResources<R>(_ work: () throws(ThreadError) -> R) throws(SpoolError) -> R {
  do { return try work() } catch { throw .resources("\(error)") }
}
