import Disk
import Glibc
import Logging
import StageKit
import Synchronization
import TestSupport

@testable import Daemon
@testable import PipelineKit

/// A root with pipelines on a real file system.
struct TestHouse: ~Copyable {
  let directory = TemporaryDirectory()
  let fs = PosixFileSystem()
  let said = Said()

  var root: Path { directory.path / "spool" }

  static func pipeline(
    _ name: String = "news", inbox: String = "inbox", stages: [ChainLink] = [], accept: [String] = [],
    maxInput: Int = 1 << 20, settleMilliseconds: Int = 0
  ) -> Pipeline {
    var settings = InboxSettings()
    settings.path = inbox
    settings.accept = accept
    settings.maxInput = maxInput
    settings.settleMilliseconds = settleMilliseconds
    var outbox = OutboxSettings()
    outbox.minFree = 0
    return Pipeline(
      name: name, file: "\(name).yaml", inbox: settings, outbox: outbox,
      deadline: .seconds(10), chain: Chain(stages), digest: "d", tests: [])
  }

  func put(_ name: String, _ content: String, inbox: String = "inbox") throws {
    try put(Array(name.utf8), Array(content.utf8), inbox: inbox)
  }

  func put(_ name: [UInt8], _ content: [UInt8], inbox: String = "inbox") throws {
    try fs.makeDirectories(root / inbox)
    let file = try fs.open(directory.path / "draft", for: .creating)
    try fs.write(content, to: file, at: 0)
    fs.close(file)
    try fs.rename(directory.path / "draft", to: root / inbox / name, replacing: true)
  }

  var log: Logger {
    let said = said
    return Logger(label: "test") { _ in Listener(said: said) }
  }

  static let quiet = Logger(label: "test") { _ in Listener(said: Said()) }

  /// Runs until the inboxes are empty.
  func drain(_ pipelines: [Pipeline], workers: Int = 2) throws {
    let daemon = try Daemon(pipelines, .init(root: root, once: true, workers: workers), log: log)
    if let error = daemon.waitUntilDrained() { throw error }
  }

  func text(_ path: Path) throws -> String {
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    return String(decoding: try fs.readAll(file), as: UTF8.self)
  }

  func lines(_ pipeline: String = "news") throws -> [String] {
    try text(root / "outbox/\(pipeline).jsonl").split(separator: "\n").map(String.init)
  }

  func names(_ path: String) throws -> [String] {
    guard try fs.status(at: root / path) != nil else { return [] }
    return try fs.list(root / path).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }
}

/// Messages of the log.
final class Said: Sendable {
  private let lines = Mutex<[String]>([])
  private let onMessage: @Sendable (String) -> Void
  init(_ onMessage: @escaping @Sendable (String) -> Void = { _ in }) { self.onMessage = onMessage }
  func add(_ line: String) {
    lines.withLock { $0.append(line) }
    onMessage(line)
  }
  var all: [String] { lines.withLock { $0 } }
}

struct Listener: LogHandler {
  let said: Said
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .trace
  init(said: Said) { self.said = said }
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
  func log(event: LogEvent) { said.add("\(event.message)") }
}
