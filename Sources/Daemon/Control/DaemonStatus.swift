import Bytes
import Disk
import PipelineKit
import Spool
import StageKit
import Workers

/// What a running daemon says of itself.
struct DaemonStatus {
  struct Pipeline {
    var name: String
    /// Files that are ready and wait.
    var queued: Int
    /// How long the one in front has been ready.
    var oldestReady: Duration?
    /// Files that cannot be taken, each for a reason of its own.
    var setAside: Int
    /// What it did since the start.
    var counts: PipelineCounts
    /// Files or parts of files that are under way: taken, and not yet committed.
    var inFlight: Int
    /// Whether nothing is taken in until somebody resumes it.
    var isPausedByOperator: Bool
    /// Free bytes on the disk of its outbox; `nil` where nobody can tell.
    var diskFree: Int?
    /// Why nothing is taken in.
    var pause: String?
    var chain: ChainStatus
    /// Memory of its workers that they share with nobody, about: bytes.
    var workerBytes = 0
    /// Of the chain that takes over with the next file; `nil` where none waits for it.
    var nextDigest: String?
    /// The file with many articles that is being read.
    var file: [UInt8]?
  }

  /// Seconds since 1970.
  var started: Int64
  /// Seconds since then, of a clock that never goes back.
  var seconds: Int64
  var records: Int
  var failures: Int
  /// Seconds since 1970; `nil` for none since the start.
  var lastCommit: Int64?
  var pipelines: [Pipeline]
  /// What stands still, or broke.
  var troubles: [String]
  /// What came of reading the pipelines again; `nil` where that was not done since the start.
  var reload: ReloadOutcome?

  /// Why it is not well, in sentences without a full stop; empty where it is.
  var problems: [String] {
    troubles + pipelines.compactMap { pipeline in pipeline.pause.map { "\(pipeline.name): \($0)" } }
      + pipelines.compactMap { pipeline in
        pipeline.chain.problem.map { "\(pipeline.name): the chain does not run: \($0)" }
      }
      + pipelines.flatMap { pipeline in
        pipeline.chain.plugins.compactMap { plugin in
          plugin.problem.map { "\(pipeline.name): the plugin ‘\(plugin.name)’ does not run: \($0)" }
        }
      }
  }

  /// What workers are not confined by, though they should be.
  var gaps: [String] {
    var seen: [String] = []
    for gap in pipelines.compactMap(\.chain.sandbox).flatMap(\.gaps) where !seen.contains(gap) { seen.append(gap) }
    return seen
  }

  // MARK: - As JSON

  private typealias Member = JSONValue.Member

  var health: [JSONValue.Member] {
    [
      Member(key: "healthy", value: .bool(problems.isEmpty)),
      Member(key: "problems", value: .array(problems.map { .string($0) })),
      Member(key: "oldest_ready_seconds", value: Self.seconds(pipelines.compactMap(\.oldestReady).max())),
      Member(key: "waiting", value: .number("\(pipelines.reduce(0) { $0 + $1.setAside })")),
      Member(key: "failed_share", value: share.map { .number(Self.decimal($0, digits: 4)) } ?? .null),
      Member(key: "last_commit", value: Self.time(lastCommit)),
      Member(key: "workers", value: .number("\(pipelines.reduce(0) { $0 + $1.chain.workers.count })")),
      Member(key: "sandbox", value: .string(sandbox)),
    ]
  }

  /// Of the articles that came to their end in the last minutes, how many failed; `nil` for none.
  private var share: Double? {
    let recent = pipelines.map { pipeline in
      var counts = pipeline.counts
      return counts.recentEnds(at: seconds)
    }
    let all = recent.reduce(0) { $0 + $1.all }
    return all > 0 ? Double(recent.reduce(0) { $0 + $1.failed }) / Double(all) : nil
  }

  /// `whole`, `partial`, or `unknown` while no worker has run yet.
  private var sandbox: String {
    let reports = pipelines.compactMap(\.chain.sandbox)
    return reports.isEmpty ? "unknown" : reports.allSatisfy(\.isWhole) ? "whole" : "partial"
  }

  var whole: [JSONValue.Member] {
    health + [
      Member(key: "version", value: .string(Program.version)), Member(key: "started", value: Self.time(started)),
      Member(key: "records", value: .number("\(records)")),
      Member(key: "failures", value: .number("\(failures)")),
      Member(key: "sandbox_gaps", value: .array(gaps.map { .string($0) })),
      Member(key: "pipelines", value: .array(pipelines.map(object))),
      Member(key: "reload", value: reload.map { .object($0.members) } ?? .null),
    ]
  }

