import ArgumentParser
import Bytes
import PipelineKit
import Terminal
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
    discussion: """
      Other commands are programs: linecaster NAME runs linecaster-NAME, which lies beside linecaster or in \
      libexec/linecaster next to its folder. One is train, which fits the models of the stages to annotated articles.
      """,
    version: version,
    subcommands: [
      InitCommand.self,
      RunCommand.self,
      ReloadCommand.self,
      PauseCommand.self,
      ResumeCommand.self,
      PutCommand.self,
      WhyCommand.self,
      RetryCommand.self,
      ReprocessCommand.self,
      FailedCommand.self,
      HealthCommand.self,
      StatusCommand.self,
      MetricsCommand.self,
      DoctorCommand.self,
      SpoolCommand.self,
      DedupeCommand.self,
      ProcessCommand.self,
      PipeCommand.self,
      FingerprintCommand.self,
      CheckCommand.self,
      TestCommand.self,
      SimulateCommand.self,
      ListCommand.self,
      ShowCommand.self,
      SchemaCommand.self,
      PluginCommand.self,
      VersionCommand.self,
      ManualCommand.self,
    ])

  fileprivate static func start() {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == ForkingParent.argument {
      ForkingParent.main(.present, variants: [StageRegistry.fingerprints: .present.forFingerprints])
    }
    do { try runProgram(words) } catch { exit(withError: error) }
    ProcessStart.prepare()
    if words == ["-V"] { return print("linecaster \(version)") }
    if let complaint = unknownCommand(words, of: self, besides: CommandProgram.known.map(\.name)) {
      complain(complaint)
      exit(withError: ExitCode.validationFailure)
    }
    main(nil)
  }

  /// Goes on as the program that a word stands for, where it is no command of this one; comes back where it stands for none.
  private static func runProgram(_ words: [String]) throws {
    let asksHelp = words.first == "help" && words.count > 1
    guard let word = asksHelp ? words[1] : words.first, word != "help",
      !configuration.subcommands.contains(where: { $0._commandName == word }), let program = CommandProgram(word)
    else { return }
    try program.run(Range(from: asksHelp ? 3 : 2, upTo: words.count + 1), behind: asksHelp ? "help" : nil)
    guard let missing = program.missing else { return }
    complain(missing)
    throw ExitCode.unavailable
  }
}
