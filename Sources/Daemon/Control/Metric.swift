import PipelineKit

/// The metrics of a daemon. What is said of one is its documentation too.
enum Metric: String, CaseIterable {
  case info = "linecaster_info"
  case start = "linecaster_start_time_seconds"
  case healthy = "linecaster_healthy"
  case lastCommit = "linecaster_last_commit_time_seconds"
  case reloads = "linecaster_last_reload_successful"
  case ready = "linecaster_ready_files"
  case oldest = "linecaster_oldest_ready_seconds"
  case waiting = "linecaster_waiting_files"
  case inFlight = "linecaster_in_flight_articles"
  case paused = "linecaster_paused"
  case records = "linecaster_records_total"
  case duplicates = "linecaster_duplicates_total"
  case setAside = "linecaster_copies_set_aside_total"
  case failures = "linecaster_failures_total"
  case discarded = "linecaster_discarded_total"
  case lineSeconds = "linecaster_line_seconds"
  case stageSeconds = "linecaster_stage_seconds"
  case workers = "linecaster_workers"
  case workersEnded = "linecaster_workers_ended_total"
  case workerMemory = "linecaster_worker_memory_bytes"
  case confined = "linecaster_sandbox_whole"
  case pluginProcesses = "linecaster_plugin_processes"
  case pluginsEnded = "linecaster_plugin_processes_ended_total"
  case pluginArticles = "linecaster_plugin_articles_total"
  case pluginSeconds = "linecaster_plugin_seconds_total"
  case diskFree = "linecaster_disk_free_bytes"

  /// Where its values come from; `nil` values are left out.
  enum Source {
    case daemon((DaemonStatus) -> String?)
    case pipeline((DaemonStatus.Pipeline) -> String?)
    /// With a second label.
    case each(label: String, (DaemonStatus.Pipeline) -> [(key: String, value: String)])
    /// A histogram for each pipeline, or for each value of a second label.
    case times(label: String?, (DaemonStatus.Pipeline) -> [(key: String, times: Latencies)])
  }

  var source: Source {
    switch self {
    case .info: .daemon { _ in "1" }
    case .start: .daemon { "\($0.started)" }
    case .healthy: .daemon { $0.problems.isEmpty ? "1" : "0" }
    case .lastCommit: .daemon { $0.lastCommit.map { "\($0)" } }
    case .reloads: .daemon { $0.reload.map { $0.problem == nil ? "1" : "0" } }
    case .ready: .pipeline { "\($0.queued)" }
    case .oldest: .pipeline { DaemonStatus.decimal($0.oldestReady.map(Self.seconds) ?? 0, digits: 3) }
    case .waiting: .pipeline { "\($0.setAside)" }
    case .inFlight: .pipeline { "\($0.inFlight)" }
    case .paused: .pipeline { $0.pause == nil && !$0.isPausedByOperator ? "0" : "1" }
    case .records: .pipeline { "\($0.counts.records)" }
    case .setAside: .pipeline { "\($0.counts.setAside)" }
    case .workers: .pipeline { "\($0.chain.workers.count)" }
    case .workersEnded: .pipeline { "\($0.chain.deaths)" }
    case .workerMemory: .pipeline { "\($0.workerBytes)" }
    case .confined: .pipeline { $0.chain.sandbox.map { $0.isWhole ? "1" : "0" } }
    case .diskFree: .pipeline { $0.diskFree.map { "\($0)" } }
    case .duplicates: .each(label: "status") { Self.counts($0.counts.statuses) }
    case .failures: .each(label: "class") { Self.counts($0.counts.failures) }
    case .discarded: .each(label: "reason") { Self.counts($0.counts.discarded) }
    case .pluginProcesses: .each(label: "plugin") { $0.chain.plugins.map { ($0.name, "\($0.processes)") } }
    case .pluginsEnded: .each(label: "plugin") { $0.chain.plugins.map { ($0.name, "\($0.ended)") } }
    case .pluginArticles: .each(label: "plugin") { $0.chain.plugins.map { ($0.name, "\($0.articles)") } }
    case .pluginSeconds:
      .each(label: "plugin") {
        $0.chain.plugins.map { ($0.name, DaemonStatus.decimal(Double($0.microseconds) / 1_000_000, digits: 6)) }
      }
    case .lineSeconds: .times(label: nil) { [("", $0.counts.drops)] }
    case .stageSeconds: .times(label: "stage") { $0.counts.stages.map { ($0.name, $0.times) } }
    }
  }

