import Glibc

/// What a plugin prints goes to the log, line by line behind its name. A flood is left out, and the plugin never waits for it.
struct PluginLog {
  private let name: String
  private var line: [UInt8] = []
  private(set) var lastLine: String?
  private var window = ContinuousClock.now
  private var written = 0
  private var leftOut = 0

  /// Lines in ten seconds, and bytes of one: as many as a pipe takes whole.
  private static let (mostLines, mostBytes) = (200, 3000)

  init(_ name: String) { self.name = name }

  /// Takes what is there.
  ///
  /// - Returns: whether more may come.
  @discardableResult
  mutating func read(_ descriptor: CInt) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    // Others want their turn too.
    for _ in 0..<16 {
      let count = Glibc.read(descriptor, &bytes, bytes.count)
      if count == 0 { return false }
      guard count > 0 else { return errno == EAGAIN || errno == EINTR }
      for byte in bytes[..<count] {
        if byte == 0x0A { finishLine() } else if line.count < Self.mostBytes { line.append(byte) }
      }
    }
    return true
  }

  mutating func finish() {
    finishLine()
    tellLeftOut()
  }

  private mutating func finishLine() {
    defer { line.removeAll(keepingCapacity: true) }
    guard line.contains(where: { $0 > 0x20 }) else { return }
    take(String(decoding: line, as: UTF8.self))
  }

  /// Takes a line.
  mutating func take(_ line: String) {
    let text = PluginExchange.printable(line)
    lastLine = text
    if .now - window > .seconds(10) {
      tellLeftOut()
      (window, written) = (.now, 0)
    }
    if written < Self.mostLines {
      written += 1
      write(text)
    } else {
      leftOut += 1
    }
  }

  private mutating func tellLeftOut() {
    if leftOut > 0 { write("\(leftOut) more lines were left out") }
    leftOut = 0
  }

  /// A log that nobody reads is not waited for.
  private func write(_ text: String) {
    var waited = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    guard poll(&waited, 1, 0) == 1, waited.revents & Int16(POLLOUT) != 0 else { return }
    let line = Array("linecaster: plugin \(name): \(text)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
