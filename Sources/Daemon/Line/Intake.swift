import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import StageKit
import Threads

/// One pipeline's thread that claims and reads files: it takes ready names and gives out pieces of work, in claim order.
struct Intake {
  let fs: any FileSystem
  let spool: Spool
  let lane: Spool.Lane
  let counters: SpoolCounters
  let queue: ReadyQueue
  let chains: ChainSwitch
  /// The one that takes the files now.
  var chain: LoadedChain
  let settle: Duration
  let finished: FinishedInputs?
  let log: Logger
  let counts: RunCounts
  let number: Int
  var freeSpace: FreeSpace
  /// Whether a file with many articles is being read, which goes on to its end when the intake is to halt.
  var isInFile = false
  /// When the file in hand could be taken.
  var ready = ContinuousClock.now

  /// A claim that changed while it was read, or could not be read.
  struct Later {
    var claim: Claim
    var seen: FileStatus?
    /// Times that the disk failed.
    var attempts = 0
  }

  /// Pieces that are not submitted yet: waking a thread for several small articles at once is cheaper.
  var buffered: [OrderedQueue<Piece, Product>.Entry] = []
  var bufferedBytes = 0
  var again = Agenda<Later>()
  var held = HeldNames()
  var lateProducers = LateProducers()
  let obstacles: ObstacleSearch
  /// Times in a row that space, descriptors or memory were short.
  var troubles = 0
  /// Pipelines whose intake an operator paused; `nil` where none can be.
  var pauses: OperatorPauses?
  /// The one in hand that an operator wants to be taken again.
  var inHand: (claim: UInt64, input: InputAgain)?
  /// Remembers which chains ran.
  var known: KnownChains?
  /// `nil` where there is none.
  var memory: MemoryLimit?
  private var rateLimit = RateLimit()
  /// A file whose disk failed as often is left to the next start, where this run is to end.
  private static let mostAttempts = 8
  var notices: [[UInt8]: String] = [:]
  /// How many files were said to wait, by what is in their way.
  var told: [String: Int] = [:]
  private static let mostTold = 100
  var toldSince = ContinuousClock.now
  /// Names that were taken up and not claimed.
  var left: Set<[UInt8]> = []
  /// Names that are tried again before the next new one.
  private static let mostTries = 32

  /// - Parameter finished: looks after inputs of which nobody can tell whether they are still being written.
  init(
    _ spool: Spool, number: Int, _ fs: any FileSystem, queue: ReadyQueue,
    chains: ChainSwitch, freeSpace: FreeSpace, settle: Duration,
    finished: FinishedInputs?, counts: RunCounts, log: Logger
  ) {
    let lane = spool.lanes[number]
    self.spool = spool
    self.finished = finished
    self.lane = lane
    self.number = number
    self.freeSpace = freeSpace
    self.counts = counts
    self.fs = fs
    counters = spool.counters
    self.queue = queue
    self.chains = chains
    chain = chains.current
    self.settle = settle
    self.log = log
    obstacles = ObstacleSearch(lane.places, .own, fs)
  }

  /// Runs until the queue ends and no claim of ours waits to settle.
  mutating func run() {
    noteChain()
    for claim in lane.leftovers where !queue.isHalted { reopen(claim, seen: nil) }
    flush()
    var names = 0
    while true {
      if queue.count == 0 { flush() }
      takeNextChain()
      switch queue.next(until: nextDue) {
      case .name(let name, let since):
        ready = since
        claim(name)
        names += 1
        // What waits gets its turn while names come without end.
        if names.isMultiple(of: 256) { retryDue() }
      case .late(let input): takeAgain(input)
      case .again(let inputs): takeAgain(inputs)
      case .end:
        held.releaseLasting()
        guard let nextDue, !queue.isHalted else {
          flush()
          if !queue.isHalted { counts.leave(left.count) }
          chain.line.finish()
          return chains.finish()
        }
        queue.waitForHalt(until: nextDue)
        retryDue()
      case nil: retryDue()
      }
    }
  }

