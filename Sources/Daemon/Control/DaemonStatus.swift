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
    /// Articles that it discarded since the start, by reason.
    var discarded: [String: Int]
    /// Why nothing is taken in.
    var pause: String?
    var chain: ChainStatus
    /// Of the chain that takes over with the next file; `nil` where none waits for it.
    var nextDigest: String?
    /// The file with many articles that is being read.
    var file: [UInt8]?
  }

  /// Seconds since 1970.
  var started: Int64
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
      Member(key: "last_commit", value: Self.time(lastCommit)),
      Member(key: "workers", value: .number("\(pipelines.reduce(0) { $0 + $1.chain.workers.count })")),
      Member(key: "sandbox", value: .string(sandbox)),
    ]
  }

  /// `whole`, `partial`, or `unknown` while no worker has run yet.
  private var sandbox: String {
    let reports = pipelines.compactMap(\.chain.sandbox)
    return reports.isEmpty ? "unknown" : reports.allSatisfy(\.isWhole) ? "whole" : "partial"
  }

  var whole: [JSONValue.Member] {
    health + [
      Member(key: "started", value: Self.time(started)), Member(key: "records", value: .number("\(records)")),
      Member(key: "failures", value: .number("\(failures)")),
      Member(key: "sandbox_gaps", value: .array(gaps.map { .string($0) })),
      Member(key: "pipelines", value: .array(pipelines.map(Self.object))),
      Member(key: "reload", value: reload.map { .object($0.members) } ?? .null),
    ]
  }

  private static func object(_ pipeline: Pipeline) -> JSONValue {
    .object([
      Member(key: "name", value: .string(pipeline.name)), Member(key: "queued", value: .number("\(pipeline.queued)")),
      Member(key: "oldest_ready_seconds", value: seconds(pipeline.oldestReady)),
      Member(key: "set_aside", value: .number("\(pipeline.setAside)")),
      Member(
        key: "discarded",
        value: .object(
          pipeline.discarded.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: .number("\($0.value)")) })),
      Member(key: "pause", value: pipeline.pause.map { .string($0) } ?? .null),
      Member(key: "parent", value: pipeline.chain.parent.map { .number("\($0)") } ?? .null),
      Member(key: "parent_starts", value: .number("\(pipeline.chain.starts)")),
      Member(key: "workers", value: .array(pipeline.chain.workers.sorted().map { .number("\($0)") })),
      Member(key: "workers_ended", value: .number("\(pipeline.chain.deaths)")),
      Member(key: "digest", value: pipeline.chain.digest.map { .string($0) } ?? .null),
      Member(key: "stages", value: .array(pipeline.chain.stageDigests.map(object))),
      Member(key: "plugins", value: .array(pipeline.chain.plugins.map(object))),
      Member(key: "next_digest", value: pipeline.nextDigest.map { .string($0) } ?? .null),
      Member(key: "file", value: pipeline.file.map { .string(Path.printable($0)) } ?? .null),
    ])
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
