import ArgumentParser
import ArticleIO
import Bytes
import Disk
import PipelineKit
import Spool
import StageKit
import Terminal

struct SpoolCheckCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what state a spool is in; nothing is changed.",
    discussion: """
      Looks at the journal, at the live files against it, at what lies in claimed/ and failed/, at files that cannot be \
      taken out of their inbox, at what an inbox that moved or a pipeline that is gone left behind, and at every line of \
      the outbox. Takes no lock: what a running daemon is just doing is left out. A start of linecaster run mends what \
      a crash left; linecaster spool repair mends more.

      With --format json one object is printed: root, running (the process id or null), records, discarded, in_flight, failed, \
      notes, and problems with kind, path, message, repairable and mend.

      Exit codes: 0 all is well, 1 something is to be mended.

      EXAMPLES
        linecaster spool check
        linecaster spool check --format json --root /var/lib/linecaster | jq '.problems[].message'
      """)

  @OptionGroup var spool: SpoolOptions

  @Option(help: "How to print it.")
  var format: Format = .text

  func run() throws {
    let fs = PosixFileSystem()
    let daemon = RunningDaemon(root: spool.path, fs)
    let pipelines = daemon?.pipelines(fs) ?? []
    let rules = Dictionary(pipelines.map { ($0.name, NameRules(accept: $0.inbox.accept)) }) { first, _ in first }
    let intake = SpoolCheck.Intake(rights: rights(daemon, fs)) { places, name in
      rules[places.pipelineName].map { $0.verdict(on: name) == .accepted } ?? true
    }
    var check = SpoolCheck(
      try spool.view(beside: daemon), isRunning: daemon != nil, intake: intake, classify: RecordHead.classify)
    let report = try orExit { try check.run() }
    switch format {
    case .text: StandardOutput.write(text(report, daemon))
    case .json: StandardOutput.write(json(report, daemon).pretty)
    }
    if !report.problems.isEmpty { throw ExitCode.failure }
  }

  /// Of the daemon; where none runs, of the user that the spool belongs to.
  private func rights(_ daemon: RunningDaemon?, _ fs: PosixFileSystem) -> ProcessRights {
    if let rights = daemon?.rights { return rights }
    guard let state = try? fs.status(at: spool.path / "state"), state.owner != 0 else { return .own }
    return ProcessRights(user: state.owner, groups: [state.group])
  }

  private func text(_ report: SpoolReport, _ daemon: RunningDaemon?) -> String {
    var lines = [daemon.map { "process \($0.pid) runs on \(spool.root)" } ?? "nothing runs on \(spool.root)"]
    let discarded = report.discarded > 0 ? " \(report.discarded) discarded," : ""
    lines.append("\(report.records) records,\(discarded) \(report.inFlight) in flight, \(report.failed) failed")
    lines += report.notes
    for problem in report.problems { lines.append(problem.told(spool.flag)) }
    if report.problems.isEmpty {
      lines.append("all is well")
    } else if report.problems.contains(where: \.isRepairable) {
      lines.append(
        daemon == nil
          ? "linecaster spool repair mends it"
          : "stop process \(daemon?.pid ?? 0), then linecaster spool repair mends it")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func json(_ report: SpoolReport, _ daemon: RunningDaemon?) -> JSONValue {
    let problems = report.problems.map { problem -> JSONValue in
      .object([
        .init(key: "kind", value: .string(problem.kind.rawValue)),
        .init(key: "path", value: .string(problem.path.description)),
        .init(key: "message", value: .string(problem.message)),
        .init(key: "repairable", value: .bool(problem.isRepairable)),
        .init(key: "mend", value: problem.fix.map { .string($0 + spool.flag) } ?? .null),
      ])
    }
    return .object([
      .init(key: "root", value: .string(spool.path.description)),
      .init(key: "running", value: daemon.map { .number("\($0.pid)") } ?? .null),
      .init(key: "records", value: .number("\(report.records)")),
      .init(key: "discarded", value: .number("\(report.discarded)")),
      .init(key: "in_flight", value: .number("\(report.inFlight)")),
      .init(key: "failed", value: .number("\(report.failed)")),
      .init(key: "notes", value: .array(report.notes.map { .string($0) })),
      .init(key: "problems", value: .array(problems)),
    ])
  }
}

extension SpoolProblem {
  var sentence: String { "\(path.shown): \(message)" }

  /// With the command that puts it right.
  func told(_ rootFlag: String) -> String { sentence + (fix.map { "; \($0)\(rootFlag)" } ?? "") }
}

/// The first keys of a record, or of a line about a discarded article, read without the rest.
enum RecordHead {
  private static let record = start(RecordWriter.schema)
  private static let discarded = start(RecordWriter.discardedSchema)
  private static let number = Array(#"","seq":"#.utf8)

  static func classify(_ line: [UInt8]) -> OutboxLine {
    guard line.last == UInt8(ascii: "}") else { return .other }
    if line.starts(with: record) { return sequence(line, behind: record.count).map { .record(sequence: $0) } ?? .other }
    if line.starts(with: discarded) {
      return sequence(line, behind: discarded.count).map { .discarded(sequence: $0) } ?? .other
    }
    return .other
  }

  private static func start(_ schema: String) -> [UInt8] { Array(#"{"schema":"\#(schema)","id":""#.utf8) }

  /// - Parameter start: of the id.
  /// - Returns: `nil` where no number stands behind it, not even null.
  private static func sequence(_ line: [UInt8], behind start: Int) -> UInt64?? {
    var at = start
    while at < line.count, line[at] != UInt8(ascii: "\"") { at += line[at] == UInt8(ascii: "\\") ? 2 : 1 }
    guard at < line.count, line[at...].starts(with: number) else { return nil }
    return .some(UInt64(leadingDigits: line[(at + number.count)...]))
  }
}
