import PipelineKit
import Synchronization

/// One slot of a pool for one chain: hands articles to a worker process, and decides what an article is guilty of when the
/// process dies.
///
/// The article in hand when a worker faults is accused: it runs once more, alone, in a fresh worker, and a second death fails it.
/// Others that were on their way run again. A death that somebody else caused accuses nobody.
public final class ChainWorker: Sendable {
  private let process: ChainProcess
  /// How long an article may take; a worker looks at its own clock before that.
  private let deadline: Duration
  private let routing: Routing
  /// Articles that a worker takes at once: the first of them is answered when all are.
  private let atOnce: Int
  private let state = Mutex<State>(State())

  private struct State: ~Copyable {
    var connection: WorkerConnection?
    /// When the connection's worker was asked for, and whether it is confined and takes articles now.
    var made = ContinuousClock.now
    var isReady = false
    /// Workers in a row that ended before they were.
    var failedStarts = 0
    /// What it has done.
    var articles = 0
    var bytes = 0
  }

  /// How much longer than the deadline a worker has to stop by itself.
  static func grace(after deadline: Duration) -> Duration {
    min(.milliseconds(500), max(.milliseconds(20), deadline / 5))
  }
  /// Requests, and bytes of them, that may wait in a worker's socket behind the one in hand.
  static let (mostOnTheWay, mostBytesOnTheWay) = (16, 256 << 10)
  /// A worker is replaced after as many articles, or bytes of them: what leaks does not grow without bound.
  static let (mostArticles, mostBytes) = (10_000, 512 << 20)
  /// Deaths from outside that an article may meet.
  static let mostOutsideDeaths = 5

  /// - Parameters:
  ///   - routing: the pipeline's rules, which say where its lines can go.
  ///   - atOnce: articles that a worker takes together.
  public init(_ process: ChainProcess, deadline: Duration, routing: Routing = Routing(), atOnce: Int = 1) {
    self.atOnce = atOnce
    self.process = process
    self.deadline = deadline
    self.routing = routing
  }

  /// Runs articles in their order.
  ///
  /// - Parameters:
  ///   - more: more articles for this worker, that need not be waited for.
  ///   - done: takes the outcome of each, in the same order.
  public func run(_ works: [ArticleWork], more: () -> [ArticleWork], done: (WorkOutcome) -> Void) {
    state.withLock { state in
      var batch = Batch(works, atOnce: atOnce)
      while !batch.isEmpty {
        guard let connection = connection(&state) else {
          // The chain ended for good: whoever stops it does not take outcomes.
          done(.failure(Self.stopped))
          batch.removeFirst()
          continue
        }
        if batch.startsWithSuspect, state.articles > 0 {
          release(&state)
          continue
        }
        sendWhatFits(&batch, connection)
        switch connection.next(until: limit(batch, state)) {
        case .answer(.outcome(let outcome)) where outcome.fits(routing):
          state.articles += 1
          state.bytes += batch.removeFirst()
          done(outcome)
          batch.beginFirst()
          if batch.unsent == 0 { batch.add(more()) }
        case .answer(.ready(let report)):
          process.note(report)
          // Until now the article waited for its worker.
          if !state.isReady { batch.beginFirst() }
          (state.isReady, state.failedStarts) = (true, 0)
        case .drained: continue
        case .answer:
          batch.accuse(.crashed("sent an answer that nobody asked for, or that its pipeline does not know"))
          drop(&state)
        case .nonsense(let message):
          batch.accuse(.crashed("sent what no worker sends: \(message)"))
          drop(&state)
        case .timeout:
          connection.kill()
          let end = process.end(of: connection)
          if state.isReady {
            batch.accuse(.overdue, in: end.stage, at: batch.inHand(end, answered: state.articles))
          } else {
            retryStart(&state, end)
          }
          state.connection = nil
        case .ended:
          let end = process.end(of: connection)
          if state.isReady {
            batch.blame(end, at: batch.inHand(end, answered: state.articles))
          } else {
            retryStart(&state, end)
          }
          state.connection = nil
        }
        if let failure = batch.verdict(deadline) {
          batch.removeFirst()
          done(.failure(failure))
        }
        // An accused article runs alone, in a fresh worker; so do those behind it.
        if state.connection == nil { batch.takeBack() }
      }
      recycle(&state)
    }
  }

