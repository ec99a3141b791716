import ArgumentParser
import Daemon
import Disk
import Glibc
import Spool
import StageKit
import Terminal

struct ReprocessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprocess",
    abstract: "Run inputs of done/ through the chain of now.",
    discussion: """
      What comes of an input is a revision of its records: revision_of names the number of the one that each takes the place of, \
      and the id is the same. The daemon takes such inputs when nothing new is ready. FILE is a path in done/, or a name that the \
      file had in the inbox. Inputs of which no record is in the outbox any more are left alone. What stages that are as they were \
      had found comes out of the record, where that holds it.

      It may be ended at any time, and begun again: with --stale it goes on where it was.

      Exit codes: 0 all are taken, 1 some are not or no daemon answers, 64 a wrong use, 74 the spool cannot be read.

      EXAMPLES
        linecaster reprocess --stale --root /var/lib/linecaster
        linecaster reprocess --stale --since 30d --pipeline news
        linecaster reprocess harbour.txt
        linecaster reprocess --stale --dry-run
      """)

  @Argument(help: "Inputs.", completion: .file())
  var files: [String] = []

  @Flag(help: "Only inputs with a record that another state of the chain made: options, models, lists or program.")
  var stale = false

  @Flag(help: "All inputs in done/.")
  var all = false

  @Option(help: "Only inputs with a record since then: a time such as 2h or 30d, or a day or instant of UTC.")
  var since: FailedSince?

  @Option(
    name: .customLong("pipeline"), parsing: .upToNextOption,
    help: ArgumentHelp("Only inputs of these pipelines.", valueName: "pipeline"))
  var named: [String] = []

  @Flag(help: "Say what would be done.")
  var dryRun = false

  @OptionGroup var daemon: DaemonOptions

  func validate() throws {
    if all, stale || since != nil || !files.isEmpty {
      throw ValidationError("--all goes without names, --stale and --since")
    }
    if !all, !stale, since == nil, files.isEmpty {
      throw ValidationError("name the inputs, or say which by --stale or --since, or --all")
    }
  }

  mutating func run() throws {
    if let file = files.first { daemon.spool.takeRoot(from: file) }
    let status = try ControlCommand.ask("status", of: daemon)
    let running = status["pipelines"]?.array ?? []
    if let unknown = named.first(where: { name in !running.contains { $0["name"]?.string == name } }) {
      let names = running.compactMap { $0["name"]?.string }
      complain("no pipeline ‘\(unknown)’ runs; those are \(names.joined(separator: ", "))")
      throw ExitCode.failure
    }
    let fs = PosixFileSystem()
    let view = try daemon.spool.view(beside: RunningDaemon(root: daemon.spool.path, fs))
    var isFound = files.isEmpty
    for pipeline in running {
      guard let name = pipeline["name"]?.string, named.isEmpty || named.contains(name),
        let lane = view.pipelines.first(where: { $0.places.pipelineName == name })
      else { continue }
      guard let digest = pipeline["digest"]?.string else {
        complain("the chain of ‘\(name)’ is being loaded; try again")
        throw ExitCode.failure
      }
      let choice = Reprocessing.Choice(
        files: CommandLine.bytes(of: files), since: since?.time ?? .min, current: stale ? digest : nil)
      let found = try orExit { try Reprocessing(view: view, lane: lane, fs: fs).find(choice) }
      if !found.inputs.isEmpty || found.upToDate + found.withoutRecord > 0 { isFound = true }
      if files.isEmpty || isFound { tell(found, name) }
      let stages = (pipeline["stages"]?.array ?? []).compactMap { stage in
        stage["stage"]?.string.flatMap { name in stage["digest"]?.string.map { "\(name)=\($0)" } }
      }
      let chains = ChainComparison(stages: stages, known: KnownChains.all(fs, root: daemon.spool.path))
      if !dryRun { try handOver(found.inputs, name, digest, lane.places, chains) }
    }
    if !isFound {
      complain("no input of that name is in done/; linecaster why \(files[0]) says where it is")
      throw ExitCode.failure
    }
  }

  private func tell(_ found: Reprocessing.Found, _ pipeline: String) {
    let articles = found.inputs.reduce(0) { $0 + $1.records.count }
    var text = "\(pipeline): \(counted(found.inputs.count, "input")) with \(counted(articles, "record"))"
    text += dryRun ? " would be taken again" : found.inputs.isEmpty ? " to take again" : " are taken again"
    if found.upToDate > 0 { text += "; \(found.upToDate) up to date" }
    if found.withoutRecord > 0 { text += "; \(found.withoutRecord) without a record in the outbox" }
    StandardOutput.write(text + "\n")
    if dryRun { for input in found.inputs { StandardOutput.write("  \(input.path.shown)\n") } }
  }

  private func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

  // MARK: - To the daemon

  /// Inputs in one request, and bytes of it: the socket takes 1 MiB.
  private static let most = 64
  private static let mostBytes = 900_000
  /// Between two requests, where the daemon has enough of them; microseconds.
  private static let pause: UInt32 = 50_000

  /// Returns when all of them are settled.
  private func handOver(
    _ inputs: [Reprocessing.Input], _ pipeline: String, _ digest: String, _ places: LanePlaces,
    _ chains: ChainComparison
  ) throws {
    var rest = inputs[...]
    while true {
      var requests: [JSONValue] = []
      var bytes = 0
      for input in rest.prefix(Self.most) {
        var request = input.request(places, chains)
        if request.encoded.count > Self.mostBytes { request = input.request(places, nil) }
        bytes += request.encoded.count
        if bytes > Self.mostBytes, !requests.isEmpty { break }
        requests.append(request)
      }
      let reply = try ControlCommand.ask(
        "reprocess", of: daemon,
        [
          .init(key: "pipeline", value: .string(pipeline)), .init(key: "digest", value: .string(digest)),
          .init(key: "inputs", value: .array(requests)),
        ])
      let (taken, waiting) = (reply["taken"]?.int ?? 0, reply["waiting"]?.int ?? 0)
      rest = rest.dropFirst(min(rest.count, taken))
      if StandardError.isTerminal {
        StandardError.write("\r\(pipeline): \(max(0, inputs.count - rest.count - waiting)) of \(inputs.count)\u{1B}[K")
      }
      if rest.isEmpty, waiting == 0 { break }
      if taken == 0 { usleep(Self.pause) }
    }
    if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
  }
}
