// Fits the models of the stages; ‘linecaster train’ runs it.
import ArgumentParser
import Terminal

ProcessStart.prepare()
if let complaint = unknownCommand(Array(CommandLine.arguments.dropFirst()), of: TrainCommand.self) {
  complain(complaint)
  TrainCommand.exit(withError: ExitCode.validationFailure)
}
TrainCommand.main(nil)
