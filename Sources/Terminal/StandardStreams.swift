import Glibc

public enum StandardOutput {
  /// Writes all of it. A reader that went away ends the process as it does for any filter; all other trouble does so with
  /// a message and exit code 74.
  public static func write(_ bytes: [UInt8]) {
    guard let code = writeAll(bytes, to: STDOUT_FILENO) else { return }
    if code == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    StandardError.write("linecaster: standard output cannot be written: \(String(cString: strerror(code)))\n")
    exit(74)
  }
  public static func write(_ text: String) { write(Array(text.utf8)) }

  /// Whether colours make sense.
  public static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil }
}

public enum StandardError {
  /// Writes what it takes: a message that nobody can get is no reason to end.
  public static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
  public static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 && getenv("NO_COLOR") == nil }
}

/// - Returns: errno where not all could be written.
private func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> Int32? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if written < 0 {
      let code = errno
      if code == EINTR { continue }
      guard code == EAGAIN else { return code }
      var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&wait, 1, -1)
      continue
    }
    rest = rest.dropFirst(written)
  }
  return nil
}

/// Says what is wrong, on standard error.
public func complain(_ message: String) { StandardError.write("linecaster: \(message)\n") }
