import ArgumentParser

@main
struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster metrics", abstract: "Serve the metrics of a daemon over HTTP, for Prometheus.")

  func run() throws {
    throw ValidationError("not built yet")
  }
}
