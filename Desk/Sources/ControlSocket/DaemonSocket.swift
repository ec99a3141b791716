import Glibc

/// Why the daemon did not answer.
public struct DaemonProblem: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Asks a daemon on a socket, one line of JSON for another (docs/control.md).
public struct DaemonSocket: Sendable {
  /// Those that are tried, one after the other.
  private let paths: [String]

  public init(paths: [String]) { self.paths = paths }

  /// Those that are asked about a spool, one after the other.
  ///
  /// - Parameter named: what the user named in their place.
  public init(spool root: String, named: String?) {
    // The service manager makes these for the spool of the installed unit.
    let made = root == "/var/lib/linecaster" ? ["/run/linecaster/control", "/run/linecaster/read"] : []
    paths = named.map { [$0] } ?? (made + ["\(root)/state/control"])
  }

  /// Bytes of an answer; more is none.
  private static let longestAnswer = 1 << 26

  /// - Parameter request: a JSON object without line ends.
  /// - Returns: the answer, a JSON object; the members `ok` and `error` say whether it is one.
  public func ask(_ request: String, timeout: Duration = .seconds(10)) throws(DaemonProblem) -> String {
    let descriptor = try connected()
    defer { close(descriptor) }
    let deadline = ContinuousClock.now + timeout
    var left = timeval(tv_sec: Int(timeout.components.seconds), tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &left, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &left, socklen_t(MemoryLayout<timeval>.size))
    let line = Array("\(request)\n".utf8)
    guard line.withUnsafeBytes({ send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }) == line.count else {
      throw DaemonProblem("the daemon takes no question: \(String(cString: strerror(errno)))")
    }
    var answer: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while answer.last != UInt8(ascii: "\n") {
      let count = part.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0, .now < deadline, answer.count < Self.longestAnswer else {
        throw DaemonProblem("the daemon does not answer")
      }
      answer += part[..<count]
    }
    guard let text = String(validating: answer.dropLast(), as: UTF8.self) else {
      throw DaemonProblem("the daemon's answer is no text")
    }
    return text
  }

  private func connected() throws(DaemonProblem) -> CInt {
    var problem = "no socket is known"
    for path in paths {
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard descriptor >= 0 else { throw DaemonProblem("no socket can be opened") }
      if Self.connect(descriptor, to: path) { return descriptor }
      let code = errno
      close(descriptor)
      problem =
        switch code {
        case ENOENT, ECONNREFUSED: "no daemon runs there (\(path))"
        default: "\(path): \(String(cString: strerror(code)))"
        }
    }
    throw DaemonProblem(problem)
  }

  /// A path may be longer than an address has room for: its folder is then named by a descriptor.
  private static func connect(_ descriptor: CInt, to path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    let opened = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { return false }
    defer { close(opened) }
    let bytes = Array("/proc/self/fd/\(opened)/\(name)".utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      errno = ENAMETOOLONG
      return false
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
