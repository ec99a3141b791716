import Disk
import Logging
import Spool
import StageKit

/// A settlement with what only the log wants to know.
struct Settled: Sendable {
  var settlement: Settlement
  /// Of the article; empty where the input was none.
  var id: [UInt8] = []
  /// Why its pipeline discards it; `nil` where it does not.
  var discarded: String?
  /// Of the file where it is one article, else of the part; empty where nothing was read.
  var contentHash: [UInt8] = []
  /// In a worker.
  var elapsed: Duration = .zero
  /// When its file could be taken; `nil` where nothing was done.
  var ready: ContinuousClock.Instant?
  /// What the memory of the chain says of it; `nil` where it says nothing.
  var status: Duplicates.Status?
  /// How long it was in each stage, in microseconds.
  var stages: [(name: String, microseconds: Int)] = []
}

/// Tells what was committed: of each file at `info`, of each article at `debug`. Used by one thread.
///
/// At `info`, files that come faster than anybody reads are told of in sums.
struct ArticleLog {
  private struct Count {
    var files = 0
    var records = 0
    var setAside = 0
    var discarded = 0
    var failures = 0

    static func += (count: inout Count, other: Count) {
      count.files += other.files
      count.records += other.records
      count.setAside += other.setAside
      count.discarded += other.discarded
      count.failures += other.failures
    }
  }

  /// Files that are told of one by one: so many at once, and so many a second.
  private static let burst = 100.0
  private static let rate = 10.0
  /// Between two sums.
  private static let pause = Duration.seconds(10)

  private let log: Logger
  /// Names, by lane.
  private let pipelines: [String]
  /// Files with many articles that are under way, by claim.
  private var open: [UInt64: Count] = [:]
  private var allowance = burst
  private var lastNote: ContinuousClock.Instant
  /// Files that were not told of one by one.
  private var untold = Count()
  private var sumDue: ContinuousClock.Instant?

  init(_ log: Logger, pipelines: [String], now: ContinuousClock.Instant = .now) {
    self.log = log
    self.pipelines = pipelines
    lastNote = now
  }

  /// When `tellSum` should be called next; `nil` for not before the next `note`.
  var nextDue: ContinuousClock.Instant? { sumDue }

  /// - Returns: records and failures among them.
  mutating func note(
    _ batch: [Settled], at now: ContinuousClock.Instant = .now
  ) -> (records: Int, failures: Int) {
    let passed = (now - lastNote).components
    allowance = min(Self.burst, allowance + Self.rate * (Double(passed.seconds) + Double(passed.attoseconds) * 1e-18))
    lastNote = now
    var sum = Count()
    for settled in batch {
      let count = note(settled)
      sum += count
      let input = settled.settlement.input
      switch settled.settlement.part {
      case .line: open[input.claim, default: Count()] += count
      case .file: tell(input.name, count, settled.settlement.lane, at: now)
      case .end:
        var whole = open.removeValue(forKey: input.claim) ?? Count()
        whole += count
        tell(input.name, whole, settled.settlement.lane, at: now)
      }
    }
    tellSum(at: now)
    return (sum.records, sum.failures)
  }

  /// Tells of the files that were held back, when it is time.
  mutating func tellSum(at now: ContinuousClock.Instant = .now) {
    guard let due = sumDue, due <= now else { return }
    sumDue = nil
    defer { untold = Count() }
    log.info(
      "\(untold.files) more files: taken, \(Self.shown(untold)); --log-level debug tells of each",
      metadata: Self.fields(untold))
  }

  // MARK: - One article

  private func note(_ settled: Settled) -> Count {
    let settlement = settled.settlement
    var count = Count()
    let status: String
    switch settlement.verdict {
    case .record:
      count.discarded = settled.discarded == nil ? 0 : 1
      count.records = 1 - count.discarded
      count.setAside = settlement.outlet == .duplicates ? 1 : 0
      status = settled.discarded.map { "discarded: \($0)" } ?? Self.status(settlement.outlet)
    case .failure(let failure):
      count.failures = 1
      status = "failed"
      let stage = failure.stage.map { " in stage ‘\($0)’" } ?? ""
      log.warning(
        "\(place(of: settlement)) failed\(stage): \(failure.message)",
        metadata: [
          "name": "\(Path.printable(settlement.input.name))", "pipeline": "\(pipelines[settlement.lane])",
          "class": "\(failure.class)",
        ])
    case .nothing: return count
    }
    guard log.logLevel <= .debug else { return count }
    let id = settled.id.isEmpty ? "none" : Path.printable(settled.id)
    let time = settled.elapsed.components
    let milliseconds = Int(time.seconds) * 1000 + Int(time.attoseconds / 1_000_000_000_000_000)
    let line = if case .line(let line) = settlement.part { line } else { 0 }
    log.debug(
      "\(place(of: settlement)): seq \(settlement.sequence), id \(id), \(status), \(milliseconds) ms",
      metadata: [
        "name": "\(Path.printable(settlement.input.name))", "line": .stringConvertible(line),
        "pipeline": "\(pipelines[settlement.lane])", "seq": .stringConvertible(settlement.sequence), "id": "\(id)",
        "status": "\(status)", "milliseconds": .stringConvertible(milliseconds),
      ])
    return count
  }

  private static func status(_ outlet: Outlet) -> String {
    switch outlet {
    case .records: "record"
    case .duplicates: "set aside"
    default: "record in \(Path.printable(outlet.folder))"
    }
  }

  private func place(of settlement: Settlement) -> String {
    let name = Path.printable(settlement.input.name)
    guard case .line(let line) = settlement.part else { return name }
    return "\(name), \(settlement.partName) \(line)"
  }

  // MARK: - One file

  private mutating func tell(_ name: [UInt8], _ count: Count, _ lane: Int, at now: ContinuousClock.Instant) {
    if log.logLevel > .info { return }
    var count = count
    count.files = 1
    if log.logLevel == .info, allowance < 1 {
      untold += count
      if sumDue == nil { sumDue = now + Self.pause }
      return
    }
    allowance -= 1
    log.info(
      "\(Path.printable(name)): taken, \(Self.shown(count))",
      metadata: Self.fields(count).merging(
        ["name": "\(Path.printable(name))", "pipeline": "\(pipelines[lane])"]) { $1 })
  }

  /// “998 records, 2 failures”
  private static func shown(_ count: Count) -> String {
    if count.records + count.discarded + count.failures == 0 { return "it held no articles" }
    func number(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    return number(count.records, "record") + (count.setAside > 0 ? " (\(count.setAside) set aside)" : "")
      + (count.discarded > 0 ? ", \(count.discarded) discarded" : "")
      + (count.failures > 0 ? ", \(number(count.failures, "failure"))" : "")
  }

  private static func fields(_ count: Count) -> Logger.Metadata {
    [
      "files": .stringConvertible(count.files), "records": .stringConvertible(count.records),
      "discarded": .stringConvertible(count.discarded), "failures": .stringConvertible(count.failures),
    ]
  }
}
