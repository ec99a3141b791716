import Disk
import Logging
import PipelineKit
import Spool
import Threads

/// The thread that removes files that were kept long enough, a few at a time with pauses between, and files that are too
/// large to be removed while somebody waits.
final class RetentionSweeper: Sendable {
  private static let interval = Duration.seconds(300)
  /// While there is more to remove.
  private static let rest = Duration.seconds(1)
  private static let most = 1000

  private struct State {
    var leftovers: [Path] = []
    var isStopping = false
  }

  private let fs: any FileSystem
  private let log: Logger
  private let monitor = Monitor(State())

  init(_ fs: any FileSystem, log: Logger) {
    self.fs = fs
    self.log = log
  }

  func stop() { monitor.signal { $0.isStopping = true } }

  /// - Returns: whether the file will be removed; not after `stop`.
  func remove(_ path: Path) -> Bool {
    monitor.signal { state in
      if !state.isStopping { state.leftovers.append(path) }
      return !state.isStopping
    }
  }

  /// At least one pass, then until `stop`.
  func run(_ retention: Retention) {
    var nextPass = ContinuousClock.now
    while true {
      if nextPass <= .now { nextPass = .now + pass(retention) }
      let isStopping = monitor.wait(until: nextPass) { state in
        state.isStopping || !state.leftovers.isEmpty ? state.isStopping : nil
      }
      let leftovers = monitor.withLock { state in
        defer { state.leftovers = [] }
        return state.leftovers
      }
      for path in leftovers {
        do { try fs.remove(path) } catch { log.warning("\(path) stays behind: \(error)") }
      }
      if isStopping == true { return }
    }
  }

  /// - Returns: the pause until the next one.
  private func pass(_ retention: Retention) -> Duration {
    do {
      let count = try retention.run(now: now(), limit: Self.most)
      if count > 0 { log.info("removed \(count) files that were kept long enough") }
      return count == Self.most ? Self.rest : Self.interval
    } catch {
      log.warning("what was kept long enough stays for now: \(error)")
      return Self.interval
    }
  }
}
