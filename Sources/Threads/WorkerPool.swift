/// Threads shared by several lanes, round robin, so that a busy lane never starves another.
public final class WorkerPool: Sendable {
  fileprivate struct State {
    /// Lanes that have work, and how many pieces.
    var waiting: [(lane: any LaneWork, pieces: Int)] = []
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
    while let (lane, pieces) = monitor.wait({ $0.take(workers: workers) }) {
      lane.run(pieces, on: thread) { monitor.withLock { $0.takeMore(of: lane, workers: workers) } }
    }
  }

  /// A lane: work goes in, results come out in the order of the work, whichever worker did it.
  ///
  /// - Parameters:
  ///   - window: pieces under way at most, finished ones that wait for an earlier one included.
  ///   - windowBytes: the sum of their costs at most; one piece is always let in.
  ///   - work: runs on any worker.
  public func lane<Input: Sendable, Output: Sendable>(
    window: Int = 1024, windowBytes: Int = 64 << 20, work: @escaping @Sendable (Input) -> Output
  ) -> Lane<Input, Output> {
    lane(window: window, windowBytes: windowBytes) { EachPiece(work) }
  }

  /// The same, with work that takes several pieces at once.
  ///
  /// - Parameter makeRunner: called once for each worker that gets work of the lane.
  public func lane<Input: Sendable, Output: Sendable>(
    window: Int = 1024, windowBytes: Int = 64 << 20,
    makeRunner: @escaping @Sendable () -> any PieceRunner<Input, Output>
  ) -> Lane<Input, Output> {
    Lane(window: window, windowBytes: windowBytes, makeRunner: makeRunner) { [monitor] lane, pieces in
      // Waking a thread costs more than a small article: no more of them than there is work for.
      if pieces == 1 {
        monitor.signalOne { $0.add(lane, pieces) }
      } else {
        monitor.signal { $0.add(lane, pieces) }
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

  fileprivate mutating func add(_ lane: any LaneWork, _ pieces: Int) {
    if let place = waiting.firstIndex(where: { $0.lane === lane }) {
      waiting[place].pieces += pieces
    } else {
      waiting.append((lane, pieces))
    }
  }

  /// The lane whose turn it is and this worker's share; `.some(nil)` when no work will come; `nil` to wait.
  fileprivate mutating func take(workers: Int) -> (lane: any LaneWork, pieces: Int)?? {
    if waiting.isEmpty { return isStopping ? .some(nil) : nil }
    turn = turn < waiting.count ? turn : 0
    return takeShare(at: turn, workers: workers)
  }

  /// More of the lane that a worker is at, where no other lane waits; 0 for none.
  fileprivate mutating func takeMore(of lane: any LaneWork, workers: Int) -> Int {
    guard waiting.count == 1, waiting[0].lane === lane else { return 0 }
    turn = 0
    return takeShare(at: 0, workers: workers).pieces
  }

  private mutating func takeShare(at turn: Int, workers: Int) -> (lane: any LaneWork, pieces: Int) {
    let lane = waiting[turn].lane
    let pieces = min(max(1, waiting[turn].pieces / workers), Self.mostPieces)
    waiting[turn].pieces -= pieces
    if waiting[turn].pieces == 0 { waiting.remove(at: turn) } else { self.turn += 1 }
    return (lane, pieces)
  }
}

/// What a worker knows of a lane.
private protocol LaneWork: AnyObject, Sendable {
  /// Runs so many of the pieces that were announced.
  ///
  /// - Parameter more: asks for more of them; 0 for none.
  func run(_ pieces: Int, on thread: Int, more: () -> Int)
}

/// What one worker runs the pieces of one lane with. Used by one thread at a time.
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

private final class EachPiece<Input: Sendable, Output: Sendable>: PieceRunner {
  private let work: @Sendable (Input) -> Output
  init(_ work: @escaping @Sendable (Input) -> Output) { self.work = work }

  func run(_ pieces: [Input], more: () -> [Input], done: (Output) -> Void) {
    for piece in pieces { done(work(piece)) }
  }
}

/// One ordered line of work. Put work in on one thread, take results out on another.
public final class Lane<Input: Sendable, Output: Sendable>: Sendable {
  private struct State {
    var inputs = NumberedElements<Entry>()
    var outputs = NumberedElements<(output: Output, cost: Int)>()
    /// Numbers of the next piece to come in, to run, and to go out.
    var entering = 0
    var running = 0
    var leaving = 0
    var bytes = 0
    var isFinished = false
    /// By thread.
    var runners: [Int: any PieceRunner<Input, Output>] = [:]
  }

  private let monitor = Monitor(State())
  private let window: Int
  private let windowBytes: Int
  private let makeRunner: @Sendable () -> any PieceRunner<Input, Output>
  private let announce: @Sendable (any LaneWork, Int) -> Void

  fileprivate init(
    window: Int, windowBytes: Int, makeRunner: @escaping @Sendable () -> any PieceRunner<Input, Output>,
    announce: @escaping @Sendable (any LaneWork, Int) -> Void
  ) {
    self.window = window
    self.windowBytes = windowBytes
    self.makeRunner = makeRunner
    self.announce = announce
  }

  /// A piece of work on its way in.
  public typealias Entry = (input: Input, cost: Int)

  /// Puts in a piece of work; waits while the window is full.
  ///
  /// - Parameter cost: bytes it holds.
  public func submit(_ input: Input, cost: Int) { submit([(input, cost)]) }

  /// Puts in several pieces, in this order; waits while the window is full.
  public func submit(_ entries: [Entry]) {
    var next = 0
    while next < entries.count {
      let first = next
      next = monitor.wait { state -> Int? in
        var next = first
        while next < entries.count, hasRoom(state, for: entries[next].cost) {
          state.inputs.put(entries[next], at: state.entering)
          state.entering += 1
          state.bytes += entries[next].cost
          next += 1
        }
        return next == first ? nil : next
      }
      announce(self, next - first)
    }
  }

  private func hasRoom(_ state: State, for cost: Int) -> Bool {
    let underWay = state.entering - state.leaving
    return underWay == 0 || underWay < window && state.bytes + cost <= windowBytes
  }

  /// Pieces that are in and not out.
  public var underWay: Int { monitor.withLock { $0.entering - $0.leaving } }

  /// No more work will come.
  public func finish() { monitor.signal { $0.isFinished = true } }

  /// Waits for the next result, then takes along whatever else is ready, in order. Empty once the lane is finished.
  public func take(atMost count: Int = .max) -> [Output] {
    let batch = monitor.wait { state -> [Output]? in
      guard state.outputs.holds(state.leaving) else {
        return state.isFinished && state.leaving == state.entering ? [] : nil
      }
      var ready = [Output]()
      while ready.count < count, let (output, cost) = state.outputs.take(state.leaving) {
        ready.append(output)
        state.leaving += 1
        state.bytes -= cost
      }
      return ready
    }
    if !batch.isEmpty { monitor.signal { _ in } }
    return batch
  }
}

extension Lane: LaneWork {
  /// Bytes of results after which the one who takes them is woken; else when nothing more of this share is under way.
  private var largeResult: Int { 64 << 10 }

  fileprivate func run(_ pieces: Int, on thread: Int, more: () -> Int) {
    // What is under way here: numbers and costs, in order.
    var underWay: [(number: Int, cost: Int)] = []
    var next = 0
    var bytes = 0
    func take(_ count: Int) -> [Input] {
      monitor.withLock { state in
        let inputs = (0..<count).compactMap { _ -> Input? in
          defer { state.running += 1 }
          guard let entry = state.inputs.take(state.running) else { return nil }
          underWay.append((state.running, entry.cost))
          return entry.input
        }
        return inputs
      }
    }
    let first = take(pieces)
    runner(on: thread).run(first, more: { take(more()) }) { output in
      guard next < underWay.count else { return }
      let (number, cost) = underWay[next]
      next += 1
      bytes += cost
      let put: (inout State) -> Void = { $0.outputs.put((output, cost), at: number) }
      if next == underWay.count || bytes >= largeResult {
        monitor.signal(put)
        bytes = 0
      } else {
        monitor.withLock(put)
      }
    }
  }

  private func runner(on thread: Int) -> any PieceRunner<Input, Output> {
    if let runner = monitor.withLock({ $0.runners[thread] }) { return runner }
    let runner = makeRunner()
    monitor.withLock { $0.runners[thread] = runner }
    return runner
  }
}
