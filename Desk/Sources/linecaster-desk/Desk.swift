import ArgumentParser

@main
struct Desk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster desk", abstract: "Show who said what in a browser.")

  func run() throws {
    throw ValidationError("not built yet")
  }
}
