import Glibc

/// Tells systemd how the daemon is (sd_notify(3)); says nothing where no service manager listens.
struct ServiceNotifier: Sendable {
  private let address: [UInt8]?
  /// Half of what the service manager waits for a sign of life; `nil` where it does not wait.
  let watchdogInterval: Duration?

  init() {
    self.init(
      socket: getenv("NOTIFY_SOCKET").map { String(cString: $0) },
      watchdogMicroseconds: getenv("WATCHDOG_USEC").flatMap { Int64(String(cString: $0)) },
      watchdogProcess: getenv("WATCHDOG_PID").flatMap { Int32(String(cString: $0)) })
  }

  init(socket: String?, watchdogMicroseconds: Int64?, watchdogProcess: Int32?) {
    var name = Array((socket ?? "").utf8)
    // `@name` is a socket without a file: its name begins with a zero byte.
    if name.first == UInt8(ascii: "@") { name[0] = 0 }
    address = name.isEmpty || name.count > 107 ? nil : name
    let isForUs = watchdogProcess == nil || watchdogProcess == getpid()
    watchdogInterval = isForUs ? watchdogMicroseconds.map { .microseconds($0 / 2) } : nil
  }

  func ready(_ status: String) { send("READY=1\nSTATUS=\(status)\n") }
  /// Asks for another two minutes to start.
  func stillStarting(_ status: String) { send("EXTEND_TIMEOUT_USEC=120000000\nSTATUS=\(status)\n") }
  /// Asks for more time to end.
  func stillStopping(_ status: String) { send("EXTEND_TIMEOUT_USEC=30000000\nSTATUS=\(status)\n") }
  func stopping() { send("STOPPING=1\nSTATUS=finishing what is under way\n") }
  func status(_ text: String) { send("STATUS=\(text)\n") }
  func alive() { send("WATCHDOG=1\n") }

  private func send(_ message: String) {
    guard let name = address else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if descriptor < 0 { return }
    defer { close(descriptor) }
    var target = sockaddr_un()
    target.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: name) }
    let isAbstract = name.first == 0
    let length = MemoryLayout<sa_family_t>.size + name.count + (isAbstract ? 0 : 1)
    let bytes = Array(message.utf8)
    withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, socklen_t(length))
      }
    }
  }
}
