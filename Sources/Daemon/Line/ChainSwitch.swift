import Threads

/// The chains of one pipeline, one after the other. The intake gives every file whole to one of them, and takes the next one
/// up between two files; the commit takes all that one of them made before it turns to the next.
final class ChainSwitch: Sendable {
  private struct State {
    /// The one that files are given to.
    var current: LoadedChain
    /// The one that is to take over with the next file.
    var next: LoadedChain?
    /// Those that the commit has not turned to.
    var lines: [LoadedChain]
    /// The one that the commit is at.
    var committing: LoadedChain?
    var isFinished = false
    /// The file with many articles that is being read.
    var file: [UInt8]?
  }

  private let monitor: Monitor<State>

  init(_ first: LoadedChain) { monitor = Monitor(State(current: first, lines: [first])) }

  var current: LoadedChain { monitor.withLock { $0.current } }
  /// The one that waits for a file to end.
  var next: LoadedChain? { monitor.withLock { $0.next } }
  /// The file with many articles that is being read, which ends with the chain that it began with.
  var file: [UInt8]? { monitor.withLock { $0.file } }

  /// - Returns: one that was to take over and will not.
  func offer(_ next: LoadedChain) -> LoadedChain? {
    monitor.signal { state in
      defer { state.next = next }
      return state.next
    }
  }

  /// Waits until a chain that was offered has taken over.
  func waitUntilCurrent(_ chain: LoadedChain, until deadline: ContinuousClock.Instant) -> Bool {
    monitor.wait(until: deadline) { $0.current === chain || $0.isFinished ? () : nil } != nil
  }

  // MARK: - The intake

  /// Between two files: the chain that takes over, if there is one.
  func takeNext() -> LoadedChain? {
    monitor.signal { state in
      guard let next = state.next else { return nil }
      (state.current, state.next) = (next, nil)
      state.lines.append(next)
      return next
    }
  }

  /// A file with many articles is begun; `nil` for its end.
  func note(file: [UInt8]?) { monitor.signal { $0.file = file } }

  /// No file will come any more.
  func finish() { monitor.signal { $0.isFinished = true } }

  /// After `finish`: one that was to take over and will not.
  func finishedWithoutNext() -> LoadedChain? {
    monitor.withLock { state in
      defer { state.next = nil }
      return state.next
    }
  }

  // MARK: - The commit

  /// The next chain whose products are to be committed; `nil` at the end.
  func nextLine() -> LoadedChain? {
    monitor.wait { state -> LoadedChain?? in
      if state.lines.isEmpty { return state.isFinished ? .some(nil) : nil }
      state.committing = state.lines.removeFirst()
      return state.committing
    }
  }

  /// Articles that are taken in and not committed.
  var underWay: Int {
    let lines = monitor.withLock { [$0.committing].compactMap(\.self) + $0.lines }
    return lines.reduce(0) { $0 + $1.line.underWay }
  }
}
