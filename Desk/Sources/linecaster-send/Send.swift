import ArgumentParser

@main
struct Send: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster send",
    abstract:
      "Send the records of an outbox to another place: a SQLite file, a command.")

  func run() throws {
    throw ValidationError("not built yet")
  }
}
