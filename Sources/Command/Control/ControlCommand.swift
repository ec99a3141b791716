import ArgumentParser
import Daemon
import Disk
import StageKit
import Terminal

/// What commands share that ask the running daemon.
enum ControlCommand {
  /// - Throws: exit code 1 where none answers.
  static func ask(
    _ verb: String, of daemon: DaemonOptions, _ members: [JSONValue.Member] = [], timeout: Duration = .seconds(10)
  ) throws -> JSONValue {
    let spool = daemon.spool
    do throws(ControlProblem) {
      return try ControlClient(root: spool.path, socket: daemon.address).ask(
        verb, members, timeout: timeout)
    } catch {
      if daemon.address != nil {
        complain("no daemon answers: \(error.message); start one, or join the group that the socket belongs to")
      } else {
        complain(
          "no daemon answers on \(spool.root): \(error.message); start one with linecaster run, or name its --root")
      }
      throw ExitCode.failure
    }
  }

  /// Tells the daemon something about one pipeline, and says what is so then.
  ///
  /// - Parameter state: what the pipeline is then: “paused”.
  static func tell(_ verb: String, _ pipeline: String, of daemon: DaemonOptions, done state: String) throws {
    let reply = try ask(verb, of: daemon, [.init(key: "pipeline", value: .string(pipeline))])
    StandardOutput.write("\(pipeline): \(state)\(reply["changed"] == .bool(true) ? "" : " already")\n")
  }

  /// Asks a daemon on a socket of the service manager, for whoever may not enter its spool.
  ///
  /// - Throws: exit code 1 where it says no.
  static func ask(_ verb: String, at socket: Path, _ root: Path, _ members: [JSONValue.Member]) throws -> JSONValue {
    do throws(ControlProblem) {
      return try ControlClient(root: root, socket: socket).ask(verb, members, timeout: .seconds(60))
    } catch {
      complain(error.message)
      throw ExitCode.failure
    }
  }

  static func withoutOK(_ reply: JSONValue) -> JSONValue {
    guard case .object(let members) = reply else { return reply }
    return .object(members.filter { $0.key != "ok" })
  }
}
