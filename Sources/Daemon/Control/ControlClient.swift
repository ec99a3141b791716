import Disk
import Glibc
import StageKit

/// Asks the daemon that runs on a spool.
public struct ControlClient {
  private let root: Path

  public init(root: Path) { self.root = root }

  /// - Parameters:
  ///   - members: beside `verb`.
  ///   - timeout: how long the daemon may take.
  /// - Returns: the reply's members.
  /// - Throws: where no daemon answers, or it says no.
  public func ask(
    _ verb: String, _ members: [JSONValue.Member] = [], timeout: Duration = .seconds(10)
  ) throws(ControlProblem) -> JSONValue {
    let descriptor = try ControlAddress.open(in: root / "state") { connect($0, $1, $2) == 0 }
    defer { close(descriptor) }
    let deadline = ContinuousClock.now + timeout
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    ControlLine.write(.object([.init(key: "verb", value: .string(verb))] + members), to: descriptor, deadline)
    var reader = ControlLine(descriptor, limit: 1 << 26)
    guard let line = reader.next(until: deadline) else {
      throw ControlProblem("the daemon does not answer within \(timeout.components.seconds) s")
    }
    guard let reply = try? JSONValue(parsing: line), case .bool(let isGood)? = reply["ok"] else {
      throw ControlProblem("the daemon's answer is no reply")
    }
    if !isGood { throw ControlProblem(reply["error"]?.string ?? "the daemon said no") }
    return reply
  }
}
