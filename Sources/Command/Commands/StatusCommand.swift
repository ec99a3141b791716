import ArgumentParser
import Daemon
import StageKit
import Terminal

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what the running daemon does: pipelines, queues, workers, pauses.",
    discussion: """
      Asks the daemon over the socket state/control, which answers its own user and root. With --json the answer is one \
      object: what health says, and started, records, failures, sandbox_gaps, and for each pipeline name, queued, \
      oldest_ready_seconds, set_aside, pause, parent, parent_starts, workers, workers_ended, plugins, digest and \
      stages (stage and digest of each).

      Exit codes: 0 the daemon answered, 1 none answers.

      EXAMPLES
        linecaster status --root /var/lib/linecaster
        linecaster status --json | jq '.pipelines[] | {name, queued}'
      """)

  @OptionGroup var spool: SpoolOptions

  @Flag(help: "As one JSON object.")
  var json = false

  func run() throws {
    let reply = try ControlCommand.ask("status", spool)
    if json { return StandardOutput.write(ControlCommand.withoutOK(reply).encoded + [0x0A]) }
    func text(_ key: String, of value: JSONValue) -> String {
      switch value[key] {
      case .string(let text)?: text
      case .number(let text)?: text
      default: "–"
      }
    }
    var lines = [
      "since \(text("started", of: reply)): \(text("records", of: reply)) records, \(text("failures", of: reply)) failures"
    ]
    lines.append("last commit: \(text("last_commit", of: reply))")
    for pipeline in reply["pipelines"]?.array ?? [] {
      let workers = pipeline["workers"]?.array?.count ?? 0
      lines.append(
        "\(text("name", of: pipeline)): \(text("queued", of: pipeline)) ready, the oldest for "
          + "\(text("oldest_ready_seconds", of: pipeline)) s; \(text("set_aside", of: pipeline)) set aside; \(workers) workers, "
          + "\(text("workers_ended", of: pipeline)) ended by accident")
      for plugin in pipeline["plugins"]?.array ?? [] {
        lines.append(
          "  plugin \(text("name", of: plugin)): \(text("processes", of: plugin)) processes, \(text("ended", of: plugin)) ended; "
            + "\(text("articles", of: plugin)) articles, \(text("microseconds_per_article", of: plugin)) µs each")
        if let problem = plugin["problem"]?.string { lines.append("    it does not run: \(problem)") }
      }
      if let next = pipeline["next_digest"]?.string {
        let file = pipeline["file"]?.string.map { " \($0)" } ?? ""
        lines.append("  the chain \(next) takes over after the file\(file)")
      }
      if case .object(let reasons)? = pipeline["discarded"] {
        for reason in reasons { lines.append("  discarded, \(reason.key): \(text(reason.key, of: .object(reasons)))") }
      }
    }
    if let reload = reply["reload"], let problem = reload["problem"]?.string {
      lines.append(
        "the pipelines were read again at \(text("time", of: reload)), and those that ran before go on: \(problem)")
    }
    for problem in (reply["problems"]?.array ?? []).compactMap(\.string) { lines.append("problem: \(problem)") }
    for gap in (reply["sandbox_gaps"]?.array ?? []).compactMap(\.string) { lines.append("sandbox: \(gap)") }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}
