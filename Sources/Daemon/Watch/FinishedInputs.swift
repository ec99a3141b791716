import Disk
import PipelineKit
import Spool
import Threads

/// Inputs that were finished not long ago and of which nobody can tell whether they are still being written: the kernel
/// answers for files of the daemon's own user only. The writer tells of them, the watcher looks after them.
final class FinishedInputs: SettledInputs {
  struct Input: Sendable {
    var lane: Int
    /// As it was read.
    var identity: InputIdentity
    /// Where it lies.
    var place: Path
    var part: Settlement.Part
    /// The number of its record; `nil` where it failed or holds many articles.
    var sequence: UInt64?
    var isFailed: Bool
    /// Of many articles.
    var last: Line?
    var finished = ContinuousClock.now
  }

  /// The last line of a file with many articles.
  struct Line: Sendable {
    var number: Int
    /// The number of its record; `nil` where it failed.
    var sequence: UInt64?
    var contentHash: [UInt8]
    /// What is kept of it where it failed.
    var place: Path?
  }

  private struct State {
    /// By claim, until the writer tells of the commit.
    var places: [UInt64: Path] = [:]
    var badLines: [UInt64: (number: Int, place: Path)] = [:]
    var open: [UInt64: Line] = [:]
    /// The watcher does not know of them yet.
    var new: [Input] = []
    /// All that lie where they were put.
    var kept: Set<Path> = []
    var onNew: @Sendable () -> Void = {}
  }

  private let monitor: Monitor<State>

  /// - Parameter inputs: those that were looked after before, the oldest first.
  init(_ inputs: [Input] = []) {
    var state = State()
    state.new = inputs
    state.kept = Set(inputs.map(\.place))
    monitor = Monitor(state)
  }

  /// - Parameter body: called where the watcher is to take what is new.
  func onNew(_ body: @escaping @Sendable () -> Void) { monitor.withLock { $0.onNew = body } }

  // MARK: - On the writer's thread

  func settled(_ input: InputIdentity, _ part: Settlement.Part, at place: Path) {
    guard input.modified != nil else { return }
    monitor.withLock { state in
      if case .line(let number) = part {
        state.badLines[input.claim] = (number, place)
      } else {
        state.places[input.claim] = place
        state.kept.insert(place)
      }
    }
  }

  func keeps(_ place: Path) -> Bool { monitor.withLock { $0.kept.contains(place) } }

  /// After a commit.
  func note(_ batch: [Settled]) {
    let call = monitor.withLock { state -> (@Sendable () -> Void)? in
      let before = state.new.count
      for settled in batch { note(settled, &state) }
      return state.new.count > before ? state.onNew : nil
    }
    call?()
  }

  private func note(_ settled: Settled, _ state: inout State) {
    let settlement = settled.settlement
    let claim = settlement.input.claim
    guard settlement.input.modified != nil else {
      state.open[claim] = nil
      state.badLines[claim] = nil
      return
    }
    var sequence: UInt64?
    if case .record = settlement.verdict { sequence = settlement.sequence }
    var isFailed = false
    if case .failure = settlement.verdict { isFailed = true }
    if case .line(let number) = settlement.part {
      // The last bad line of the batch, which may be a later one.
      let bad = state.badLines[claim]
      state.open[claim] = Line(
        number: number, sequence: sequence, contentHash: settled.contentHash,
        place: bad?.number == number ? bad?.place : nil)
      return
    }
    let last = state.open.removeValue(forKey: claim)
    state.badLines[claim] = nil
    // It was taken away by somebody else.
    guard let place = state.places.removeValue(forKey: claim) else { return }
    var identity = settlement.input
    if case .file = settlement.part, identity.contentHash.isEmpty { identity.contentHash = settled.contentHash }
    state.new.append(
      Input(
        lane: settlement.lane, identity: identity, place: place, part: settlement.part, sequence: sequence,
        isFailed: isFailed, last: last))
  }

  // MARK: - On the watcher's thread

  func takeNew() -> [Input] {
    monitor.withLock { state in
      defer { state.new = [] }
      return state.new
    }
  }

  /// It is not looked after any more, or it lies elsewhere now.
  func forget(_ place: Path) { monitor.withLock { _ = $0.kept.remove(place) } }

  // MARK: - On an intake's thread

  /// - Parameter status: what it is now, where that is the same to a reader; `nil` where it is to be looked at again.
  func watchAgain(_ input: Input, as status: FileStatus?) {
    var input = input
    if let status { (input.identity.size, input.identity.modified) = (status.size, status.modified) }
    let call = monitor.withLock { state in
      state.new.append(input)
      return state.onNew
    }
    call()
  }

  // MARK: - At the end

  /// Removes what was only kept because somebody might have written to it.
  func removeKept(_ fs: some FileSystem, _ spool: Spool) {
    let kept = monitor.withLock { $0.kept }.sorted()
    for places in spool.lanes.map(\.places) where places.removesDone {
      for place in kept where place.below(places.done) != nil {
        guard (try? fs.remove(place)) != nil else { continue }
        FailedDirectory.removeEmpty(place.directory, in: places.done, fs)
      }
    }
  }
}
