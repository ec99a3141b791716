import ArgumentParser

struct FailedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failed",
    abstract: "List, show, retry and delete what failed.",
    discussion: """
      Works on failed/, whether the daemon runs or not. The reasons that a failure has are told in docs/failures.md.

      EXAMPLES
        linecaster failed list --root /var/lib/linecaster
        linecaster failed show article.html
        linecaster failed retry --class deadline --since 2h
        linecaster failed delete --class empty
      """,
    subcommands: [FailedListCommand.self, FailedShowCommand.self, RetryCommand.self, FailedDeleteCommand.self])
}
