import Disk
import Glibc

/// Where the control socket of a spool is.
enum ControlAddress {
  static let name = "control"

  /// Makes a socket and does something with it and the address.
  ///
  /// The address leads through a descriptor of the directory: a socket's path has room for 107 bytes only.
  ///
  /// - Parameter work: false where it failed, with errno.
  /// - Returns: the socket, for the caller to close.
  static func open(
    in state: Path, _ work: (CInt, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) throws(ControlProblem) -> CInt {
    let directory = Glibc.open(state.bytes.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw ControlProblem("\(state): \(String(cString: strerror(errno)))") }
    defer { close(directory) }
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ControlProblem("no socket could be had: \(String(cString: strerror(errno)))") }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array("/proc/self/fd/\(directory)/\(name)".utf8)
    // The path is short, and the rest of it stays zero.
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    return try use(descriptor, address, named: state / name, work)
  }

  /// Connects to a socket by its path, which has 107 bytes at most.
  ///
  /// - Returns: the socket, for the caller to close.
  static func connected(to path: Path) throws(ControlProblem) -> CInt {
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ControlProblem("no socket could be had: \(String(cString: strerror(errno)))") }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      close(descriptor)
      throw ControlProblem("\(path): the path of a socket has 107 bytes at most")
    }
    // The path is short, and the rest of it stays zero.
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes) }
    return try use(descriptor, address, named: path) { connect($0, $1, $2) == 0 }
  }

  private static func use(
    _ descriptor: CInt, _ address: sockaddr_un, named path: Path,
    _ work: (CInt, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) throws(ControlProblem) -> CInt {
    let isDone = withUnsafePointer(to: address) { pointer in
      // Every socket address begins as this one does.
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        work(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    if isDone { return descriptor }
    let code = errno
    close(descriptor)
    throw ControlProblem("\(path): \(String(cString: strerror(code)))")
  }

  static func path(_ address: UnsafePointer<sockaddr>) -> String {
    address.withMemoryRebound(to: sockaddr_un.self, capacity: 1) { whole in
      withUnsafeBytes(of: whole.pointee.sun_path) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
  }
}
