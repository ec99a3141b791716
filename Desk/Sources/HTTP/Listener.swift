import Glibc

/// Why nobody can be listened to.
public struct ListeningProblem: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// A socket that clients connect to.
public struct Listener: Sendable {
  let descriptor: CInt
  /// With the port that was free, where any was asked for.
  public let address: ListeningAddress

  /// - Parameter mode: who may connect to a Unix socket, as a file's mode.
  public init(_ address: ListeningAddress, mode: mode_t = 0o660) throws(ListeningProblem) {
    switch address {
    case .unix(let path): (descriptor, self.address) = (try Self.unix(path, mode), address)
    case .tcp(let host, let port): (descriptor, self.address) = try Self.tcp(host, port)
    }
    guard listen(descriptor, 128) == 0 else {
      throw ListeningProblem("nobody can be listened to: \(String(cString: strerror(errno)))")
    }
  }

  private static func opened(_ domain: Int32) throws(ListeningProblem) -> CInt {
    let descriptor = socket(domain, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ListeningProblem("no socket: \(String(cString: strerror(errno)))") }
    return descriptor
  }

  private static func unix(_ path: String, _ mode: mode_t) throws(ListeningProblem) -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path) - 1
    guard bytes.count <= room else {
      throw ListeningProblem("\(path): longer than the \(room) bytes that a socket's path may have")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = try opened(AF_UNIX)
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    // A socket of a server that ended stays; one that answers is another server's.
    var status = stat()
    if lstat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFSOCK else { throw ListeningProblem("\(path) is there and is no socket") }
      let answers = withUnsafePointer(to: address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
      }
      guard !answers else { throw ListeningProblem("\(path): another server listens there") }
      unlink(path)
    }
    // The mode holds from the first moment on.
    let before = umask(~mode & 0o777)
    defer { umask(before) }
    let isBound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
    }
    guard isBound else { throw ListeningProblem("\(path): \(String(cString: strerror(errno)))") }
    return descriptor
  }

  private static func tcp(_ host: String, _ port: UInt16) throws(ListeningProblem) -> (CInt, ListeningAddress) {
    guard let figures = ListeningAddress.addresses(of: host) else { throw ListeningProblem("\(host) is no address") }
    let descriptor: CInt
    var yes: Int32 = 1
    let isBound: Bool
    switch figures {
    case .four(let figures):
      descriptor = try opened(AF_INET)
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr = figures
      isBound = bound(descriptor, &address)
    case .six(let figures):
      descriptor = try opened(AF_INET6)
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      address.sin6_addr = figures
      isBound = bound(descriptor, &address)
    }
    guard isBound else { throw ListeningProblem("\(host):\(port): \(String(cString: strerror(errno)))") }
    return (descriptor, .tcp(host: host, port: port == 0 ? portTaken(descriptor) : port))
  }

  private static func bound<Address>(_ descriptor: CInt, _ address: inout Address) -> Bool {
    let size = socklen_t(MemoryLayout<Address>.size)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
    }
  }

  private static func portTaken(_ descriptor: CInt) -> UInt16 {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutablePointer(to: &address) {
      _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    // The port stands in the same place in both families.
    return withUnsafeBytes(of: address) { UInt16($0[2]) << 8 | UInt16($0[3]) }
  }
}
