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
  public init(workers: Int = availableCores) {
    let monitor = self.monitor
    threads = (0..<max(1, workers)).map { _ in Thread { Self.work(monitor) } }
  }

  private static func work(_ monitor: Monitor<State>) {
    while let lane = monitor.wait({ $0.take() }) { lane.runOne() }
  }

  /// A lane: work goes in, results come out in the order of the work, whichever worker did it.
  ///
  /// - Parameters:
  ///   - window: pieces under way at most, finished ones that wait for an earlier one included.
  ///   - windowBytes: the sum of their costs at most; one piece is always let in.
  ///   - work: runs on any worker.
  public func lane<Input: Sendable, Output: Sendable>(
    window: Int = 1024, windowBytes: Int = 64 << 20, work: @escaping @Sendable (consuming Input) -> Output
  ) -> Lane<Input, Output> {
    Lane(window: window, windowBytes: windowBytes, work: work) { [monitor] lane in
      monitor.signal { $0.add(lane) }
    }
  }

  /// Ends the threads once all work that was put in is done.
  public func stop() {
    monitor.signal { $0.isStopping = true }
    for thread in threads { thread.join() }
  }
}

extension WorkerPool.State {
  fileprivate mutating func add(_ lane: any LaneWork) {
    if let place = waiting.firstIndex(where: { $0.lane === lane }) {
      waiting[place].pieces += 1
    } else {
      waiting.append((lane, 1))
    }
  }

  /// The lane whose turn it is; `.some(nil)` when no work will come; `nil` to wait.
  fileprivate mutating func take() -> (any LaneWork)?? {
    if waiting.isEmpty { return isStopping ? .some(nil) : nil }
    turn = turn < waiting.count ? turn : 0
    let lane = waiting[turn].lane
    waiting[turn].pieces -= 1
    if waiting[turn].pieces == 0 { waiting.remove(at: turn) } else { turn += 1 }
    return lane
  }
}

/// What a worker knows of a lane.
private protocol LaneWork: AnyObject, Sendable {
  func runOne()
}

/// One ordered line of work. Put work in on one thread, take results out on another.
public final class Lane<Input: Sendable, Output: Sendable>: Sendable {
  private struct State {
    var inputs: [Int: (input: Input, cost: Int)] = [:]
    var outputs: [Int: (output: Output, cost: Int)] = [:]
    /// Numbers of the next piece to come in, to run, and to go out.
    var entering = 0
    var running = 0
    var leaving = 0
    var bytes = 0
    var isFinished = false
  }

  private let monitor = Monitor(State())
  private let window: Int
  private let windowBytes: Int
  private let work: @Sendable (consuming Input) -> Output
  private let announce: @Sendable (any LaneWork) -> Void

  fileprivate init(
    window: Int, windowBytes: Int, work: @escaping @Sendable (consuming Input) -> Output,
    announce: @escaping @Sendable (any LaneWork) -> Void
  ) {
    self.window = window
    self.windowBytes = windowBytes
    self.work = work
    self.announce = announce
  }

  /// Puts in a piece of work; waits while the window is full.
  ///
  /// - Parameter cost: bytes it holds.
  public func submit(_ input: Input, cost: Int) {
    monitor.wait { state -> Void? in
      let isFull = state.entering - state.leaving >= window || state.bytes + cost > windowBytes
      if isFull, state.entering > state.leaving { return nil }
      state.inputs[state.entering] = (input, cost)
      state.entering += 1
      state.bytes += cost
      return ()
    }
    announce(self)
  }

  /// Pieces that are in and not out.
  public var underWay: Int { monitor.withLock { $0.entering - $0.leaving } }

  /// No more work will come.
  public func finish() { monitor.signal { $0.isFinished = true } }

  /// Waits for the next result, then takes along whatever else is ready, in order. Empty once the lane is finished.
  public func take(atMost count: Int = .max) -> [Output] {
    let batch = monitor.wait { state -> [Output]? in
      guard state.outputs[state.leaving] != nil else {
        return state.isFinished && state.leaving == state.entering ? [] : nil
      }
      var ready = [Output]()
      while ready.count < count, let (output, cost) = state.outputs.removeValue(forKey: state.leaving) {
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
  fileprivate func runOne() {
    let (number, piece) = monitor.withLock { state in
      defer { state.running += 1 }
      return (state.running, state.inputs.removeValue(forKey: state.running))
    }
    guard let piece else { return }
    let output = work(piece.input)
    monitor.signal { $0.outputs[number] = (output, piece.cost) }
  }
}
