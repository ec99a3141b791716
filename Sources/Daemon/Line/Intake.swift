import ArticleIO
import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import StageKit
import Threads
import Workers

/// One pipeline's thread that claims and reads files: it takes ready names and gives out pieces of work, in claim order.
struct Intake {
  private let fs: any FileSystem
  private let spool: Spool
  private let lane: Spool.Lane
  private let counters: SpoolCounters
  private let queue: ReadyQueue
  private let chains: ChainSwitch
  /// The one that takes the files now.
  private var chain: LoadedChain
  private let settle: Duration
  private let finished: FinishedInputs?
  private let log: Logger
  private let counts: RunCounts
  private let number: Int
  private var freeSpace: FreeSpace
  /// Whether a file with many articles is being read, which goes on to its end when the intake is to halt.
  private var isInFile = false

  /// A claim that changed while it was read, or could not be read.
  private struct Later {
    var claim: Claim
    var seen: FileStatus?
    /// Times that the disk failed.
    var attempts = 0
  }

  /// Pieces that are not submitted yet: waking a thread for several small articles at once is cheaper.
  private var buffered: [OrderedQueue<Piece, Product>.Entry] = []
  private var bufferedBytes = 0
  private var again = Agenda<Later>()
  private var held = HeldNames()
  private var lateProducers = LateProducers()
  private let obstacles: ObstacleSearch
  /// Times in a row that space, descriptors or memory were short.
  private var troubles = 0
  /// A file whose disk failed as often is left to the next start, where this run is to end.
  private static let mostAttempts = 8
  private var notices: [[UInt8]: String] = [:]
  /// How many files were said to wait, by what is in their way.
  private var told: [String: Int] = [:]
  private static let mostTold = 100
  private var toldSince = ContinuousClock.now
  /// Names that were taken up and not claimed.
  private var left: Set<[UInt8]> = []
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
    for claim in lane.leftovers where !queue.isHalted { reopen(claim, seen: nil) }
    flush()
    var names = 0
    while true {
      if queue.count == 0 { flush() }
      takeNextChain()
      switch queue.next(until: nextDue) {
      case .name(let name):
        claim(name)
        names += 1
        // What waits gets its turn while names come without end.
        if names.isMultiple(of: 256) { retryDue() }
      case .late(let input): takeAgain(input)
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

  private var nextDue: ContinuousClock.Instant? { [again.nextDue, held.nextDue].compactMap(\.self).min() }

  // MARK: - To the workers

  /// Call it between two files.
  private mutating func takeNextChain() {
    guard let next = chains.takeNext() else { return }
    flush()
    chain.line.finish()
    chain = next
    freeSpace.wanted = next.minFree
    log.notice("\(String(decoding: lane.places.pipeline, as: UTF8.self)): the chain \(next.digest) is in force")
  }

  /// Keeps the piece until there are enough of them, or nothing more to read at once.
  private mutating func buffer(_ piece: Piece, cost: Int) {
    buffered.append((piece, cost))
    bufferedBytes += cost
    if buffered.count >= 16 || bufferedBytes >= 128 << 10 { flush() }
  }

  /// Call it before work that may take long.
  private mutating func flush() {
    if buffered.isEmpty { return }
    chain.line.submit(buffered)
    buffered.removeAll(keepingCapacity: true)
    bufferedBytes = 0
  }

  // MARK: - Claiming

  private mutating func claim(_ name: [UInt8]) {
    takeNextChain()
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
  private mutating func leave(_ name: [UInt8], _ notice: String, _ rule: String) {
    held.release(name)
    queue.setAside(name)
    logOnce(notice, of: name, rule)
  }

  /// Of very many the first ones do.
  private mutating func noteLeft(_ name: [UInt8]) {
    if left.count < ReadyQueue.capacity { left.insert(name) }
  }

  /// The file stays in the inbox, and is tried again.
  private mutating func hold(_ name: [UInt8], _ error: DiskError) {
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

  private mutating func reopen(_ claim: Claim, seen: FileStatus?, attempts: Int = 0) {
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

  private mutating func retryDue() {
    let now = ContinuousClock.now
    for _ in 0..<Self.mostTries {
      guard let name = held.take(at: now) else { break }
      claim(name)
    }
    while let item = again.take(at: now) { reopen(item.claim, seen: item.seen, attempts: item.attempts) }
  }

  /// Somebody still writes to it, although it was renamed in or quiet for long enough.
  private mutating func settleAgain(_ claim: Claim, _ seen: FileStatus) {
    // Never a busy loop, even where `settle` is zero.
    again.add(Later(claim: claim, seen: seen), due: .now + max(settle, .milliseconds(50)))
  }

  private mutating func tryAgain(_ claim: Claim, _ seen: FileStatus?, attempts: Int) {
    if attempts >= Self.mostAttempts, queue.isFinished {
      counts.leave(1)
      log.error("\(claim.path) could not be read; it is left to the next start")
    } else {
      again.add(Later(claim: claim, seen: seen, attempts: attempts + 1), due: .now + Backoff.pause(attempts))
    }
  }

  // MARK: - Trouble

  /// Gives a disk that is full, or a process without descriptors, longer and longer time; a stop ends it.
  private mutating func pause() {
    flush()
    queue.waitForHalt(until: .now + Backoff.pause(troubles))
    troubles += 1
  }

  /// Returns when there is enough of it, or at a stop.
  private mutating func waitForSpace() {
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

  /// Whether nothing more is to be read now: a file in hand goes on to its end unless all is to end.
  private var isToStop: Bool { isInFile ? queue.isAborted : queue.isHalted }

  // MARK: - Reading

  private mutating func read(_ claim: Claim, _ file: OpenFile, _ status: FileStatus, attempts: Int = 0) {
    // A producer may have opened it while its name was waiting. Now that it has left the inbox, nobody else can.
    let hasWriter = fs.hasWriter(file)
    if hasWriter == true { return settleAgain(claim, status) }
    var input = InputIdentity(claim: claim.number, name: claim.name, inode: status.inode, size: status.size)
    if hasWriter == nil, finished != nil { input.modified = status.modified }
    let kind: InputKind
    do throws(InputError) {
      kind = try InputKind(fileName: claim.name)
      if !kind.format.isCutInLines, status.size > chain.maxInput {
        throw InputError(
          .tooLarge,
          "the file has \(status.size) bytes, more than max_input (\(chain.maxInput)); split it or raise max_input")
      }
    } catch {
      return refuse(input, error)
    }
    do {
      let (fs, limit) = (fs, chain.maxInput)  // for closures, which cannot hold the intake
      if kind.format.isCutInLines {
        let open = { () throws(InputError) -> any ByteSource in FileSource(fs, file) }
        // Only the ends of lines are looked for here.
        let cutter: any ArticleCutter =
          kind.gzipped
          ? chain.host.cut(kind, limit: limit, open: open) : LocalCutter(kind: kind, limit: limit, open: open)
        _ = try readParts(of: cutter, kind, claim, file, status, input)
      } else {
        let bytes = try fs.readAll(file, limit: limit + 1)
        let after = try fs.status(of: file)
        guard after.isUnchanged(since: status) else { return settleAgain(claim, after) }
        if kind.mayHoldMany(bytes) {
          let cutter = chain.host.cut(kind, limit: limit) { () throws(InputError) in BytesInMemory(bytes) }
          if try readParts(of: cutter, kind, claim, file, status, input) { return }
        }
        var ticket = Ticket(input: input, part: .file, sequence: counters.takeSequence())
        ticket.supersedes = claim.superseded(byLine: 0)
        buffer(.file(ticket, bytes, kind), cost: bytes.count)
      }
    } catch {
      log.warning("\(claim.path) cannot be read now: \(error)")
      tryAgain(claim, nil, attempts: attempts)
    }
  }

  private mutating func refuse(_ input: InputIdentity, _ error: InputError) {
    let failure = Failure(stage: nil, class: error.class, message: error.message)
    let ticket = Ticket(input: input, part: .file, sequence: counters.takeSequence())
    buffer(.settled(ticket, failure), cost: 0)
  }

  /// Sends the lines, or items, of a file off one by one. The last is held back until it is sure that it is the last.
  ///
  /// - Returns: `false` where the file is one article, of which nothing was sent.
  private mutating func readParts(
    of cutter: any ArticleCutter, _ kind: InputKind, _ claim: Claim, _ file: OpenFile, _ status: FileStatus,
    _ input: InputIdentity
  ) throws(DiskError) -> Bool {
    try lane.claimer.makeDurable(claim)
    chains.note(file: claim.name)
    isInFile = true
    defer {
      isInFile = false
      chains.note(file: nil)
    }
    var held: ArticleFeed.Item?
    var settled = claim.settledLines
    var failure: Failure?
    do throws(InputError) {
      parts: while true {
        switch try cutter.next() {
        case .isOne: return false
        case .end(let error):
          if let error, !kind.format.isCutInLines, held == nil, claim.settledLines == 0 {
            // What cannot be cut is a file like any other, and the worker says why; but for one that ends its worker.
            guard [FailureClass.crashed, .killed].map(\.rawValue).contains(error.class) else { return false }
            refuse(input, error)
            return true
          }
          failure = error.map { Failure(stage: nil, class: $0.class, message: $0.message) }
          break parts
        case .part(let item):
          waitForSpace()
          if queue.isAborted { return true }
          if item.line <= claim.settledLines { continue }
          if let held { settled = send(held, kind, claim, input) }
          held = item
        }
      }
    } catch {
      failure = Failure(stage: nil, class: error.class, message: error.message)
    }
    let after = try fs.status(of: file)
    if !after.isUnchanged(since: status) {
      settleAgain(claim.continued(after: settled), after)
      return true
    }
    if let held { settled = send(held, kind, claim, input) }
    var end = Ticket(input: input, part: .end)
    // An earlier run knew the last line.
    if settled > 0, settled == claim.settledLines { end.input.modified = nil }
    buffer(.settled(end, failure), cost: 0)
    return true
  }

  /// - Returns: the line's number.
  private mutating func send(
    _ item: ArticleFeed.Item, _ kind: InputKind, _ claim: Claim, _ input: InputIdentity
  ) -> Int {
    var ticket = Ticket(
      input: input, part: .line(item.line), partName: kind.format.part, sequence: counters.takeSequence())
    ticket.supersedes = claim.superseded(byLine: item.line)
    switch item {
    case .article(let raw): buffer(.line(ticket, raw), cost: raw.bytes.count)
    case .badLine(_, let error):
      buffer(.settled(ticket, Failure(stage: nil, class: error.class, message: error.message)), cost: 0)
    }
    return item.line
  }

  // MARK: - Late writes

  /// Takes an input again that was finished too early.
  private mutating func takeAgain(_ input: FinishedInputs.Input) {
    takeNextChain()
    waitForSpace()
    if queue.isHalted { return }
    flush()
    guard let file = try? fs.open(input.place, for: .reading) else {
      finished?.forget(input.place)
      return
    }
    defer { fs.close(file) }
    guard let status = try? fs.status(of: file), status.inode == input.identity.inode else { return }
    do throws(InputError) {
      guard let change = try LateLook(input, file, status, fs, chain.host, maxInput: chain.maxInput).change() else {
        // Only its times were set.
        finished?.watchAgain(input, as: status)
        return
      }
      lateProducers.tell(of: lane.places.inbox / input.identity.name, owner: status.owner, log)
      takeAgain(input, change)
    } catch {
      log.warning("\(input.place) was written to after it was taken, and cannot be read now: \(error.message)")
      finished?.watchAgain(input, as: nil)
    }
  }

  private mutating func takeAgain(_ input: FinishedInputs.Input, _ change: LateLook.Change) {
    let note = RevisionNote(
      pipeline: lane.places.pipeline, name: input.identity.name, inode: input.identity.inode, place: input.place,
      outdated: change.outdated, supersedes: change.supersedes, line: change.line, settledLines: change.settledLines)
    do throws(SpoolError) {
      let claim = try spool.takeAgain(note, lane: number)
      finished?.forget(input.place)
      if let claim { reopen(claim, seen: nil) }
    } catch {
      log.warning("\(input.place) was written to after it was taken, and cannot be taken again now: \(error)")
      finished?.watchAgain(input, as: nil)
    }
  }

  /// Says it once of a file; of very many that wait for the same reason, of the first ones.
  private mutating func logOnce(_ notice: String, of name: [UInt8], _ rule: String) {
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

extension Claim {
  /// The number of the record that a line of it takes the place of, or with 0 the whole file.
  fileprivate func superseded(byLine line: Int) -> UInt64? { revision?.line == line ? revision?.supersedes : nil }
}

extension ArticleFeed.Item {
  /// From 1; 0 for a file that is one article.
  var line: Int {
    switch self {
    case .article(let raw): raw.line ?? 0
    case .badLine(let line, _): line
    }
  }
}
