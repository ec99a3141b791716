import ArgumentParser
import Daemon
import StageKit
import Terminal

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Let a paused pipeline take in articles again.",
    discussion: """
      What was paused with linecaster pause.

      Exit codes: 0 it is resumed, 1 no such pipeline runs, or no daemon answers.

      EXAMPLE
        linecaster resume news --root /var/lib/linecaster
      """)

  @Argument(help: "The pipeline’s name.")
  var pipeline: String

  @OptionGroup var daemon: DaemonOptions

  func run() throws {
    let members = [JSONValue.Member(key: "pipeline", value: .string(pipeline))]
    let reply = try ControlCommand.ask("resume", of: daemon, members)
    StandardOutput.write("\(pipeline): resumed\(reply["changed"] == .bool(true) ? "" : " already")\n")
  }
}
