import ArgumentParser

@main
struct Linecaster: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster", abstract: "Articles in, lines out.")
}
