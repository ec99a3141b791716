import ArgumentParser
import PipelineKit

@main
struct Linecaster: ParsableCommand {
  static let version = Program.version

  static let configuration = CommandConfiguration(
    commandName: "linecaster",
    abstract: "Articles in, lines out: runs news articles through a chain of stages named in YAML.",
    version: version,
    subcommands: [
      RunCommand.self,
      PutCommand.self,
      WhyCommand.self,
      RetryCommand.self,
      SpoolCommand.self,
      DedupeCommand.self,
      ProcessCommand.self,
      PipeCommand.self,
      CheckCommand.self,
      TestCommand.self,
      ListCommand.self,
      ShowCommand.self,
      SchemaCommand.self,
      TrainCommand.self,
      VersionCommand.self,
    ])
}
