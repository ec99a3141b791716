import Glibc

/// Where a server is found.
public enum ListeningAddress: Sendable, Equatable {
  /// A Unix socket, by its path.
  case unix(String)
  /// An IP address in figures, and a port; 0 takes a free one.
  case tcp(host: String, port: UInt16)

  /// Reads `127.0.0.1:8686`, `[::1]:8686` or a path with a slash in it.
  ///
  /// - Returns: `nil` for a name, which could stand for any address.
  public init?(_ text: String) {
    if text.contains("/") {
      self = .unix(text)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    var host = text[..<colon]
    if host == "localhost" { host = "127.0.0.1" }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard Self.addresses(of: String(host)) != nil else { return nil }
    self = .tcp(host: String(host), port: port)
  }

  /// Whether only programs on this machine get there.
  public var isLocal: Bool {
    switch self {
    case .unix: return true
    case .tcp(let host, _):
      switch Self.addresses(of: host) {
      case .four(let address)?: return UInt32(bigEndian: address.s_addr) >> 24 == 127
      case .six(var address)?:
        let bytes = withUnsafeBytes(of: &address) { Array($0) }
        return bytes == [UInt8](repeating: 0, count: 15) + [1]
      case nil: return false
      }
    }
  }

  /// As it stands in a URL.
  public var authority: String? {
    guard case .tcp(let host, let port) = self else { return nil }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  enum Figures {
    case four(in_addr)
    case six(in6_addr)
  }

  static func addresses(of host: String) -> Figures? {
    var four = in_addr()
    if inet_pton(AF_INET, host, &four) == 1 { return .four(four) }
    var six = in6_addr()
    return inet_pton(AF_INET6, host, &six) == 1 ? .six(six) : nil
  }
}
