import Glibc
import Logging
import Spool

/// One plain line a message on standard error; under systemd a priority in front, and no time, which the journal has.
public struct StandardErrorLog: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level = .info
  private let isUnderSystemd: Bool

  public init() { isUnderSystemd = getenv("JOURNAL_STREAM") != nil }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var line = isUnderSystemd ? "<\(priority(event.level))>" : "\(UTC.extended(now())) \(event.level.rawValue): "
    line += "\(event.message)"
    let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)" }
    let bytes = Array(line.utf8.map { $0 == 0x0A ? 0x20 : $0 }) + [0x0A]
    // One write, so that lines of several threads do not mix. Nothing can be said where nobody listens.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Of syslog(3).
  private func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}

/// Seconds since 1970.
func now() -> Int64 {
  var instant = timespec()
  clock_gettime(CLOCK_REALTIME, &instant)
  return Int64(instant.tv_sec)
}
