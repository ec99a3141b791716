import ArgumentParser
import ArticleIO
import Disk
import Spool
import Terminal

struct SpoolAdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Put what a moved inbox, or a pipeline that is gone, left behind into the present ones.",
    discussion: """
      Files that wait in an inbox that moved go into the present inbox; articles in flight of a pipeline that was \
      renamed or removed, and its failed inputs, go to the one that took its place. That is the pipeline of the same \
      name, else the one that reads the same inbox; where neither is there, say it with --from and --into. A line that \
      was committed stays as it is, and its input never runs again. Can be run again at any time, also after a crash in \
      its middle. Needs the spool for itself: stop the daemon first.

      The spool's pipelines are those of the last linecaster run, else those named with --pipelines.

      Exit codes: 0 nothing is left behind, 1 something is, 75 a daemon has the spool, 78 a wish cannot be.

      EXAMPLES
        linecaster spool adopt
        linecaster spool adopt --from news --into headlines --root /var/lib/linecaster
        linecaster spool adopt --pipelines pipelines/
        linecaster spool adopt --forget wires
      """)

  @OptionGroup var spool: SpoolOptions

  @OptionGroup var plugins: PluginsOption

  @Option(
    parsing: .upToNextOption, help: "Pipeline files, or directories of them: the spool's pipelines from now on.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String] = []

  @Option(help: "The pipeline that is gone, where it is not plain which one takes its place; only its files are moved.")
  var from: String?

  @Option(help: "The pipeline that takes its place.")
  var into: String?

  @Option(help: "A pipeline that is gone, and of which nothing is wanted: it is not told of any more.")
  var forget: String?

  func validate() throws {
    if from != nil, into == nil { throw ValidationError("--from goes with --into") }
  }

  func run() throws {
    let loaded = try loadPipelines(pipelines, root: spool.path)
    _ = try spool.view(loaded, beside: nil)
    try spool.becomeOwner()
    let adoption = SpoolAdoption(
      root: spool.path, lanes: loaded.map(LaneSettings.init), PosixFileSystem(),
      contentHash: { SHA256.digest($0) }, report: { StandardOutput.write("\($0)\n") })
    let outcome = try orExit { try adoption.run(.init(from: from, into: into, forget: forget)) }
    for sentence in outcome.done { StandardOutput.write("\(sentence)\n") }
    for sentence in outcome.left { StandardOutput.write("left: \(sentence)\n") }
    if !outcome.left.isEmpty { throw ExitCode.failure }
    if outcome.done.isEmpty { StandardOutput.write("there was nothing to adopt\n") }
  }
}
