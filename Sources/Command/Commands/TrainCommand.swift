import ArgumentParser

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fit a stage’s built-in model to annotated articles.",
    discussion: "A build needs none of this: the models come with the sources.",
    subcommands: [
      TrainCleanCommand.self, TrainTitlesCommand.self, TrainDatesCommand.self, TrainEntitiesCommand.self,
      TrainQuotesCommand.self,
    ])
}
