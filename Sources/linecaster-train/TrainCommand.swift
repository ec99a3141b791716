import ArgumentParser

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster-train",
    abstract: "Fit the model of a stage to annotated articles.",
    discussion: """
      Nobody needs this to run linecaster: the models come with it. A fit writes a model's file; the option ‘model’ of the \
      stage names it, or it takes the place of the one that is installed. ‘linecaster train’ runs this program.
      """,
    subcommands: [
      TrainCleanCommand.self, TrainTitlesCommand.self, TrainDatesCommand.self, TrainEntitiesCommand.self,
      TrainQuotesCommand.self, TrainLabelsCommand.self,
    ])
}
