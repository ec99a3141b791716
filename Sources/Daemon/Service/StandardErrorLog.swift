import ArticleIO
import Bytes
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
    let line = line(event.level, "\(event.message)", metadata.merging(event.metadata ?? [:]) { $1 })
    StandardErrorQueue.shared.write(line) { lost in
      self.line(
        .warning, "\(lost) message\(lost == 1 ? " is" : "s are") missing here: nobody read standard error", [:])
    }
  }

  /// Lets out what waits for a reader, at the end of the process.
  public static func flush() { StandardErrorQueue.shared.flush() }

  private func line(_ level: Logger.Level, _ message: String, _ fields: Logger.Metadata) -> [UInt8] {
    let priority = isUnderSystemd ? "<\(priority(level))>" : ""
    return Array(priority.utf8) + (format == .json ? json(level, message, fields) : text(level, message)) + [0x0A]
  }

  /// What the fields say, the message says in words.
  private func text(_ level: Logger.Level, _ message: String) -> [UInt8] {
    let head = isUnderSystemd ? "" : "\(UTC.extended(now())) \(level.rawValue): "
    return "\(head)\(message)".utf8.map { $0 == 0x0A ? 0x20 : $0 }
  }

  private func json(_ level: Logger.Level, _ message: String, _ fields: Logger.Metadata) -> [UInt8] {
    var members: [JSONValue.Member] = [
      .init(key: "time", value: .string(UTC.extended(now()))),
      .init(key: "level", value: .string(level.rawValue)),
      .init(key: "message", value: .string(message)),
    ]
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
