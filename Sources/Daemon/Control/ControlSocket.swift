import CLinux
import Disk
import Glibc
import PipelineKit
import Spool
import StageKit
import Threads

/// A Unix socket on which the daemon answers: `state/control`, on which it answers its own user, or one that the service manager
/// made. A request is one line of JSON with a `verb`, the reply one line of JSON with `ok`; a connection may ask again and again.
///
/// Verbs and members are added in later versions, never changed.
final class ControlSocket: Sendable {
  /// Bytes of a request, with its line end.
  static let longestRequest = 1 << 20
  /// Connections at a time; others wait for their turn.
  static let mostConnections = 16
  /// How long a client may leave the other waiting.
  private static let timeout = Duration.seconds(10)
  /// Before it is tried again to take a connection.
  private static let pause = Duration.milliseconds(100)

  private let listener: CInt
  /// Whether it is the daemon's own, which is closed with it, and on which only its user is answered.
  private let isOwn: Bool
  private let verbs: [String: ControlVerb]
  private let wakeUp: WakeUp
  private let connections = Monitor(0)

  /// Listens. What an earlier daemon left there is removed: the caller holds the lock.
  ///
  /// - Parameter state: the directory that the socket lies in.
  init(in state: Path, verbs: [String: ControlVerb]) throws(ControlProblem) {
    do throws(SpoolError) { wakeUp = try WakeUp() } catch { throw ControlProblem("\(error)") }
    self.verbs = verbs
    isOwn = true
    listener = try ControlAddress.open(in: state) { descriptor, address, length in
      unlink(ControlAddress.path(address))
      guard bind(descriptor, address, length) == 0 else { return false }
      // Until it listens nobody can connect.
      return chmod(ControlAddress.path(address), 0o600) == 0 && listen(descriptor, 64) == 0
    }
  }

  /// One that the service manager made: who may connect is told by the socket's owner and mode.
  init(passed listener: CInt, verbs: [String: ControlVerb]) throws(ControlProblem) {
    do throws(SpoolError) { wakeUp = try WakeUp() } catch { throw ControlProblem("\(error)") }
    self.verbs = verbs
    self.listener = listener
    isOwn = false
    // Two daemons may wait on it for a moment, where one takes the other's place: only one gets the connection.
    _ = fcntl(listener, F_SETFL, O_NONBLOCK)
  }

  deinit { if isOwn { close(listener) } }

  func stop() { wakeUp.signal() }

  /// Answers until `stop`.
  func run() {
    while true {
      let ready = waitForInput([listener, wakeUp.descriptor], until: nil)
      if ready.contains(wakeUp.descriptor) { return }
      let client = accept(listener, nil, nil)
      if client < 0 {
        if errno == EAGAIN || errno == EINTR { continue }
        // Out of descriptors: the client still waits, and asking again at once would only take the processor.
        if waitForInput([wakeUp.descriptor], until: .now + Self.pause).contains(wakeUp.descriptor) { return }
        continue
      }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      _ = fcntl(client, F_SETFL, O_NONBLOCK)
      connections.wait { count -> Void? in
        if count >= Self.mostConnections { return nil }
        count += 1
        return ()
      }
      let thread = try? Thread { [self] in
        answer(client)
        close(client)
        connections.signal { $0 -= 1 }
      }
      if let thread {
        thread.detach()
      } else {
        close(client)
        connections.signal { $0 -= 1 }
      }
    }
  }

  private func answer(_ client: CInt) {
    guard isAllowed(client) else {
      ControlLine.write(
        Self.refusal("only the user that the daemon runs as, and root, may ask it"), to: client, .now + Self.timeout)
      return
    }
    var reader = ControlLine(client, limit: Self.longestRequest)
    while let line = reader.next(until: .now + Self.timeout, or: wakeUp.descriptor) {
      let reply: JSONValue
      do throws(ControlProblem) {
        let request = try Self.parse(line)
        let name = request["verb"]?.string ?? ""
        guard let verb = verbs[name] else {
          throw ControlProblem("there is no verb ‘\(name)’; there are \(verbs.keys.sorted().joined(separator: ", "))")
        }
        reply = .object([.init(key: "ok", value: .bool(true))] + (try verb(request).get()))
      } catch {
        reply = Self.refusal(error.message)
      }
      if !ControlLine.write(reply, to: client, .now + Self.timeout) { return }
    }
  }

  private static func parse(_ line: [UInt8]) throws(ControlProblem) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: line)
    } catch {
      throw ControlProblem("the request is not JSON: \(error.message) at byte \(error.offset)")
    }
  }

  private static func refusal(_ message: String) -> JSONValue {
    .object([.init(key: "ok", value: .bool(false)), .init(key: "error", value: .string(message))])
  }

  private func isAllowed(_ client: CInt) -> Bool {
    var user = uid_t(0)
    if !isOwn { return true }
    return linux_peer(client, &user) == 0 && (user == geteuid() || user == 0)
  }
}

/// Members of a reply, from those of a request.
public typealias ControlVerb = @Sendable (_ request: JSONValue) -> Result<[JSONValue.Member], ControlProblem>

/// Why something cannot be asked or answered: a sentence without a full stop.
public struct ControlProblem: Error, Sendable {
  public var message: String
  public init(_ message: String) { self.message = message }
}
