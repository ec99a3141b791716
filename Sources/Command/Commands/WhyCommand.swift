import ArgumentParser
import ArticleIO
import Disk
import PipelineKit
import Spool
import StageKit
import Terminal

struct WhyCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Say where an input is, and why: waiting, ignored, in flight, failed or done.",
    discussion: """
      FILE is a path, or the name that the file had in the inbox, or its path from there. Everything is told that the \
      spool knows of it, the newest first: what it waits for, the rule by which it is left alone, since when it is in flight, the reason why it failed, or \
      the outbox file and line of its record. The patterns of ‘accept’ and the time of ‘settle’ are those of the \
      pipelines named with --pipelines, else of those that the running daemon was started with, else the usual ones.

      With --format json one object is printed: the file, more (findings beyond --limit), and findings with state (waiting, ignored, in_flight, failed, \
      done), rule, path, pipeline, since, message, records and reason.

      Exit codes: 0 something is known, 1 nothing is.

      EXAMPLES
        linecaster why article.txt
        linecaster why spool/inbox/article.txt --pipelines pipelines/
        linecaster why --format json --root /var/lib/linecaster feed.jsonl | jq -r '.findings[].message'
      """)

  static let usualLimit = 20

  @Argument(help: "A path, or the name in the inbox.", completion: .file())
  var file: String

  @OptionGroup var spool: SpoolOptions

  @OptionGroup var plugins: PluginsOption

  @Option(
    parsing: .upToNextOption, help: "Pipeline files, or directories of them.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String] = []

  @Option(help: "Findings at most, the newest; 0 for all.")
  var limit = Self.usualLimit

  @Option(help: "How to print it.")
  var format: Format = .text

  func validate() throws {
    if file.isEmpty { throw ValidationError("name a file: its path, or the name that it had in the inbox") }
    if limit < 0 { throw ValidationError("--limit is a number of findings, or 0 for all") }
  }

  mutating func run() throws {
    spool.takeRoot(from: file)
    if let socket = DaemonOptions.passed(for: spool.path) { return try ask(socket) }
    let fs = PosixFileSystem()
    let daemon = RunningDaemon(root: spool.path, fs)
    let loaded = try spool.pipelines(pipelines, daemon)
    let view = try spool.view(loaded, beside: daemon)
    let inquiry = Inquiry(view: view, rootFlag: spool.flag, pipelines: loaded, daemon: daemon, fs: fs)
    let name = CommandLine.bytes(of: [file])[0]
    let answer = try orExit { try inquiry.answer(name, limit: limit == 0 ? .max : limit) }
    let findings = answer.findings
    switch format {
    case .json:
      StandardOutput.write(JSONValue.object(answer.members(file)).pretty)
    case .text:
      for finding in findings { StandardOutput.write("\(finding.label(file)): \(finding.message)\n") }
      if answer.more > 0 { StandardOutput.write("and \(answer.more) older ones; --limit 0 tells of all\n") }
      if findings.isEmpty {
        let inboxes = Set(view.lanes.map(\.places.inbox.shown)).sorted().joined(separator: ", ")
        complain(
          "nothing is known of \(file): it is neither in an inbox of \(spool.root) (\(inboxes.isEmpty ? "none" : inboxes))"
            + " nor in claimed/, failed/, done/ or the outbox; check the name and --root")
      }
    }
    if findings.isEmpty { throw ExitCode.failure }
  }

  /// The daemon, for whoever may not enter its spool.
  private func ask(_ socket: Path) throws {
    let members = [
      JSONValue.Member(key: "file", value: .string(file)), .init(key: "limit", value: .number("\(limit)")),
    ]
    let reply = try ControlCommand.ask("why", at: socket, spool.path, members)
    let findings = reply["findings"]?.array ?? []
    switch format {
    case .json: StandardOutput.write(ControlCommand.withoutOK(reply).pretty)
    case .text:
      for finding in findings {
        let line = "\(finding["path"]?.string ?? file): \(finding["message"]?.string ?? "")"
        StandardOutput.write(visible(line.unicodeScalars) + "\n")
      }
      if let more = reply["more"]?.int, more > 0 {
        StandardOutput.write("and \(more) older ones; --limit 0 tells of all\n")
      }
      if findings.isEmpty { complain("nothing is known of \(file); check the name and --root") }
    }
    if findings.isEmpty { throw ExitCode.failure }
  }
}
