import ArgumentParser
import ArticleIO
import Disk
import Spool
import Terminal

struct SpoolRepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Repair what linecaster spool check finds.",
    discussion: """
      Does what a start of linecaster run does: cuts off a torn commit, completes the live files from the journal, \
      moves what is settled. Then it writes reasons that are missing, removes those whose input was taken away, \
      puts into the inbox what lies in claimed/ by mistake, and does what linecaster spool adopt does where it is plain \
      which pipeline takes over what another left. Every line that was in the outbox stays as it is. Needs the \
      spool for itself: stop the daemon first.

      Exit codes: 0 all is well now, 1 something is left, 75 a daemon has the spool.

      EXAMPLES
        linecaster spool repair
        linecaster spool repair --root /var/lib/linecaster
      """)

  @OptionGroup var spool: SpoolOptions

  @OptionGroup var plugins: PluginsOption

  @Option(
    parsing: .upToNextOption,
    help: "Pipeline files: with ‘ready: marker’, markers of inputs that were taken are removed too.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String] = []

  func run() throws {
    let loaded = try loadPipelines(pipelines)
    _ = try spool.view(loaded, beside: nil)
    try spool.becomeOwner()
    let repair = SpoolRepair(
      root: spool.path, lanes: loaded.map(LaneSettings.init), PosixFileSystem(),
      contentHash: { SHA256.digest($0) }, classify: RecordHead.classify,
      report: { StandardOutput.write("\($0)\n") })
    let outcome = try orExit { try repair.run() }
    for problem in outcome.repaired { StandardOutput.write("mended: \(problem.sentence)\n") }
    for problem in outcome.left { StandardOutput.write("left: \(problem.told(spool.flag))\n") }
    if !outcome.left.isEmpty { throw ExitCode.failure }
    if outcome.repaired.isEmpty { StandardOutput.write("there was nothing to mend\n") }
  }
}
