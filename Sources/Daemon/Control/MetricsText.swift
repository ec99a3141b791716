import PipelineKit

/// What a monitoring system reads: the daemon's status as Prometheus text, format 0.0.4.
///
/// Source: prometheus.io, “Exposition formats”.
struct MetricsText {
  private let status: DaemonStatus
  private(set) var text = ""

  init(_ status: DaemonStatus) {
    self.status = status
    for metric in Metric.allCases { write(metric) }
  }

  private mutating func write(_ metric: Metric) {
    let name = metric.rawValue
    text += "# HELP \(name) \(metric.help)\n# TYPE \(name) \(metric.kind)\n"
    switch metric.source {
    case .daemon(let value): if let value = value(status) { text += "\(name)\(Self.labels(metric, status)) \(value)\n" }
    case .pipeline(let value):
      for pipeline in status.pipelines {
        if let value = value(pipeline) { text += "\(name)\(Self.shown([("pipeline", pipeline.name)])) \(value)\n" }
      }
    case .each(let label, let values):
      for pipeline in status.pipelines {
        for (key, value) in values(pipeline) {
          text += "\(name)\(Self.shown([("pipeline", pipeline.name), (label, key)])) \(value)\n"
        }
      }
    case .times(let label, let times):
      for pipeline in status.pipelines {
        for (key, latencies) in times(pipeline) {
          write(latencies, name, [("pipeline", pipeline.name)] + (label.map { [($0, key)] } ?? []))
        }
      }
    }
  }

  private mutating func write(_ latencies: Latencies, _ name: String, _ labels: [(String, String)]) {
    for (bound, count) in latencies.doublings {
      let limit = DaemonStatus.decimal(bound / 1_000_000, digits: 6)
      text += "\(name)_bucket\(Self.shown(labels + [("le", limit)])) \(count)\n"
    }
    text += "\(name)_bucket\(Self.shown(labels + [("le", "+Inf")])) \(latencies.count)\n"
    let sum = DaemonStatus.decimal(Double(latencies.microseconds) / 1_000_000, digits: 6)
    text += "\(name)_sum\(Self.shown(labels)) \(sum)\n\(name)_count\(Self.shown(labels)) \(latencies.count)\n"
  }

  private static func labels(_ metric: Metric, _ status: DaemonStatus) -> String {
    metric == .info ? shown([("version", Program.version)]) : ""
  }

  private static func shown(_ labels: [(String, String)]) -> String {
    "{" + labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",") + "}"
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
  }
}
