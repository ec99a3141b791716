import Logging
import PipelineKit
import Spool

/// The thread that removes what was kept long enough: a little at a time, and then a rest.
final class Retainer: Sendable {
  private static let interval = Duration.seconds(300)
  /// While there is more to remove.
  private static let rest = Duration.seconds(1)
  private static let most = 1000

  private let retention: Retention
  private let log: Logger
  private let isStopping = Monitor(false)

  init(_ retention: Retention, log: Logger) {
    self.retention = retention
    self.log = log
  }

  func stop() { isStopping.signal { $0 = true } }

  /// At least one pass, then until `stop`.
  func run() {
    repeat {
      var pause = Self.interval
      do {
        let count = try retention.run(now: now(), limit: Self.most)
        if count > 0 { log.info("removed \(count) files that were kept long enough") }
        if count == Self.most { pause = Self.rest }
      } catch {
        log.warning("what was kept long enough stays for now: \(error)")
      }
      _ = isStopping.wait(until: .now + pause) { $0 ? () : nil }
    } while !isStopping.withLock { $0 }
  }
}
