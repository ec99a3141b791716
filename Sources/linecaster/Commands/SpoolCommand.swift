import ArgumentParser

struct SpoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spool",
    abstract: "Say what state a spool is in, or mend it.",
    discussion: """
      EXAMPLES
        linecaster spool check --root /var/lib/linecaster
        linecaster spool repair --root /var/lib/linecaster
      """,
    subcommands: [SpoolCheckCommand.self, SpoolRepairCommand.self])
}
