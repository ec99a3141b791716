import CChild
import Glibc
import HTTP
import Synchronization

/// Keeps `linecaster send` at work, which follows the outbox into the SQLite file.
public final class Loader: Sendable {
  private let arguments: [String]
  private let outboxes: [String]
  private let child = Mutex<pid_t>(0)

  /// - Parameters:
  ///   - program: `linecaster-send`.
  ///   - outboxes: folders; those that are not there yet are waited for.
  public init(program: String, database: String, outboxes: [String]) {
    arguments = [program, "--to", "sqlite", "--follow", database] + outboxes
    self.outboxes = outboxes
  }

  /// Microseconds between two looks for an outbox.
  private static let look: UInt32 = 200_000
  /// Seconds until it is started again, at first and at most.
  private static let pauses = (first: UInt32(1), most: UInt32(30))
  /// Who ran as long as this may start at once again.
  private static let well = Duration.seconds(60)

  /// Starts it, and starts it again whenever it ended.
  public func start(_ complain: @escaping @Sendable (String) -> Void) {
    // The child ends with this thread, which lives as long as the process.
    startThread { [self] in
      var pause = Self.pauses.first
      while true {
        while outboxes.contains(where: { access($0, F_OK) != 0 }) { usleep(Self.look) }
        let began = ContinuousClock.now
        let pid = started()
        guard pid > 0 else {
          complain("\(arguments[0]) cannot be started: \(String(cString: strerror(errno)))")
          sleep(Self.pauses.most)
          continue
        }
        child.withLock { $0 = pid }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        child.withLock { $0 = 0 }
        if .now - began > Self.well { pause = Self.pauses.first }
        complain("linecaster-send ended; it is started again in \(pause) s")
        sleep(pause)
        pause = min(2 * pause, Self.pauses.most)
      }
    }
  }

  /// Asks it to end.
  public func stop() {
    let pid = child.withLock { $0 }
    if pid > 0 { kill(pid, SIGTERM) }
  }

  private func started() -> pid_t {
    // C strings that live until the program is started.
    let vector = arguments.map { strdup($0) } + [nil]
    defer { vector.forEach { free($0) } }
    return child_start(vector)
  }
}
