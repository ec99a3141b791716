/// Threads shared by several queues, round robin, so that a busy queue never starves another.
public final class WorkerPool: Sendable {
  fileprivate struct State {
    /// Queues that have work, and how many pieces.
    var waiting: [(queue: any QueueWork, pieces: Int)] = []
    var turn = 0
    var isStopping = false
  }

  private let monitor = Monitor(State())
  private let threads: [Thread]

  /// - Parameter workers: as many as there are cores; more only makes every sync slower.
  public init(workers: Int = availableCores) throws(ThreadError) {
    let (monitor, count) = (monitor, max(1, workers))
    threads = try Thread.all((0..<count).map { thread in { Self.work(monitor, thread: thread, of: count) } })
  }

  private static func work(_ monitor: Monitor<State>, thread: Int, of workers: Int) {
    while let (queue, pieces) = monitor.wait({ $0.take(workers: workers, thread: thread) }) {
      queue.run(pieces, on: thread) { monitor.withLock { $0.takeMore(of: queue, workers: workers) } }
    }
  }

  /// A queue: work goes in, results come out in the order of the work, whichever worker did it.
  ///
  /// - Parameters:
  ///   - window: pieces under way at most, finished ones that wait for an earlier one included.
  ///   - windowBytes: the sum of their costs at most; one piece is always let in.
  ///   - work: runs on any worker.
  public func queue<Input: Sendable, Output: Sendable>(
    window: Int = 1024, windowBytes: Int = 64 << 20, work: @escaping @Sendable (Input) -> Output
  ) -> OrderedQueue<Input, Output> {
    queue(window: window, windowBytes: windowBytes) { EachPiece(work) }
  }

  /// The same, with work that takes several pieces at once.
  ///
  /// - Parameters:
  ///   - threads: only so many of the pool's threads, the first ones, work for the queue; `nil` for all.
  ///   - makeRunner: called once for each worker that gets work of the queue.
  public func queue<Input: Sendable, Output: Sendable>(
    window: Int = 1024, windowBytes: Int = 64 << 20, threads: Int? = nil,
    makeRunner: @escaping @Sendable () -> any PieceRunner<Input, Output>
  ) -> OrderedQueue<Input, Output> {
    OrderedQueue(window: window, windowBytes: windowBytes, threads: threads ?? .max, makeRunner: makeRunner) {
      [monitor] queue, pieces in
      // Waking a thread costs more than a small article: no more of them than there is work for, if any of them will do.
      if pieces == 1, queue.threads == .max {
        monitor.signalOne { $0.add(queue, pieces) }
      } else {
        monitor.signal { $0.add(queue, pieces) }
      }
    }
  }

  /// Ends the threads once all work that was put in is done.
  public func stop() {
    monitor.signal { $0.isStopping = true }
    for thread in threads { thread.join() }
  }
}

extension WorkerPool.State {
  /// Pieces that a worker takes at a time.
  private static let mostPieces = 8

  fileprivate mutating func add(_ queue: any QueueWork, _ pieces: Int) {
    if let place = waiting.firstIndex(where: { $0.queue === queue }) {
      waiting[place].pieces += pieces
    } else {
      waiting.append((queue, pieces))
    }
  }

  /// The queue whose turn it is and this worker's share; `.some(nil)` when no work will come; `nil` to wait.
  fileprivate mutating func take(workers: Int, thread: Int) -> (queue: any QueueWork, pieces: Int)?? {
    if waiting.isEmpty { return isStopping ? .some(nil) : nil }
    for offset in waiting.indices {
      let place = (turn + offset) % waiting.count
      if thread >= waiting[place].queue.threads { continue }
      turn = place
      return takeShare(at: place, workers: min(workers, waiting[place].queue.threads))
    }
    return nil
  }

  /// More of the queue that a worker is at, where no other queue waits; 0 for none.
  fileprivate mutating func takeMore(of queue: any QueueWork, workers: Int) -> Int {
    guard waiting.count == 1, waiting[0].queue === queue else { return 0 }
    turn = 0
    return takeShare(at: 0, workers: workers).pieces
  }

  private mutating func takeShare(at turn: Int, workers: Int) -> (queue: any QueueWork, pieces: Int) {
    let queue = waiting[turn].queue
    let pieces = min(max(1, waiting[turn].pieces / workers), Self.mostPieces)
    waiting[turn].pieces -= pieces
    if waiting[turn].pieces == 0 { waiting.remove(at: turn) } else { self.turn += 1 }
    return (queue, pieces)
  }
}

/// A queue as workers see it.
protocol QueueWork: AnyObject, Sendable {
  /// How many threads, the first ones, may work for it.
  var threads: Int { get }

  /// Runs so many of the pieces that were announced.
  ///
  /// - Parameter more: asks for more of them; 0 for none.
  func run(_ pieces: Int, on thread: Int, more: () -> Int)
}

/// Runs the pieces of one queue for one worker. Used by one thread at a time.
public protocol PieceRunner<Input, Output>: AnyObject, Sendable {
  associatedtype Input
  associatedtype Output

  /// Runs pieces.
  ///
  /// - Parameters:
  ///   - more: further pieces, where there are some at once; empty for none.
  ///   - done: takes each result, in the order of the pieces.
  func run(_ pieces: [Input], more: () -> [Input], done: (Output) -> Void)
}

/// Work on one piece at a time.
private final class EachPiece<Input: Sendable, Output: Sendable>: PieceRunner {
  private let work: @Sendable (Input) -> Output
  init(_ work: @escaping @Sendable (Input) -> Output) { self.work = work }

  func run(_ pieces: [Input], more: () -> [Input], done: (Output) -> Void) {
    for piece in pieces { done(work(piece)) }
  }
}
