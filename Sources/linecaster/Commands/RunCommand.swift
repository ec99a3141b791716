import ArgumentParser
import Daemon
import Disk
import Logging
import PipelineKit

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "The daemon: watches inboxes and writes one JSON line for each article.",
    discussion: """
      Each pipeline takes the articles of its inbox and appends their records to its outbox, both under the spool's \
      root. Inputs go to done/ or, with the reason beside them, to failed/. SIGTERM and SIGINT finish what is under \
      way; a second one ends at once, and nothing is lost or done twice by it.

      Exit codes: 0 ended as asked, 74 the disk failed, 75 another linecaster has the spool, 78 a pipeline is wrong.

      EXAMPLES
        linecaster run pipelines/news.yaml
        linecaster run pipelines/ --root /var/lib/linecaster
        linecaster run pipelines/news.yaml --once && jq .title spool/outbox/news.jsonl
      """)

  @Argument(help: "Pipeline files, or directories of them.", completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String]

  @Option(help: "The spool: a directory for inbox, outbox, done, failed and state.", completion: .directory)
  var root = "./spool"

  @Flag(help: "End when the inboxes are empty.")
  var once = false

  @Option(help: "Threads that run stages.")
  var workers = availableCores

  func validate() throws {
    if workers < 1 { throw ValidationError("--workers must be at least 1") }
  }

  func run() throws {
    let loaded = try loadPipelines(pipelines)
    if loaded.isEmpty {
      StandardError.write(
        "linecaster: no pipeline in \(pipelines.joined(separator: ", ")); a pipeline is a .yaml file\n")
      throw ExitCode.badConfiguration
    }
    let log = Logger(label: "linecaster") { _ in StandardErrorLog() }
    let settings = Daemon.Settings(root: Path(root).absolute, once: once, workers: workers)
    let code = Service.run(loaded, settings, log: log)
    if code != 0 { throw ExitCode(code) }
  }
}
