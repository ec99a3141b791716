import ArticleIO
import Glibc
import Logging
import Spool
import StageKit

/// One line a message on standard error: plain, or one JSON object. Under systemd with a priority in front; a plain line
/// has no time then, because the journal has.
public struct StandardErrorLog: LogHandler {
  public enum Format: String, CaseIterable, Sendable { case text, json }

  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level
  private let format: Format
  private let isUnderSystemd: Bool

  public init(_ logLevel: Logger.Level = .info, format: Format = .text) {
    self.logLevel = logLevel
    self.format = format
    isUnderSystemd = getenv("JOURNAL_STREAM") != nil
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    let priority = isUnderSystemd ? "<\(priority(event.level))>" : ""
    let bytes = Array(priority.utf8) + (format == .json ? json(event) : text(event)) + [0x0A]
    // One write, so that lines of several threads do not mix. Nothing can be said where nobody listens.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// What the fields say, the message says in words.
  private func text(_ event: LogEvent) -> [UInt8] {
    let head = isUnderSystemd ? "" : "\(UTC.extended(now())) \(event.level.rawValue): "
    return "\(head)\(event.message)".utf8.map { $0 == 0x0A ? 0x20 : $0 }
  }

  private func json(_ event: LogEvent) -> [UInt8] {
    var members: [JSONValue.Member] = [
      .init(key: "time", value: .string(UTC.extended(now()))),
      .init(key: "level", value: .string(event.level.rawValue)),
      .init(key: "message", value: .string("\(event.message)")),
    ]
    let fields = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      if case .stringConvertible(let number) = value {
        members.append(.init(key: key, value: .number("\(number)")))
      } else {
        members.append(.init(key: key, value: .string("\(value)")))
      }
    }
    return JSONValue.object(members).encoded
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