  /// Beside `pipeline`, which all have but those of the daemon.
  var label: String? {
    switch source {
    case .each(let label, _): label
    case .times(let label, _): label
    default: self == .info ? "version" : nil
    }
  }

  var isOfPipelines: Bool { if case .daemon = source { false } else { true } }

  var kind: String {
    if case .times = source { return "histogram" }
    return rawValue.hasSuffix("_total") ? "counter" : "gauge"
  }

  var help: String {
    switch self {
    case .info: "Always 1; says which version runs."
    case .start: "When the daemon started, in seconds since 1970."
    case .healthy: "1 where linecaster health finds nothing wrong, else 0."
    case .lastCommit: "When a line was last committed, in seconds since 1970; absent before the first."
    case .reloads:
      "1 where the pipelines were taken up when they were last read again, 0 where those before go on; absent before."
    case .ready: "Files that could be taken and wait for their turn."
    case .oldest: "Seconds that the first of them has waited; 0 for none."
    case .waiting: "Files that cannot be taken, each for a reason that linecaster why tells."
    case .inFlight: "Articles that are taken and not yet committed."
    case .paused: "1 while nothing is taken in, for want of disk space or because an operator paused it."
    case .records: "Records in the outbox since the start, those of copies that were set aside among them."
    case .duplicates: "The same by what dedupe says of them: unique, exact, near, partial."
    case .setAside: "Records of copies that went beside the outbox."
    case .failures: "Articles that went to failed/ since the start, by class (docs/failures.md)."
    case .discarded: "Articles that the pipeline’s own rules discarded since the start, by reason."
    case .lineSeconds: "Seconds from the moment that a file could be taken to its line in the outbox."
    case .stageSeconds:
      "Seconds that an article was in a stage; “record” is the writing of its record. Not measured where a plugin takes many at once."
    case .workers: "Worker processes that live."
    case .workersEnded: "Workers that ended otherwise than asked."
    case .workerMemory: "Memory of the workers that lies in no file, about."
    case .confined: "1 where all of the workers’ sandbox is in force; absent before the first worker."
    case .pluginProcesses: "Processes of a plugin that live."
    case .pluginsEnded: "Processes of a plugin that ended otherwise than with their worker."
    case .pluginArticles: "Articles that a plugin answered."
    case .pluginSeconds: "Seconds that workers waited for a plugin."
    case .diskFree: "Free bytes on the disk of the outbox."
    }
  }

  private static func counts(_ counts: [String: Int]) -> [(key: String, value: String)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}

/// The metrics as a page of the documentation.
public enum MetricsPage {
  public static var markdown: String {
    "# Metrics\n\n`linecaster metrics` prints these, as Prometheus text. Counters begin at 0 with the daemon.\n\n"
      + "| name | kind | labels | help |\n|---|---|---|---|\n"
      + Metric.allCases.map { metric in
        let labels = (metric.isOfPipelines ? ["pipeline"] : []) + [metric.label].compactMap(\.self)
        return
          "| `\(metric.rawValue)` | \(metric.kind) | \(labels.map { "`\($0)`" }.joined(separator: " ")) | \(metric.help) |\n"
      }.joined()
  }

  public static var text: String {
    let width = (Metric.allCases.map(\.rawValue.count).max() ?? 0) + 2
    return Metric.allCases.map { metric in
      metric.rawValue + String(repeating: " ", count: width - metric.rawValue.count) + metric.help + "\n"
    }.joined()
  }
}