  /// When whoever waits for the worker has waited long enough. Ask once its first article is on the way.
  private func limit(_ batch: Batch, _ state: borrowing State) -> ContinuousClock.Instant? {
    if !state.isReady { return state.made + process.startPatience }
    return batch.began.map { $0 + deadline * atOnce + Self.grace(after: deadline) }
  }

  private static let stopped = WorkFailure(stage: nil, class: .stopped, message: "the chain does not run any more")

  private func connection(_ state: inout State) -> WorkerConnection? {
    if state.connection == nil {
      state.connection = process.waitForWorker()
      (state.made, state.isReady, state.articles, state.bytes) = (.now, false, 0, 0)
    }
    return state.connection
  }

  /// A worker that ended before it took an article says nothing of any: another one is tried, after longer and longer time.
  private func retryStart(_ state: inout State, _ end: WorkerEnd) {
    state.failedStarts += 1
    if !end.cameFromOutside {
      process.log("a worker \(end.words) before it was confined\(end.lastLine.map { ": \($0)" } ?? "")")
    }
    process.pause(.milliseconds(min(10_000, 5 << min(state.failedStarts, 11))))
  }

  private func sendWhatFits(_ batch: inout Batch, _ connection: WorkerConnection) {
    // Several at a time: each send may wake the worker.
    guard batch.unsent > 0, batch.isHalfDone else { return }
    while batch.unsent > 0, batch.nextMayGo { batch.sendNext { connection.put(.article($0)) } }
    connection.write()
  }

  /// Ends a worker that is of no more use.
  private func drop(_ state: inout State) {
    guard let connection = state.connection else { return }
    connection.kill()
    process.release(connection)
    state.connection = nil
  }

  private func recycle(_ state: inout State) {
    if state.articles >= Self.mostArticles || state.bytes >= Self.mostBytes { release(&state) }
  }

  /// Lets a worker go that has nothing on the way.
  private func release(_ state: inout State) {
    guard let connection = state.connection else { return }
    process.release(connection)
    state.connection = nil
  }
}

/// Articles on their way through one worker, in order: those that were sent, then those that were not.
private struct Batch {
  struct Item {
    let work: ArticleWork
    /// When it became the first, as far as anybody knows; `nil` while it waits.
    var began: ContinuousClock.Instant?
    /// Deaths that it is accused of, and others that it met.
    var crashes = 0
    var overruns = 0
    var outsideDeaths = 0
    var lastCrash = ""
    var lackedMemory = false
    /// In which it crashed, and in which its time was over.
    var crashStage: String?
    var overrunStage: String?

    var isSuspect: Bool { crashes + overruns > 0 }
  }

  enum Charge {
    case crashed(String)
    case overdue
  }

  private var items: ArraySlice<Item>
  private var sent = 0
  private var bytes = 0

  /// Requests that may be on the way.
  private let most: Int

  /// - Parameter atOnce: articles that a worker takes together.
  init(_ works: [ArticleWork], atOnce: Int) {
    items = ArraySlice(works.map { Item(work: $0) })
    // While it has some, others come in.
    most = max(ChainWorker.mostOnTheWay, 2 * atOnce)
  }

  var isEmpty: Bool { items.isEmpty }
  /// When the first one began.
  var began: ContinuousClock.Instant? { items.first?.began }
  var unsent: Int { items.count - sent }

  mutating func add(_ works: [ArticleWork]) { items += works.map { Item(work: $0) } }

