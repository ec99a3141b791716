import ArgumentParser
import StageKit
import Terminal

struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Print the running daemon’s metrics, as Prometheus text.",
    discussion: """
      Asks the daemon over its socket, as linecaster status does. docs/reference/metrics.md tells what each is. Where the \
      node exporter runs, a timer can write them into its folder for text files.

      Exit codes: 0 the daemon answered, 1 none answers.

      EXAMPLES
        linecaster metrics --root /var/lib/linecaster
        linecaster metrics > /var/lib/node_exporter/linecaster.prom.new && \
          mv /var/lib/node_exporter/linecaster.prom.new /var/lib/node_exporter/linecaster.prom
      """)

  @OptionGroup var daemon: DaemonOptions

  func run() throws { StandardOutput.write(try ControlCommand.ask("metrics", of: daemon)["text"]?.string ?? "") }
}