  private func object(_ pipeline: Pipeline) -> JSONValue {
    .object([
      Member(key: "name", value: .string(pipeline.name)), Member(key: "queued", value: .number("\(pipeline.queued)")),
      Member(key: "oldest_ready_seconds", value: Self.seconds(pipeline.oldestReady)),
      Member(key: "in_flight", value: .number("\(pipeline.inFlight)")),
      Member(key: "set_aside", value: .number("\(pipeline.setAside)")),
      Member(key: "records", value: .number("\(pipeline.counts.records)")),
      Member(key: "copies_set_aside", value: .number("\(pipeline.counts.setAside)")),
      Member(key: "duplicates", value: Self.object(pipeline.counts.statuses)),
      Member(key: "failed", value: Self.object(pipeline.counts.failures)),
      Member(key: "discarded", value: Self.object(pipeline.counts.discarded)),
      Member(key: "articles_per_second", value: .number(Self.decimal(rate(pipeline), digits: 2))),
      Member(key: "latency", value: latency(pipeline)),
      Member(key: "paused_by_operator", value: .bool(pipeline.isPausedByOperator)),
      Member(key: "pause", value: pipeline.pause.map { .string($0) } ?? .null),
      Member(key: "parent", value: pipeline.chain.parent.map { .number("\($0)") } ?? .null),
      Member(key: "parent_starts", value: .number("\(pipeline.chain.starts)")),
      Member(key: "workers", value: .array(pipeline.chain.workers.sorted().map { .number("\($0)") })),
      Member(key: "workers_ended", value: .number("\(pipeline.chain.deaths)")),
      Member(key: "digest", value: pipeline.chain.digest.map { .string($0) } ?? .null),
      Member(key: "stages", value: .array(pipeline.chain.stageDigests.map(Self.object))),
      Member(key: "plugins", value: .array(pipeline.chain.plugins.map(Self.object))),
      Member(key: "worker_bytes", value: .number("\(pipeline.workerBytes)")),
      Member(key: "disk_free", value: pipeline.diskFree.map { .number("\($0)") } ?? .null),
      Member(key: "next_digest", value: pipeline.nextDigest.map { .string($0) } ?? .null),
      Member(key: "file", value: pipeline.file.map { .string(Path.printable($0)) } ?? .null),
    ])
  }

  private static func object(_ counts: [String: Int]) -> JSONValue {
    .object(counts.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: .number("\($0.value)")) })
  }

  /// Articles a second in the last minutes.
  private func rate(_ pipeline: Pipeline) -> Double {
    var counts = pipeline.counts
    let recent = counts.recent(at: seconds, since: 0)
    return Double(recent.articles) / Double(recent.seconds)
  }

  /// In the last minutes, in seconds.
  private func latency(_ pipeline: Pipeline) -> JSONValue {
    .object([
      Member(key: "drop_to_line", value: percentiles(pipeline.counts.drops)),
      Member(
        key: "stages",
        value: .object(pipeline.counts.stages.map { Member(key: $0.name, value: percentiles($0.times)) })),
    ])
  }

  private func percentiles(_ latencies: Latencies) -> JSONValue {
    var latencies = latencies
    let shares = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)]
    let found = latencies.recent(shares.map(\.1), at: seconds)
    return .object(
      [Member(key: "count", value: .number("\(found.count)"))]
        + shares.indices.map { index in
          Member(
            key: shares[index].0,
            value: found.microseconds.isEmpty
              ? .null : .number(Self.decimal(found.microseconds[index] / 1_000_000, digits: 6)))
        })
  }

  /// A number that is not negative, with as many digits behind the point.
  static func decimal(_ number: Double, digits: Int) -> String {
    let factor = (0..<digits).reduce(1.0) { factor, _ in factor * 10 }
    let whole = UInt64(max(0, min(number, 1e12)) * factor + 0.5)
    let (before, behind) = whole.quotientAndRemainder(dividingBy: UInt64(factor))
    return "\(before).\(String(repeating: "0", count: max(0, digits - "\(behind)".utf8.count)))\(behind)"
  }

  private static func object(_ stage: StageDigest) -> JSONValue {
    .object([
      Member(key: "stage", value: .string(stage.stage)), Member(key: "digest", value: .string(stage.digest)),
    ])
  }

  private static func object(_ plugin: PluginReport) -> JSONValue {
    func number(_ value: Int) -> JSONValue { .number("\(value)") }
    return .object([
      Member(key: "name", value: .string(plugin.name)), Member(key: "version", value: .string(plugin.version)),
      Member(key: "processes", value: number(plugin.processes)), Member(key: "starts", value: number(plugin.starts)),
      Member(key: "ended", value: number(plugin.ended)), Member(key: "articles", value: number(plugin.articles)),
      Member(
        key: "microseconds_per_article",
        value: plugin.articles > 0 ? number(plugin.microseconds / plugin.articles) : .null),
      Member(key: "problem", value: plugin.problem.map { .string($0) } ?? .null),
    ])
  }

  private static func seconds(_ duration: Duration?) -> JSONValue {
    guard let parts = duration?.components else { return .null }
    return .number("\(parts.seconds).\(parts.attoseconds / 100_000_000_000_000_000)")
  }

  private static func time(_ seconds: Int64?) -> JSONValue { seconds.map { .string(UTC.extended($0)) } ?? .null }
}
