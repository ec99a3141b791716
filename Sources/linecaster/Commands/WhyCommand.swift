import ArgumentParser
import ArticleIO
import Disk
import PipelineKit
import Spool
import StageKit

struct WhyCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Say where an input is, and why: waiting, ignored, in flight, failed or done.",
    discussion: """
      FILE is a path, or the name that the file had in the inbox. Everything is told that the spool knows of the name: \
      what it waits for, the rule by which it is left alone, since when it is in flight, the reason why it failed, or \
      the outbox file and line of its record. The patterns of ‘accept’ and the time of ‘settle’ are those of the \
      pipelines named with --pipelines, else of those that the running daemon was started with, else the usual ones.

      With --format json one object is printed: the file, and findings with state (waiting, ignored, in_flight, failed, \
      done), rule, path, pipeline, since, message, records and reason.

      Exit codes: 0 something is known, 1 nothing is.

      EXAMPLES
        linecaster why article.txt
        linecaster why spool/inbox/article.txt --pipelines pipelines/
        linecaster why --format json --root /var/lib/linecaster feed.jsonl | jq -r '.findings[].message'
      """)

  @Argument(help: "A path, or the name in the inbox.", completion: .file())
  var file: String

  @OptionGroup var spool: SpoolOptions

  @Option(
    parsing: .upToNextOption, help: "Pipeline files, or directories of them.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String] = []

  @Option(help: "How to print it.")
  var format: Format = .text

  mutating func run() throws {
    spool.takeRoot(from: file)
    let fs = PosixFileSystem()
    let daemon = RunningDaemon(root: spool.path, fs)
    let loaded = try spool.pipelines(pipelines, daemon)
    let view = try spool.view(loaded)
    let inquiry = Inquiry(view: view, rootFlag: spool.flag, pipelines: loaded, daemon: daemon, fs: fs)
    let findings = try orExit { try inquiry.findings(of: file) }
    switch format {
    case .json:
      let object = JSONValue.object([
        .init(key: "file", value: .string(file)),
        .init(key: "findings", value: .array(findings.map(\.json))),
      ])
      StandardOutput.write(object.pretty)
    case .text:
      for finding in findings { StandardOutput.write("\(finding.label(file)): \(finding.message)\n") }
      if findings.isEmpty {
        let inboxes = Set(view.lanes.map(\.places.inbox.shown)).sorted().joined(separator: ", ")
        complain(
          "nothing is known of \(file): it is neither in an inbox of \(spool.root) (\(inboxes.isEmpty ? "none" : inboxes))"
            + " nor in claimed/, failed/, done/ or the outbox; check the name and --root")
      }
    }
    if findings.isEmpty { throw ExitCode.failure }
  }
}

/// One thing that is known of an input.
struct Finding {
  enum State: String { case waiting, ignored, inFlight = "in_flight", failed, done }

  var state: State
  /// Which rule it is that makes it wait or be left alone.
  var rule: String?
  /// `nil` where the input itself is not kept.
  var path: Path?
  var pipeline: String?
  /// RFC 3339.
  var since: String?
  var message: String
  var records: [PublishedPlace] = []
  /// What the reason file says.
  var reason: JSONValue?

  func label(_ file: String) -> String { path?.shown ?? file }

  var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    let places = records.map { place -> JSONValue in
      .object([
        .init(key: "outbox", value: .string(place.file.description)),
        .init(key: "line", value: .number("\(place.line)")),
        .init(key: "id", value: place.record["id"] ?? .null),
        .init(key: "seq", value: place.record["seq"] ?? .null),
        .init(key: "source_line", value: place.record["source"]?["line"] ?? .null),
      ])
    }
    return .object([
      .init(key: "state", value: .string(state.rawValue)),
      .init(key: "rule", value: text(rule)),
      .init(key: "path", value: text(path?.description)),
      .init(key: "pipeline", value: text(pipeline)),
      .init(key: "since", value: text(since)),
      .init(key: "message", value: .string(message)),
      .init(key: "records", value: .array(places)),
      .init(key: "reason", value: reason ?? .null),
    ])
  }
}
