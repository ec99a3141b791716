import ArgumentParser
import PipelineKit
import StageKit
import Workers

/// The whole program: runs the command that the process was started with.
///
/// - Parameter stages: those that pipelines can name. Workers have the same, since they are this program.
public func runCommand(_ stages: StageRegistry) {
  StageRegistry.present = stages
  Linecaster.start()
}

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
      HealthCommand.self,
      StatusCommand.self,
      DoctorCommand.self,
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

  fileprivate static func start() {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == ForkingParent.argument { ForkingParent.main(.present) }
    ProcessStart.prepare()
    if words == ["-V"] { return VersionCommand().run() }
    if let complaint = unknownCommand(words) {
      complain(complaint)
      exit(withError: ExitCode.validationFailure)
    }
    main(nil)
  }

  /// What to say of a word that should be a command and is none; `nil` where all of them are.
  static func unknownCommand(_ words: [String]) -> String? {
    var command: any ParsableCommand.Type = self
    var path: [String] = []
    for word in words.first == "help" ? words.dropFirst() : words[...] {
      let subcommands = command.configuration.subcommands
      if word.hasPrefix("-") || subcommands.isEmpty || (path.isEmpty && word == "help") { return nil }
      path.append(word)
      if let found = subcommands.first(where: { $0._commandName == word }) {
        command = found
        continue
      }
      let above = path.dropLast().map { $0 + " " }.joined()
      let near = nearest(to: word, among: subcommands.map { $0._commandName })
      return "there is no command ‘\(above)\(visible(word.unicodeScalars))’; "
        + (near.map { "did you mean ‘\(above)\($0)’? " } ?? "") + "linecaster \(above)--help lists them"
    }
    return nil
  }
}
