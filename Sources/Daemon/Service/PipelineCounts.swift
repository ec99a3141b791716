import Spool
import StageKit

/// What one pipeline did since the start.
struct PipelineCounts: Sendable {
  /// What the time is called that a record takes behind the last stage.
  static let rendering = "record"

  /// Lines for the outbox, those of copies that were set aside among them.
  private(set) var records = 0
  private(set) var setAside = 0
  /// Articles that failed, by class.
  private(set) var failures: [String: Int] = [:]
  /// Articles that it discarded, by reason.
  private(set) var discarded: [String: Int] = [:]
  /// Records by what the memory of the chain says of them.
  private(set) var statuses: [String: Int] = [:]
  /// The same of those that failed.
  private var failedDrops = Latencies()
  /// From the moment that a file could be taken to the line.
  private(set) var drops = Latencies()
  /// By the name of the stage; in the order of the chain.
  private(set) var stages: [(name: String, times: Latencies)] = []

  /// - Parameters:
  ///   - settled: is in its outlet.
  ///   - seconds: of the clock of `now`, that never goes back.
  mutating func add(_ settled: Settled, at now: ContinuousClock.Instant, seconds: Int64) {
    switch settled.settlement.verdict {
    case .nothing: return
    case .failure(let failure): failures[failure.class, default: 0] += 1
    case .record:
      if let reason = settled.discarded {
        discarded[reason, default: 0] += 1
      } else {
        records += 1
        if settled.settlement.outlet == .duplicates { setAside += 1 }
        if let status = settled.status { statuses[status.rawValue, default: 0] += 1 }
      }
    }
    if let ready = settled.ready {
      let time = (now - ready).microseconds
      drops.add(microseconds: time, at: seconds)
      if case .failure = settled.settlement.verdict { failedDrops.add(microseconds: time, at: seconds) }
    }
    for (place, stage) in settled.stages.enumerated() {
      if !stages.indices.contains(place) || stages[place].name != stage.name {
        // Another chain is in force: what its stages share with the old one goes on.
        let times = stages.first { $0.name == stage.name }?.times ?? Latencies()
        stages.removeAll { $0.name == stage.name }
        stages.insert((stage.name, times), at: min(place, stages.count))
      }
      stages[place].times.add(microseconds: stage.microseconds, at: seconds)
    }
  }

  /// Articles that came to their end in the last minutes, and those of them that failed.
  mutating func recentEnds(at seconds: Int64) -> (all: UInt64, failed: UInt64) {
    (drops.recent([], at: seconds).count, failedDrops.recent([], at: seconds).count)
  }

  /// Articles that came to their end in the last minutes, and how many seconds those are.
  mutating func recent(at seconds: Int64, since start: Int64) -> (articles: UInt64, seconds: Int64) {
    (drops.recent([], at: seconds).count, drops.window(at: seconds, since: start))
  }
}

extension Duration {
  fileprivate var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
