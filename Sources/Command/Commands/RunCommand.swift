import ArgumentParser
import Daemon
import Disk
import Glibc
import Logging
import PipelineKit
import Terminal

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "The daemon: watches inboxes and writes one JSON line for each article.",
    discussion: """
      Each pipeline takes the articles of its inbox and appends their records to its outbox, both under the spool's \
      root. Inputs go to done/ or, with the reason beside them, to failed/. SIGTERM and SIGINT finish what is under \
      way, for --drain-timeout at most; a second one ends at once, and nothing is lost or done twice by either.

      The log goes to standard error: at info each file that was taken, with its records and failures, at debug each \
      article too, with seq, id, status and milliseconds. With --log-format json each message is an object with time, \
      level, message, and what it is about (name, pipeline, records, failures, line, seq, id, status, milliseconds).

      Exit codes: 0 ended as asked, 74 the disk failed, 75 another linecaster has the spool, the system has no threads left, \
      or with --once files are left, 78 a pipeline is wrong.

      EXAMPLES
        linecaster run pipelines/news.yaml
        linecaster run pipelines/ --root /var/lib/linecaster
        linecaster run pipelines/news.yaml --log-level debug
        linecaster run pipelines/news.yaml --once && jq .title spool/outbox/news.jsonl
      """)

  @Argument(help: "Pipeline files, or directories of them.", completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String]

  @Option(help: "The spool: a directory for inbox, outbox, done, failed and state.", completion: .directory)
  var root = "./spool"

  @Flag(help: "End when the inboxes are empty.")
  var once = false

  @OptionGroup var threads: WorkersOption

  @Option(
    help: ArgumentHelp(
      """
      Memory of the daemon and all its workers together. Each worker gets an equal part of what is left of it beside 128 MiB, \
      --worker-memory at most, and above it articles are taken in one after the other.
      """, valueName: "size"))
  var maxMemory: TotalMemory?

  @OptionGroup var plugins: PluginsOption

  @Option(
    help: """
      What is logged: error, warning, info or debug. (default: info, or what LINECASTER_LOG_LEVEL says)
      """)
  var logLevel: LogLevel?

  @Option(help: "How the log is written.")
  var logFormat: StandardErrorLog.Format = .text

  @Option(help: "How long a stop waits for what is under way; the next start takes up the rest.")
  var drainTimeout = WaitingTime(milliseconds: 30_000)

  func validate() throws {
    guard let maxMemory, maxMemory.share(of: threads.workers) < WorkerMemory.least else { return }
    throw ValidationError(
      "--max-memory leaves each of \(threads.workers) workers less than 64 MiB beside the daemon's 128 MiB; give more, or fewer --workers"
    )
  }

  func run() throws {
    let level = try logLevel ?? .ofEnvironment()
    let loaded = try loadPipelines(pipelines, root: Path(root).absolute)
    if loaded.isEmpty {
      StandardError.write(
        "linecaster: no pipeline in \(pipelines.joined(separator: ", ")); a pipeline is a .yaml file\n")
      throw ExitCode.badConfiguration
    }
    let log = Logger(label: "linecaster") { _ in StandardErrorLog(level.level, format: logFormat) }
    var settings = Daemon.Settings(
      root: Path(root).absolute, once: once, workers: threads.workers, place: .workers(memory: memoryOfWorker))
    settings.memory = maxMemory.map { MemoryLimit(bytes: $0.bytes) }
    let (root, paths) = (settings.root, pipelines)
    settings.drainTimeout = .milliseconds(drainTimeout.milliseconds)
    settings.sockets = .take()
    for name in settings.sockets.unknown {
      log.warning("the service manager passed a socket ‘\(name)’, which means nothing here; it is ‘control’ or ‘read’")
    }
    settings.verbs = { ControlVerbs.all(root: root, $0) }
    if !once {
      settings.pauses = OperatorPauses(root: root)
      settings.source = PipelineSource(paths: paths, plugins: PluginFolders.watched) { () throws(DiskError) in
        var loaded = Pipeline.loadWithPlugins(paths: paths, context: nil)
        try loaded.addPlaceDiagnostics(root)
        return loaded
      }
    }
    let code = Service.run(loaded, settings, log: log)
    if code != 0 { throw ExitCode(code) }
  }

  private var memoryOfWorker: UInt64 {
    min(threads.memory, maxMemory.map { UInt64($0.share(of: threads.workers)) } ?? .max)
  }
}

/// The levels of the log that a person chooses from.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
  case error, warning, info, debug

  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }

  /// - Throws: exit code 64 where the variable says something else.
  static func ofEnvironment() throws -> LogLevel {
    let variable = "LINECASTER_LOG_LEVEL"
    guard let text = getenv(variable).map({ String(cString: $0) }), !text.isEmpty else { return .info }
    if let level = LogLevel(rawValue: text) { return level }
    complain("\(variable) is ‘\(visible(text.unicodeScalars))’; it takes error, warning, info or debug")
    throw ExitCode.validationFailure
  }
}

extension StandardErrorLog.Format: ExpressibleByArgument {}
