import ArgumentParser
import Disk
import PipelineKit
import Spool
import StageKit
import Terminal

struct RetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Put failed inputs back into their inbox.",
    discussion: """
      FILE is an input in failed/ by its path, which tells the spool, or by its name there or in the inbox. It is put into \
      the inbox that its pipeline reads now, or that the one reads that took its place, never over a file that waits \
      there, and leaves failed/ together with its reason. Works whether the daemon runs or not.

      linecaster failed retry is the same command.

      Exit codes: 0 all of them are back, 1 some are not.

      EXAMPLES
        linecaster retry spool/failed/article.txt
        linecaster retry article.html feed.line-12.jsonl
        linecaster retry --class deadline killed --since 2h
        linecaster retry --all --root /var/lib/linecaster
      """)

  @OptionGroup var selection: FailedSelection

  @OptionGroup var spool: SpoolOptions

  @OptionGroup var plugins: PluginsOption

  @Option(
    parsing: .upToNextOption,
    help: "Pipeline files, where no daemon runs and one of them has ‘ready: marker’, or another inbox than before.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String] = []

  mutating func run() throws {
    if let file = selection.files.first { spool.takeRoot(from: file) }
    if let socket = DaemonOptions.passed(for: spool.path) { return try ask(socket) }
    let fs = PosixFileSystem()
    let daemon = RunningDaemon(root: spool.path, fs)
    let loaded = try spool.pipelines(pipelines, daemon)
    let view = try spool.view(loaded, beside: daemon, placesOnly: true)
    let retry = Retry(view: view, pipelines: loaded, fs: fs)
    let results = try orExit { try retry.run(selection.names, selection.filter) }
    if results.isEmpty { StandardOutput.write("nothing has failed\(selection.all ? "" : " that is meant")\n") }
    var isGood = true
    for result in results {
      switch result {
      case .putBack(let input, let place): StandardOutput.write("\(input.shown): put back as \(place.shown)\n")
      case .refused(_, let message):
        complain(message)
        isGood = false
      }
    }
    if !isGood { throw ExitCode.failure }
  }

  /// The daemon, for whoever may not enter its spool.
  private func ask(_ socket: Path) throws {
    guard selection.filter.isEmpty else {
      complain("who may not enter \(spool.root) names the inputs, or says --all")
      throw ExitCode.failure
    }
    let which: JSONValue.Member =
      selection.all
      ? .init(key: "all", value: .bool(true)) : .init(key: "files", value: .array(selection.files.map { .string($0) }))
    let results = try ControlCommand.ask("retry", at: socket, spool.path, [which])["results"]?.array ?? []
    if results.isEmpty { StandardOutput.write("nothing has failed\n") }
    for result in results {
      if let place = result["put_back"]?.string {
        StandardOutput.write(visible("\(result["file"]?.string ?? ""): put back as \(place)".unicodeScalars) + "\n")
      } else {
        complain(result["error"]?.string ?? "it was not put back")
      }
    }
    if results.contains(where: { $0["put_back"] == nil }) { throw ExitCode.failure }
  }
}
