import ArgumentParser

struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Stop taking in articles for a pipeline, until it is resumed.",
    discussion: """
      What was taken in comes to its end, and files wait in the inbox. It lasts over restarts and reloads; linecaster status \
      tells of it.

      Exit codes: 0 it is paused, 1 no such pipeline runs, or no daemon answers.

      EXAMPLE
        linecaster pause news --root /var/lib/linecaster
      """)

  @Argument(help: "The pipeline’s name.")
  var pipeline: String

  @OptionGroup var daemon: DaemonOptions

  func run() throws { try ControlCommand.tell("pause", pipeline, of: daemon, done: "paused") }
}