  /// Whether a suspect is the next one to run: in a fresh worker.
  var startsWithSuspect: Bool { sent == 0 && items.first?.isSuspect == true }

  /// Whether there is room again for more than one.
  var isHalfDone: Bool {
    sent == 0 || sent <= most / 2 && bytes <= ChainWorker.mostBytesOnTheWay / 2
  }

  /// Whether one more may be sent: a suspect runs alone.
  var nextMayGo: Bool {
    if sent == 0 { return true }
    return items.first?.isSuspect != true && !items[items.startIndex + sent].isSuspect
      && sent < most && bytes < ChainWorker.mostBytesOnTheWay
  }

  /// Which one a worker had in hand when it ended, from 0: it may have finished more than it answered. A worker that says
  /// what is not so has others accused, which then run once more, and in the end itself alone.
  func inHand(_ end: WorkerEnd, answered: Int) -> Int {
    let unanswered = Int(clamping: end.finished) - answered
    return max(0, min(unanswered, sent - 1))
  }

  mutating func sendNext(_ send: (ArticleWork) -> Void) {
    let place = items.startIndex + sent
    send(items[place].work)
    sent += 1
    bytes += items[place].work.byteCount
    if sent == 1 { items[place].began = .now }
  }

  /// - Returns: the bytes of the one that goes.
  @discardableResult mutating func removeFirst() -> Int {
    guard let first = items.popFirst() else { return 0 }
    let count = first.work.byteCount
    if sent > 0 {
      sent -= 1
      bytes -= count
    }
    return count
  }

  /// The one before it is answered: the worker has it in hand now.
  mutating func beginFirst() {
    if sent > 0 { items[items.startIndex].began = .now }
  }

  /// Nothing is on the way any more.
  mutating func takeBack() {
    (sent, bytes) = (0, 0)
    if !items.isEmpty { items[items.startIndex].began = nil }
  }

  /// - Parameter index: from 0, of those that are left.
  mutating func accuse(_ charge: Charge, in stage: String? = nil, at index: Int = 0) {
    guard index < items.count else { return }
    let place = items.startIndex + index
    switch charge {
    case .crashed(let words):
      items[place].crashes += 1
      items[place].lastCrash = words
      items[place].crashStage = stage
    case .overdue:
      items[place].overruns += 1
      items[place].overrunStage = stage
    }
  }

  mutating func blame(_ end: WorkerEnd, at index: Int) {
    guard index < items.count else { return }
    let place = items.startIndex + index
    if end.cameFromOutside {
      items[place].outsideDeaths += 1
      items[place].lastCrash = end.words
    } else {
      accuse(.crashed(end.words + (end.lastLine.map { "; its last words: \($0)" } ?? "")), in: end.stage, at: index)
      if end.lackedMemory { items[place].lackedMemory = true }
    }
  }

  /// Why the first article fails; `nil` where it is to run, or run again.
  func verdict(_ deadline: Duration) -> WorkFailure? {
    guard let item = items.first else { return nil }
    if item.overruns >= 2 {
      return WorkFailure(
        stage: item.overrunStage, class: .deadline,
        message: "the article took longer than its deadline twice, and did not stop by itself; the worker was ended")
    }
    if item.crashes >= 2 || item.crashes + item.overruns >= 2 {
      return item.lackedMemory
        ? WorkFailure(
          stage: item.crashStage, class: .memory,
          message: "the article took more memory than a worker may have, twice: the worker \(item.lastCrash)")
        : WorkFailure(
          stage: item.crashStage, class: .crashed,
          message: "the article ended its worker twice: the worker \(item.lastCrash)")
    }
    if item.outsideDeaths > ChainWorker.mostOutsideDeaths {
      return WorkFailure(
        stage: nil, class: .killed,
        message:
          "\(item.outsideDeaths) workers were ended from outside while they had the article in hand, the last one "
          + item.lastCrash)
    }
    return nil
  }
}
