import ArgumentParser

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

  func run() throws { try ControlCommand.tell("resume", pipeline, of: daemon, done: "resumed") }
}