  var nextDue: ContinuousClock.Instant? { [again.nextDue, held.nextDue].compactMap(\.self).min() }

  // MARK: - To the workers

  /// Call it between two files.
  mutating func takeNextChain() {
    guard let next = chains.takeNext() else { return }
    flush()
    chain.line.finish()
    chain = next
    freeSpace.wanted = next.minFree
    noteChain()
    log.notice("\(String(decoding: lane.places.pipeline, as: UTF8.self)): the chain \(next.digest) is in force")
  }

  private func noteChain() {
    known?.note(chain.digest, chain.host.status.stageDigests.map { "\($0.stage)=\($0.digest)" })
  }

  /// Keeps the piece until there are enough of them, or nothing more to read at once.
  mutating func buffer(_ piece: Piece, cost: Int) {
    buffered.append((piece, cost))
    bufferedBytes += cost
    if buffered.count >= 16 || bufferedBytes >= 128 << 10 { flush() }
  }

  /// Call it before work that may take long.
  mutating func flush() {
    if buffered.isEmpty { return }
    chain.line.submit(buffered)
    buffered.removeAll(keepingCapacity: true)
    bufferedBytes = 0
  }

  // MARK: - Claiming

  mutating func claim(_ name: [UInt8]) {
    waitForSpace()
    if queue.isHalted { return }
    do {
      switch try lane.claimer.claim(name) {
      case .gone:
        held.release(name)
        left.remove(name)
      case .notAFile(let status): leave(name, InboxNotices.notAFile(status.kind), "not_a_file")
      case .unreadable(let status, _):
        let obstacle = obstacles.unreadable(status)
        leave(name, obstacle.sentence, obstacle.rule)
        noteLeft(name)
      case .claimed(let claim, let file, let status):
        held.release(name)
        left.remove(name)
        notices[name] = nil
        troubles = 0
        defer { fs.close(file) }
        read(claim, file, status)
      }
    } catch {
      hold(name, error)
    }
  }

  /// It lies with the file: scans leave it out for a while.
  mutating func leave(_ name: [UInt8], _ notice: String, _ rule: String) {
    held.release(name)
    queue.setAside(name)
    logOnce(notice, of: name, rule)
  }

  /// Of very many the first ones do.
  mutating func noteLeft(_ name: [UInt8]) {
    if left.count < ReadyQueue.capacity { left.insert(name) }
  }

  /// The file stays in the inbox, and is tried again.
  mutating func hold(_ name: [UInt8], _ error: DiskError) {
    let obstacle = obstacles.obstacle(to: lane.places.inbox / name, after: error)
    logOnce(obstacle?.sentence ?? "waits: \(error)", of: name, obstacle?.rule ?? "\(error.code)")
    queue.setAside(name)
    noteLeft(name)
    // The others would get the same answer.
    if error.isShortage { pause() }
    if queue.isFinished, obstacle != nil || held.attempts(on: name) >= Self.mostAttempts {
      held.release(name)
    } else {
      held.hold(name, isLasting: obstacle != nil)
    }
  }

  mutating func reopen(_ claim: Claim, seen: FileStatus?, attempts: Int = 0) {
    ready = .now
    takeNextChain()
    waitForSpace()
    if queue.isHalted { return }
    do {
      let (file, status) = try lane.claimer.reopen(claim)
      defer { fs.close(file) }
      if let seen, !status.isUnchanged(since: seen) {
        settleAgain(claim, status)
      } else {
        read(claim, file, status, attempts: attempts)
      }
    } catch {
      if error.kind == .missing {
        log.warning("\(claim.path) was taken away by somebody else")
      } else {
        log.warning("\(claim.path) waits: \(error)")
        tryAgain(claim, seen, attempts: attempts)
      }
    }
  }

  mutating func retryDue() {
    let now = ContinuousClock.now
    for _ in 0..<Self.mostTries {
      guard let name = held.take(at: now) else { break }
      ready = now
      claim(name)
    }
    while let item = again.take(at: now) { reopen(item.claim, seen: item.seen, attempts: item.attempts) }
  }

