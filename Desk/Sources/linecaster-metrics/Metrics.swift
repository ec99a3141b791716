import ArgumentParser
import ControlSocket
import FoundationEssentials
import Glibc
import HTTP

@main
struct MetricsServer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster-metrics",
    abstract: "Serve the metrics of a daemon over HTTP, for Prometheus.",
    discussion: """
      /metrics is what ‘linecaster metrics’ prints. /healthz says 200 while the daemon answers, /readyz while it is well; \
      both say 503 with the reason otherwise. It asks the daemon's read-only socket and can change nothing.

      Any other address than a loopback one wants --token-file: the scraper then shows the token as its bearer token, and \
      a proxy before this program speaks TLS.

      EXAMPLES
        linecaster-metrics --root /var/lib/linecaster --listen 127.0.0.1:9687
        curl http://127.0.0.1:9687/metrics
      """)

  @Option(help: ArgumentHelp("Where to answer: ADDRESS:PORT, or the path of a Unix socket.", valueName: "address"))
  var listen = "127.0.0.1:9687"

  @Option(help: ArgumentHelp("The spool of the daemon.", valueName: "directory"))
  var root = "./spool"

  @Option(help: ArgumentHelp("The daemon's socket, where it is not that of the spool.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("Another name that it is asked by; may be given several times.", valueName: "name"))
  var host: [String] = []

  @Option(help: ArgumentHelp("A file that has the token in its first line.", valueName: "file"))
  var tokenFile: String?

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    guard let address = ListeningAddress(listen) else {
      throw ValidationError("--listen wants an address in figures and a port, or a path: \(listen)")
    }
    guard address.isLocal || tokenFile != nil else {
      throw ValidationError(
        "\(listen) can be reached from other machines: name a --token-file, and put a proxy that speaks TLS before it")
    }
    let token = try tokenFile.map { try Token.read($0) }
    let listener: Listener
    do throws(ListeningProblem) {
      listener = try Listener(address)
    } catch {
      throw ValidationError("\(error)")
    }
    let gate = Gate(listener.address, names: host, token: token) { _ in token != nil }
    let daemon = DaemonSocket(spool: root, named: socket)
    Server { request in
      (gate.refusal(of: request) ?? Self.answer(request, daemon)).safe()
    }.run(listener)
  }

  private struct Metrics: Decodable { var text: String }
  private struct Health: Decodable {
    var healthy: Bool
    var problems: [String]
  }

  private static func answer(_ request: Request, _ daemon: DaemonSocket) -> Answer {
    do {
      switch request.path {
      case "/metrics":
        let reply = try daemon.ask(#"{"verb":"metrics"}"#)
        let text = try JSONDecoder().decode(Metrics.self, from: Data(reply.utf8)).text
        return Answer(200, type: "text/plain; version=0.0.4; charset=utf-8", .bytes(Array(text.utf8)))
      case "/healthz", "/readyz":
        let reply = try daemon.ask(#"{"verb":"health"}"#)
        let health = try JSONDecoder().decode(Health.self, from: Data(reply.utf8))
        if health.healthy || request.path == "/healthz" { return .text(200, "ok") }
        return .text(503, health.problems.joined(separator: "\n"))
      default: return .text(404, "There are /metrics, /healthz and /readyz.")
      }
    } catch {
      return .text(503, error is DecodingError ? "the daemon's answer is no reply" : "\(error)")
    }
  }
}
