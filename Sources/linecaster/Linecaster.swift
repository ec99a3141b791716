import ArgumentParser

@main
struct Linecaster: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "linecaster",
    abstract: "Articles in, lines out: runs news articles through a chain of stages named in YAML.",
    version: version,
    subcommands: [ProcessCommand.self, PipeCommand.self, ShowCommand.self, SchemaCommand.self, VersionCommand.self])
}