  /// Somebody still writes to it, although it was renamed in or quiet for long enough.
  mutating func settleAgain(_ claim: Claim, _ seen: FileStatus) {
    // Never a busy loop, even where `settle` is zero.
    again.add(Later(claim: claim, seen: seen), due: .now + max(settle, .milliseconds(50)))
  }

  mutating func tryAgain(_ claim: Claim, _ seen: FileStatus?, attempts: Int) {
    if attempts >= Self.mostAttempts, queue.isFinished {
      counts.leave(1)
      log.error("\(claim.path) could not be read; it is left to the next start")
    } else {
      again.add(Later(claim: claim, seen: seen, attempts: attempts + 1), due: .now + Backoff.pause(attempts))
    }
  }

  // MARK: - Trouble

  /// Gives a disk that is full, or a process without descriptors, longer and longer time; a stop ends it.
  mutating func pause() {
    flush()
    queue.waitForHalt(until: .now + Backoff.pause(troubles))
    troubles += 1
  }

  /// Returns when nobody has paused the intake, or at a stop.
  private mutating func waitForOperator() {
    let pipeline = String(decoding: lane.places.pipeline, as: UTF8.self)
    guard let pauses, pauses.contains(pipeline) else { return }
    flush()
    while pauses.contains(pipeline), !isToStop {
      queue.waitForHalt(until: .now + .milliseconds(200), abortsOnly: isInFile)
    }
  }

  /// Returns when the next article may be taken, or at a stop.
  mutating func waitForRate() {
    let pause = rateLimit.take(chain.rate, at: .now)
    if pause <= .zero { return }
    flush()
    let due = ContinuousClock.now + pause
    while .now < due, !isToStop { queue.waitForHalt(until: due, abortsOnly: isInFile) }
  }

  /// Returns when there is enough of it and nobody has paused the intake, or at a stop.
  mutating func waitForSpace() {
    waitForOperator()
    waitForMemory()
    guard let first = freeSpace.shortage() else { return }
    flush()
    log.warning("\(first)")
    let pipeline = String(decoding: lane.places.pipeline, as: UTF8.self)
    counts.setPause(first, of: pipeline)
    while freeSpace.shortage() != nil, !isToStop {
      queue.waitForHalt(until: .now + .milliseconds(500), abortsOnly: isInFile)
    }
    counts.setPause(nil, of: pipeline)
    if !isToStop { log.notice("there is free space again: intake goes on") }
  }

  /// Returns when there is memory, or nothing in flight that would give any back, or at a stop.
  private mutating func waitForMemory() {
    guard let excess = memory?.excess else { return }
    flush()
    if chains.underWay == 0 { return }
    let pipeline = String(decoding: lane.places.pipeline, as: UTF8.self)
    counts.setPause(excess, of: pipeline)
    while memory?.excess != nil, chains.underWay > 0, !isToStop {
      queue.waitForHalt(until: .now + .milliseconds(20), abortsOnly: isInFile)
    }
    counts.setPause(nil, of: pipeline)
  }

  /// Whether nothing more is to be read now: a file in hand goes on to its end unless all is to end.
  var isToStop: Bool { isInFile ? queue.isAborted : queue.isHalted }

  /// Says it once of a file; of very many that wait for the same reason, of the first ones.
  mutating func logOnce(_ notice: String, of name: [UInt8], _ rule: String) {
    guard notices[name] != notice else { return }
    if notices.count > 10_000 { notices = [:] }
    notices[name] = notice
    if toldSince + .seconds(600) < .now { (told, toldSince) = ([:], .now) }
    told[rule, default: 0] += 1
    switch told[rule, default: 0] {
    case ...Self.mostTold: log.warning("\(lane.places.inbox / name) \(notice)")
    case Self.mostTold + 1:
      log.warning("further files in \(lane.places.inbox) wait for the same reason; linecaster why FILE tells of each")
    default: break
    }
  }
}
