import PipelineKit
import Threads

/// Names of one inbox that are ready, in order, from the watcher to the lane's intake. Bounded.
final class ReadyQueue: Sendable {
  /// Names at most.
  static let capacity = 8192
  /// Inputs at most that an operator wants to be taken again; a stop forgets them, and they stay where they are.
  static let mostAgain = 64

  private struct State {
    /// With the time that each was added.
    var names: [(name: [UInt8], since: ContinuousClock.Instant)] = []
    var head = 0
    var queued: Set<[UInt8]> = []
    var setAside: Set<[UInt8]> = []
    var late: [FinishedInputs.Input] = []
    var again: [InputAgain] = []
    /// Of those that were given out, as long as whoever has them did not come back.
    var takingAgain = 0
    var end: End?
    var isWoken = false

    mutating func take() -> (name: [UInt8], since: ContinuousClock.Instant)? {
      if head == names.count { return nil }
      defer { head += 1 }
      let taken = names[head]
      queued.remove(taken.name)
      if head > 1024, head * 2 > names.count {
        names.removeFirst(head)
        head = 0
      }
      return taken
    }
  }

  private enum End {
    /// What is queued is still to be taken.
    case finished
    /// Nothing more is to be taken; a file in hand is still read to its end.
    case halted
    case aborted
  }

  enum Item: Sendable {
    /// A file, and since when it is ready.
    case name([UInt8], since: ContinuousClock.Instant)
    /// An input that was finished, and written to since.
    case late(FinishedInputs.Input)
    /// Some that an operator wants to go through the chain of now.
    case again([InputAgain])
    /// Nothing more will come.
    case end
  }

  private let monitor = Monitor(State())
  private let capacity: Int

  init(capacity: Int = ReadyQueue.capacity) { self.capacity = capacity }

  /// - Returns: whether there was room for all of them.
  @discardableResult
  func add(_ names: [[UInt8]]) -> Bool {
    if names.isEmpty { return true }
    let now = ContinuousClock.now
    return monitor.signal { state in
      for name in names where !state.queued.contains(name) {
        if state.queued.count >= capacity { return false }
        state.queued.insert(name)
        state.names.append((name, now))
      }
      return true
    }
  }

  /// They come after all that is ready.
  ///
  /// - Returns: how many there was room for, from the first on.
  func add(again inputs: [InputAgain]) -> Int {
    monitor.signal { state in
      let fitting = state.end == nil ? inputs.prefix(Self.mostAgain - state.again.count) : []
      state.again += fitting
      return fitting.count
    }
  }

  /// Inputs that wait to be taken again, or are about to be claimed for that.
  var countAgain: Int { monitor.withLock { $0.again.count + $0.takingAgain } }

  func add(late input: FinishedInputs.Input) { monitor.signal { $0.late.append(input) } }

  /// Names that could not be claimed for a reason that lies with them: scans leave them out for a while.
  func setAside(_ name: [UInt8]) {
    monitor.withLock { state in
      if state.setAside.count >= 100_000 { state.setAside = [] }
      state.setAside.insert(name)
    }
  }

  var namesSetAside: Set<[UInt8]> { monitor.withLock { $0.setAside } }
  func forgetSetAside() { monitor.withLock { $0.setAside = [] } }

  /// The names that are queued, in order.
  var rest: [[UInt8]] { monitor.withLock { $0.names[$0.head...].map(\.name) } }
  /// Names that are queued.
  var count: Int { monitor.withLock { $0.queued.count } }
  var room: Int { capacity - count }
  /// How long the first has been ready.
  var oldest: Duration? {
    monitor.withLock { $0.head < $0.names.count ? .now - $0.names[$0.head].since : nil }
  }

  func contains(_ name: [UInt8]) -> Bool { monitor.withLock { $0.queued.contains(name) } }
  /// No name will be added.
  var isFinished: Bool { monitor.withLock { $0.end != nil } }
  var isAborted: Bool { monitor.withLock { $0.end == .aborted } }
  /// No name will be taken.
  var isHalted: Bool { monitor.withLock { $0.end == .halted || $0.end == .aborted } }

  func halt() { monitor.signal { if $0.end != .aborted { $0.end = .halted } } }
  func finish() { monitor.signal { if $0.end == nil { $0.end = .finished } } }
  func abort() { monitor.signal { $0.end = .aborted } }

  /// Waits; a halt ends it early, or an abort alone.
  func waitForHalt(until deadline: ContinuousClock.Instant, abortsOnly: Bool = false) {
    _ = monitor.wait(until: deadline) { $0.end == .aborted || !abortsOnly && $0.end == .halted ? () : nil }
  }

  /// Lets whoever waits for the next name look around.
  func wake() { monitor.signal { $0.isWoken = true } }

  /// The next name; `nil` where the deadline passes first, or at a call.
  func next(until deadline: ContinuousClock.Instant?) -> Item? {
    let take: (inout State) -> Item?? = { state in
      state.takingAgain = 0
      if state.end == .halted || state.end == .aborted { return .end }
      if state.isWoken {
        state.isWoken = false
        return .some(nil)
      }
      if !state.late.isEmpty { return .late(state.late.removeFirst()) }
      if let (name, since) = state.take() { return .name(name, since: since) }
      if state.end == nil, !state.again.isEmpty {
        // Together they cost little more than one.
        defer { state.again = [] }
        state.takingAgain = state.again.count
        return .again(state.again)
      }
      return state.end == nil ? nil : .end
    }
    if let deadline { return monitor.wait(until: deadline, take) ?? nil }
    return monitor.wait(take)
  }
}
