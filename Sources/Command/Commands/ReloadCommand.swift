import ArgumentParser
import Daemon
import StageKit
import Terminal

struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Let the running daemon read its pipelines again.",
    discussion: """
      The daemon does so by itself when a pipeline’s file is saved, added or removed; this also takes up changed models and \
      lists, and waits for the answer. New chains are loaded and the files’ tests run in processes of their own; a chain \
      takes over between two files. Whatever fails, what ran goes on.

      Exit codes: 0 the pipelines are in force, or take over with the next file; 1 they are not, or no daemon answers.

      EXAMPLES
        linecaster reload
        linecaster reload --root /var/lib/linecaster
      """)

  @OptionGroup var daemon: DaemonOptions

  @Option(help: "How many seconds to wait for the answer.")
  var timeout = 300

  func run() throws {
    let reply = try ControlCommand.ask("reload", of: daemon, timeout: .seconds(max(1, timeout)))
    if let problem = reply["problem"]?.string {
      complain("the pipelines that ran go on:")
      StandardError.write(problem.hasSuffix("\n") ? problem : problem + "\n")
      throw ExitCode.failure
    }
    let changes = reply["changes"]?.array?.compactMap(\.string) ?? []
    StandardOutput.write(changes.isEmpty ? "nothing changed\n" : changes.map { $0 + "\n" }.joined())
  }
}
