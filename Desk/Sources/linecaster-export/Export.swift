import ArgumentParser

@main
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster export", abstract: "Write records in the form of another tool.")

  func run() throws {
    throw ValidationError("not built yet")
  }
}
