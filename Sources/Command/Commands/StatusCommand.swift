import ArgumentParser
import Daemon
import Glibc
import StageKit
import Terminal

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what the running daemon does: pipelines, queues, rates, latencies, workers, pauses.",
    discussion: """
      Asks the daemon over the socket state/control, which answers its own user and root. Rates and latencies are of the last \
      five minutes; “to line” is the time from the moment that a file could be taken to its line in the outbox. With --watch it is \
      shown anew each second, until it is interrupted.

      With --json the answer is one object, as docs/control.md tells.

      Exit codes: 0 the daemon answered, 1 none answers.

      EXAMPLES
        linecaster status --root /var/lib/linecaster
        linecaster status --watch
        linecaster status --json | jq '.pipelines[] | {name, queued, p99: .latency.drop_to_line.p99}'
      """)

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "As one JSON object.")
  var json = false

  @Flag(help: "Show it anew each second.")
  var watch = false

  func run() throws {
    repeat {
      let reply = try ControlCommand.ask("status", of: daemon)
      if json {
        StandardOutput.write(ControlCommand.withoutOK(reply).encoded + [0x0A])
      } else {
        let text = StatusView(reply).text
        // From the upper left corner, each line to its end, and nothing below.
        let shown = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\u{1B}[K\n")
        StandardOutput.write(watch && StandardOutput.isTerminal ? "\u{1B}[H\(shown)\u{1B}[J" : text)
      }
      if watch { sleep(1) }
    } while watch
  }
}
