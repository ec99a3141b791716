import ArgumentParser
import Daemon
import StageKit
import Terminal

struct HealthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract: "Say in one line whether the running daemon is well.",
    discussion: """
      Asks the daemon over the socket state/control, which answers its own user and root. It is well unless intake is \
      paused, a thread stands still, a disk is in trouble, or a chain cannot run; or a limit that is named here is passed. \
      With --json the answer is an object: healthy, problems, oldest_ready_seconds (how long the oldest file has been \
      ready), waiting (files that cannot be taken), failed_share (of the articles of the last five minutes), last_commit, \
      workers, and sandbox (whole, partial, or unknown before the first worker).

      Exit codes: 0 it is well, 1 it is not, or none answers.

      EXAMPLES
        linecaster health --root /var/lib/linecaster
        linecaster health --oldest 5m --failed 20
        linecaster health --json | jq .problems
      """)

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "As one JSON object.")
  var json = false

  @Option(help: "It is not well where a file has been ready for longer: 5m.")
  var oldest: WaitingTime?

  @Option(
    help: ArgumentHelp(
      "It is not well where more than so many of a hundred articles failed in the last five minutes.",
      valueName: "percent"))
  var failed: Int?

  func validate() throws {
    if let failed, !(0...100).contains(failed) { throw ValidationError("--failed is a number from 0 to 100") }
  }

  func run() throws {
    let reply = try ControlCommand.ask("health", of: daemon)
    let problems = (reply["problems"]?.array ?? []).compactMap(\.string) + passedLimits(reply)
    if json {
      StandardOutput.write(Self.answer(reply, problems).encoded + [0x0A])
    } else if problems.isEmpty {
      let commit = reply["last_commit"]?.string.map { "last commit \($0)" } ?? "nothing committed yet"
      let oldest = reply["oldest_ready_seconds"]?.double.map { "; the oldest file has been ready for \($0) s" } ?? ""
      let gaps = reply["sandbox"]?.string == "partial" ? "; workers are confined in part (linecaster doctor)" : ""
      let count = reply["waiting"]?.int ?? 0
      let waiting = count > 0 ? "; \(count) file\(count == 1 ? "" : "s") cannot be taken (linecaster why)" : ""
      StandardOutput.write("well: \(commit)\(oldest)\(waiting)\(gaps)\n")
    } else {
      StandardOutput.write("not well: \(problems.joined(separator: "; "))\n")
    }
    if !problems.isEmpty { throw ExitCode.failure }
  }

  private func passedLimits(_ reply: JSONValue) -> [String] {
    var passed: [String] = []
    if let oldest, let seconds = reply["oldest_ready_seconds"]?.double, seconds * 1000 > Double(oldest.milliseconds) {
      passed.append("the oldest file has been ready for \(seconds) s, longer than \(oldest)")
    }
    if let failed, let share = reply["failed_share"]?.double, share * 100 > Double(failed) {
      passed.append(
        "\(Int((share * 100).rounded())) of a hundred articles failed in the last five minutes, more than \(failed)")
    }
    return passed
  }

  private static func answer(_ reply: JSONValue, _ problems: [String]) -> JSONValue {
    guard case .object(let members) = ControlCommand.withoutOK(reply) else { return reply }
    return .object(
      members.map { member in
        switch member.key {
        case "healthy": .init(key: "healthy", value: .bool(problems.isEmpty))
        case "problems": .init(key: "problems", value: .array(problems.map { .string($0) }))
        default: member
        }
      })
  }
}
