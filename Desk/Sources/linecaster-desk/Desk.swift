import ArgumentParser
import DeskServer
import Glibc
import HTTP

@main
struct DeskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster desk",
    abstract: "Show who said what in a browser.",
    discussion: """
      Follows the outbox of a spool into a SQLite file and serves a page about it: articles as they come, who said what, \
      people, stories, what failed, how the line does. It only reads, unless --actions is given.

      It answers on a Unix socket, so that the socket's mode says who may look. With --listen 127.0.0.1:8686 a browser on \
      this machine gets there, with the address that is printed at the start, which has a token in it. Any other address \
      wants --token-file, and a proxy before it that speaks TLS.

      EXAMPLES
        linecaster desk spool --listen 127.0.0.1:8686
        linecaster desk /var/lib/linecaster --listen 127.0.0.1:8686 --actions --corrections corrections.tsv
        ssh -L 8686:/run/linecaster-desk/linecaster-desk.socket newsroom.example
      """)

  @Argument(help: "The spool: a directory with an outbox.")
  var spool = "./spool"

  @Option(help: ArgumentHelp("Where to answer: ADDRESS:PORT, or the path of a Unix socket.", valueName: "address"))
  var listen: String?

  @Option(help: ArgumentHelp("The mode of a Unix socket.", valueName: "mode"))
  var mode = "600"

  @Option(
    help: ArgumentHelp(
      "Another name that the desk is asked by, as a proxy has it; may be given several times.", valueName: "name"))
  var host: [String] = []

  @Option(
    help: ArgumentHelp("A file that has the token, at least 32 characters, in its first line.", valueName: "file"))
  var tokenFile: String?

  @Option(help: ArgumentHelp("The SQLite file, which is made where it is not there.", valueName: "file"))
  var database: String?

  @Option(
    help: ArgumentHelp(
      "An outbox to follow, where it is not that of the spool; may be given several times.", valueName: "folder"))
  var outbox: [String] = []

  @Flag(help: "Do not follow the outbox: another linecaster send keeps the file.")
  var noFollow = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Pipeline files to show and to try texts with, or folders of them.", valueName: "path"))
  var pipelines: [String] = []

  @Flag(help: "Let readers put failed inputs back, and write corrections.")
  var actions = false

  @Option(
    help: ArgumentHelp(
      "The file that ‘Wrong name?’ adds a row to, as entities: {corrections: …} reads it.", valueName: "file"))
  var corrections: String?

  @Option(help: ArgumentHelp("The daemon's socket, where it is not that of the spool.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("The program linecaster, where it is not beside this one.", valueName: "path"))
  var linecaster: String?

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    let address = try listeningAddress()
    let token = try token(for: address)
    let programs = Programs()
    let database = try database ?? DatabasePlace.path(spool: spool)
    let listener: Listener
    do throws(ListeningProblem) {
      guard let mode = mode_t(mode, radix: 8), mode <= 0o777 else {
        throw ListeningProblem("--mode \(mode) is no mode")
      }
      listener = try Listener(address, mode: mode)
    } catch {
      complain("\(error)")
      throw ExitCode(74)
    }
    let desk = Desk(
      DeskSettings(
        root: spool, database: database, program: linecaster ?? programs.find("linecaster") ?? "linecaster",
        pipelines: pipelines, corrections: corrections, mayAct: actions, socket: socket),
      gate: Gate(listener.address, names: host, token: token))
    var loader: Loader?
    if !noFollow {
      guard let send = programs.find("linecaster-send") else {
        complain("linecaster-send is not beside this program")
        throw ExitCode(69)
      }
      loader = Loader(
        program: send, database: database, outboxes: outbox.isEmpty ? ["\(spool)/outbox"] : outbox)
    }
    endOnSignals(loader, listener.address)
    loader?.start { complain($0) }
    announce(listener.address, token)
    Server { desk.answer($0) }.run(listener)
  }

  private func listeningAddress() throws -> ListeningAddress {
    guard let listen else {
      let names = ["RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"]
      let folder: String? = names.lazy.compactMap { variable($0) }.first
      return .unix(folder.map { "\($0)/linecaster-desk.socket" } ?? "/tmp/linecaster-desk-\(getuid()).socket")
    }
    guard let address = ListeningAddress(listen) else {
      throw ValidationError(
        "--listen wants an address in figures and a port, such as 127.0.0.1:8686, or a path: \(listen)")
    }
    guard address.isLocal || tokenFile != nil else {
      throw ValidationError(
        "\(listen) can be reached from other machines: name a --token-file, and put a proxy that speaks TLS before it, "
          + "for this program does not encrypt. Or listen on 127.0.0.1 and come with ssh -L.")
    }
    return address
  }

  /// That of the file; for a port, where any user of the machine gets to, else a new one.
  private func token(for address: ListeningAddress) throws -> String? {
    if let tokenFile { return try Token.read(tokenFile) }
    if case .unix = address { return nil }
    return randomToken()
  }

  private func announce(_ address: ListeningAddress, _ token: String?) {
    switch address {
    case .unix(let path):
      complain(
        "listening on \(path); for a browser, start it with --listen 127.0.0.1:8686, or come with ssh -L 8686:\(path)")
    case .tcp:
      let fragment = tokenFile == nil ? "#token=\(token ?? "")" : ""
      complain("open http://\(address.authority ?? "")/\(fragment)")
    }
  }
}

/// A variable of the environment.
func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// Says something on standard error.
func complain(_ message: String) {
  let bytes = Array("linecaster desk: \(message)\n".utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

/// Has the child end with this process, and the socket go.
private func endOnSignals(_ loader: Loader?, _ address: ListeningAddress) {
  var signals = sigset_t()
  sigemptyset(&signals)
  for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  let waited = signals
  startThread {
    var waited = waited
    var number: Int32 = 0
    sigwait(&waited, &number)
    loader?.stop()
    if case .unix(let path) = address { unlink(path) }
    exit(0)
  }
}
