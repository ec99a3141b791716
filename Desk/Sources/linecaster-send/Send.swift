import ArgumentParser
import Glibc
import OutboxReading
import PipelineKit
import Sending
import Store
import Terminal

@main
struct Send: ParsableCommand {
  enum Target: String, ExpressibleByArgument, CaseIterable {
    case sqlite, command
  }

  static let configuration = CommandConfiguration(
    commandName: "linecaster send",
    abstract: "Send the records of an outbox to another place: a SQLite file, a command.",
    usage: """
      linecaster send --to sqlite FILE [--follow] OUTBOX...
      linecaster send --to command --cursor FILE [--where CONDITION] [--follow] OUTBOX... -- COMMAND...
      """,
    discussion: """
      An OUTBOX is a folder, whose files ending in .jsonl, .jsonl.gz and .jsonl.zst are read with those of the folders below it, or \
      one such file; a spool stands for its outbox. Each whole line is sent once, also where a run is killed, and where files are sealed, compressed or deleted \
      meanwhile. With --follow it goes on with what comes.

      --to sqlite: articles, entities, mentions, quotations, clusters, and an index of their words; a correction takes the place \
      of what it corrects. Which lines are in stands in the file itself, and changes with their rows.

      --to command: COMMAND is run for each record, which stands on its standard input. LINECASTER_KEY names the record: whoever \
      gets one twice sees it by that, for a record is sent again where a run was killed before it noted that it was sent. A command \
      that does not end with 0 is run again after a while, 65 says that this will not help.

      EXAMPLES
        linecaster send --to sqlite news.db /var/lib/linecaster/outbox
        linecaster send --to sqlite news.db --follow spool/outbox
        linecaster send --to command --cursor alerts.cursor --where 'entities.link != null' --follow spool/outbox -- ./alert
        linecaster send --to command --cursor hook.cursor --from-now --follow spool/outbox -- sh -c \
      'curl -fsS -H "Idempotency-Key: $LINECASTER_KEY" -H "Content-Type: application/json" --data-binary @- https://example.org/hook'
      """)

  @Option(help: "Where the records go: sqlite, command.")
  var to: Target

  @Flag(help: "Go on with lines that come.")
  var follow = false

  @Option(
    name: .customLong("where"),
    help: "Only records of which this holds; linecaster list conditions names what it can ask.")
  var condition: String?

  @Option(help: "The file that says what was sent to a command.", completion: .file())
  var cursor: String?

  @Flag(help: "Without a cursor yet, begin behind the lines that are there.")
  var fromNow = false

  @Option(help: "How often a command is given a record.")
  var attempts = 10

  @Option(help: "Seconds before the second attempt; each further one waits twice as long, up to 5 minutes.")
  var pause = 1.0

  @Option(help: "Seconds after which a command is ended.")
  var timeout = 60.0

  @Flag(help: "Go on behind a record that no attempt got through; without it the run ends there.")
  var passOver = false

  @Argument(help: "The SQLite file, and outboxes.", completion: .file())
  var places: [String] = []

  @Argument(parsing: .postTerminator, help: "The command, behind --.")
  var command: [String] = []

  func validate() throws {
    switch to {
    case .sqlite:
      if places.count < 2 { throw ValidationError("name the SQLite file and at least one outbox.") }
      if condition != nil { throw ValidationError("--where is for --to command: a SQLite file takes all records.") }
      if !command.isEmpty { throw ValidationError("a command goes with --to command.") }
    case .command:
      if places.isEmpty { throw ValidationError("name at least one outbox.") }
      if command.isEmpty { throw ValidationError("name the command behind --, as in -- ./alert") }
      if cursor == nil { throw ValidationError("name a file for --cursor: it says what was sent.") }
    }
    if !(1...1_000_000).contains(attempts) { throw ValidationError("--attempts must be from 1 to 1000000.") }
    for (name, seconds) in [("--pause", pause), ("--timeout", timeout)] where !(0.001...86_400).contains(seconds) {
      throw ValidationError("\(name) must be from 0.001 to 86400 seconds.")
    }
  }

  func run() throws {
    ProcessStart.prepare()
    switch to {
    case .sqlite: try sendToSQLite()
    case .command: try sendToCommand()
    }
  }

  private func outboxes(_ paths: some Sequence<String>) throws -> [OutboxPlace] {
    try paths.map { path in
      guard let place = OutboxPlace(path) else {
        complain("\(path): \(errno == EINVAL ? "neither a folder nor a file" : String(cString: strerror(errno)))")
        throw ExitCode.inputOutput
      }
      return place
    }
  }

  private func sendToSQLite() throws {
    let outboxes = try outboxes(places.dropFirst())
    // Kept to the end of the process: closing it would give up the locks of SQLite on the same file.
    let lock = open(places[0], O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0 else {
      complain("\(places[0]) cannot be opened: \(String(cString: strerror(errno)))")
      throw ExitCode.inputOutput
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      complain("\(places[0]): another linecaster send writes it")
      throw ExitCode.temporary
    }
    let refused: Int
    do throws(StoreError) {
      var sender = try SQLiteSender(places[0], outboxes, complain: { Terminal.complain($0) })
      if follow { try sender.follow() }
      try sender.sendAll()
      try sender.finish()
      if StandardError.isTerminal { StandardError.write("\(sender.outcome.lines) lines sent to \(places[0])\n") }
      refused = sender.outcome.refused
    } catch { throw code(of: error) }
    guard refused == 0 else {
      complain("\(refused) lines are no records: the table ‘refused’ has them")
      throw ExitCode.badInput
    }
  }

  private func code(of error: StoreError) -> ExitCode {
    complain(error.description)
    switch error {
    case .sqlite(let error): return error.isBusy ? .temporary : .inputOutput
    case .foreign, .newer: return .badConfiguration
    }
  }

  private func sendToCommand() throws {
    var options = CommandSender.Options(
      command: command, attempts: attempts, patience: Int(timeout * 1000), pause: Int(pause * 1000),
      passesOver: passOver)
    if let condition {
      do throws(ConditionProblem) { options.condition = try Condition(condition) } catch {
        // Places count bytes; the marks below stand under characters.
        let bytes = Array(condition.utf8)
        func width(_ range: Range<Int>) -> Int {
          String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self).count
        }
        let (before, marked) = (width(0..<error.place.lowerBound), max(width(error.place), 1))
        complain(
          "--where: \(error.message)\n  \(condition)\n  \(String(repeating: " ", count: before))^"
            + String(repeating: "~", count: marked - 1))
        throw ExitCode.validationFailure
      }
    }
    let outboxes = try outboxes(places)
    do {
      var sender = try CommandSender(
        options, outboxes, cursor: Cursor(cursor ?? ""), startsNow: fromNow, complain: { Terminal.complain($0) })
      if follow { try sender.follow() }
      try sender.sendAll()
      if sender.outcome.refused > 0 { throw ExitCode.badInput }
      if sender.outcome.givenUp > 0 { throw ExitCode.failure }
    } catch let problem as Cursor.Problem {
      complain(problem.description)
      throw ExitCode.inputOutput
    } catch CommandSender.Failure.cursor(let problem) {
      complain(problem.description)
      throw ExitCode.inputOutput
    } catch CommandSender.Failure.givenUp(let record) {
      complain(record.message)
      throw ExitCode.temporary
    }
  }
}
