import Disk
import Glibc
import StageKit

/// Asks the daemon that runs on a spool, on its own socket or on one that the service manager made.
public struct ControlClient {
  private let root: Path
  private let socket: Path?

  /// - Parameter socket: where the daemon answers beside `state/control` of the spool; `nil` where only that is tried.
  public init(root: Path, socket: Path? = nil) { (self.root, self.socket) = (root, socket) }

  /// - Parameters:
  ///   - members: beside `verb`.
  ///   - timeout: how long the daemon may take.
  /// - Returns: the reply's members.
  /// - Throws: where no daemon answers, or it says no.
  public func ask(
    _ verb: String, _ members: [JSONValue.Member] = [], timeout: Duration = .seconds(10)
  ) throws(ControlProblem) -> JSONValue {
    let deadline = ContinuousClock.now + timeout
    let request = JSONValue.object([.init(key: "verb", value: .string(verb))] + members)
    while true {
      let descriptor = try connected(until: min(deadline, .now + Self.patience))
      defer { close(descriptor) }
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      ControlLine.write(request, to: descriptor, deadline)
      var reader = ControlLine(descriptor, limit: 1 << 26)
      guard let line = reader.next(until: deadline) else {
        if .now >= deadline {
          throw ControlProblem("the daemon does not answer within \(timeout.components.seconds) s")
        }
        // It closed the connection: it exchanges its pipelines, and the one that follows is asked.
        if Self.mayRepeat(verb), isDaemonAlive {
          usleep(Self.pause)
          continue
        }
        throw ControlProblem("the daemon ended the connection without an answer")
      }
      guard let reply = try? JSONValue(parsing: line), case .bool(let isGood)? = reply["ok"] else {
        throw ControlProblem("the daemon's answer is no reply")
      }
      if !isGood { throw ControlProblem(reply["error"]?.string ?? "the daemon said no") }
      return reply
    }
  }

  /// Whether asking twice is as asking once.
  private static func mayRepeat(_ verb: String) -> Bool { verb != "retry" && verb != "reprocess" }

  /// How long a daemon that exchanges its pipelines may leave its socket closed.
  private static let patience = Duration.seconds(5)
  /// Before it is asked again; microseconds.
  private static let pause: UInt32 = 5000

  /// Connects. Where nobody listens though the daemon's process lives, it is between two sets of pipelines, and is waited for.
  private func connected(until deadline: ContinuousClock.Instant) throws(ControlProblem) -> CInt {
    // The service manager keeps it open while the daemon is between two sets of pipelines.
    if let socket { return try ControlAddress.connected(to: socket) }
    while true {
      do throws(ControlProblem) {
        return try ControlAddress.open(in: root / "state") { connect($0, $1, $2) == 0 }
      } catch {
        if .now >= deadline || !isDaemonAlive { throw error }
        usleep(Self.pause)
      }
    }
  }

  /// By the number in the lock's file: the lock itself is not touched, since the daemon may be about to take it.
  private var isDaemonAlive: Bool {
    let fs = PosixFileSystem()
    guard let file = try? fs.open(root / "state" / "lock", for: .reading) else { return false }
    defer { fs.close(file) }
    guard let content = try? fs.readAll(file, limit: 32), let pid = Int32(leadingDigits: content), pid > 0 else {
      return false
    }
    return kill(pid, 0) == 0 || errno == EPERM
  }
}
