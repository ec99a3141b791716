import ArgumentParser

struct SpoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spool",
    abstract: "Say what state a spool is in, repair it, or take over what a moved inbox or a renamed pipeline left.",
    discussion: """
      EXAMPLES
        linecaster spool check --root /var/lib/linecaster
        linecaster spool repair --root /var/lib/linecaster
        linecaster spool adopt --root /var/lib/linecaster
      """,
    subcommands: [SpoolCheckCommand.self, SpoolRepairCommand.self, SpoolAdoptCommand.self])
}
