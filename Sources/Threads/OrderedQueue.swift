/// One ordered line of work. Put work in on one thread, take results out on another.
public final class OrderedQueue<Input: Sendable, Output: Sendable>: Sendable {
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
  let threads: Int
  private let makeRunner: @Sendable () -> any PieceRunner<Input, Output>
  private let announce: @Sendable (any QueueWork, Int) -> Void

  init(
    window: Int, windowBytes: Int, threads: Int, makeRunner: @escaping @Sendable () -> any PieceRunner<Input, Output>,
    announce: @escaping @Sendable (any QueueWork, Int) -> Void
  ) {
    self.window = window
    self.windowBytes = windowBytes
    self.threads = max(1, threads)
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

  /// Waits for the next result, then takes along whatever else is ready, in order. Empty once the queue is finished.
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

extension OrderedQueue: QueueWork {
  /// Bytes of results after which the taker is woken; with fewer it is woken when this share is done.
  private var largeResult: Int { 64 << 10 }

  func run(_ pieces: Int, on thread: Int, more: () -> Int) {
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
