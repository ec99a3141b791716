import Glibc

/// Listening sockets that the service manager made and passed on (sd_listen_fds(3)), so that it says who may connect: `control`
/// answers every verb, `read` those that change nothing.
public struct PassedSockets: Sendable {
  /// They stay open for as long as the process lives.
  let control: [CInt]
  let read: [CInt]
  /// Names of sockets that mean nothing here.
  public let unknown: [String]

  /// The first descriptor that a service manager passes.
  private static let first: CInt = 3
  private static let mostSockets = 16

  /// Those of this process. What is passed is taken once: a program that this one starts finds none of it.
  public static func take() -> PassedSockets {
    func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    let process = value("LISTEN_PID").flatMap { Int32($0) }
    let sockets =
      process == getpid()
      ? PassedSockets(count: value("LISTEN_FDS").flatMap { Int($0) } ?? 0, names: value("LISTEN_FDNAMES") ?? "")
      : PassedSockets(count: 0, names: "")
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
    return sockets
  }

  /// None.
  public init() { self.init(count: 0, names: "") }

  init(count: Int, names: String) {
    let names = names.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    var found: [(name: String, descriptor: CInt)] = []
    for index in 0..<max(0, min(count, Self.mostSockets)) {
      let descriptor = Self.first + CInt(index)
      guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { continue }
      found.append((names.indices.contains(index) ? names[index] : "", descriptor))
    }
    control = found.filter { $0.name == "control" }.map(\.descriptor)
    read = found.filter { $0.name == "read" }.map(\.descriptor)
    unknown = found.map(\.name).filter { $0 != "control" && $0 != "read" }
  }
}
