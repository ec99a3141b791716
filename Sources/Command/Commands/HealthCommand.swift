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
      paused, a thread stands still, a disk is in trouble, or a chain cannot run. With --json the answer is an object: \
      healthy, problems, oldest_ready_seconds (how long the oldest file has been ready), last_commit, workers, and \
      sandbox (whole, partial, or unknown before the first worker).

      Exit codes: 0 it is well, 1 it is not, or none answers.

      EXAMPLES
        linecaster health --root /var/lib/linecaster
        linecaster health --json | jq .problems
      """)

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "As one JSON object.")
  var json = false

  func run() throws {
    let reply = try ControlCommand.ask("health", daemon)
    let problems = (reply["problems"]?.array ?? []).compactMap(\.string)
    if json {
      StandardOutput.write(ControlCommand.withoutOK(reply).encoded + [0x0A])
    } else if problems.isEmpty {
      let commit = reply["last_commit"]?.string.map { "last commit \($0)" } ?? "nothing committed yet"
      let oldest = reply["oldest_ready_seconds"]?.double.map { "; the oldest file has been ready for \($0) s" } ?? ""
      let gaps = reply["sandbox"]?.string == "partial" ? "; workers are confined in part (linecaster doctor)" : ""
      StandardOutput.write("well: \(commit)\(oldest)\(gaps)\n")
    } else {
      StandardOutput.write("not well: \(problems.joined(separator: "; "))\n")
    }
    if !problems.isEmpty { throw ExitCode.failure }
  }
}
