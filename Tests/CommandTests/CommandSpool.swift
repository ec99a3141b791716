import ArticleIO
import Foundation
import StageKit
import Testing

/// A spool with one pipeline, the operator's commands on it, and a daemon where a test wants one.
final class CommandSpool {
  static let story = "Rain fell on Tolmar on Monday. The river rose by two metres, and the old bridge was closed."
  let folder: Folder
  let pipeline: String
  private var daemon: Process?

  var root: URL { folder.url.appendingPathComponent("spool") }
  var inbox: URL { root.appendingPathComponent("inbox") }
  var live: URL { root.appendingPathComponent("outbox/news.jsonl") }

  init(settings: String = "", stages: String = "[segment]") throws {
    folder = try Folder()
    pipeline = try folder.write("news.yaml", "name: news\n\(settings)stages: \(stages)\n")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
  }

  deinit { daemon?.terminate() }

  /// `linecaster ARGUMENTS --root ROOT`, run in the test's folder.
  func command(_ arguments: String..., input: [UInt8] = []) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(arguments + ["--root", root.path], input: input, in: folder.url)
  }

  @discardableResult
  func runOnce() throws -> BuiltCommand.Outcome { try command("run", pipeline, "--once") }

  /// What the daemon said on standard error so far.
  let log = SaidText()

  /// Returns when it watches the inbox.
  ///
  /// - Parameters:
  ///   - pipelines: a file or directory in the test's folder; `nil` for the one pipeline.
  ///   - plugins: where plugins are.
  ///   - user: a number for `setpriv`; `nil` for the user of the test.
  ///   - script: what a shell does first.
  ///   - input: its standard input.
  func startDaemon(
    _ pipelines: String? = nil, plugins: String? = nil, user: Int? = nil, after script: String? = nil,
    input: FileHandle? = nil
  ) throws -> Process {
    let path = pipelines.map { folder.url.appendingPathComponent($0).path } ?? pipeline
    let process = BuiltCommand.process(
      ["run", path, "--root", root.path] + (plugins.map { ["--plugins", $0] } ?? []))
    if let script { BuiltCommand.prepare(script, process) }
    if let user { BuiltCommand.become(user, process) }
    if let input { process.standardInput = input }
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    daemon = process
    while !log.contains("running on") {
      let piece = errors.fileHandleForReading.availableData
      if piece.isEmpty { break }
      log.add(piece)
    }
    let log = log
    errors.fileHandleForReading.readabilityHandler = { log.add($0.availableData) }
    return process
  }

  func drop(_ name: String, _ text: String = CommandSpool.story) throws {
    try folder.write("spool/inbox/\(name)", text)
  }

  func records() throws -> [JSONValue] {
    let data = (try? Data(contentsOf: live)) ?? Data()
    // What is being written just now may show in part.
    let whole = data[..<(data.lastIndex(of: 0x0A) ?? data.startIndex)]
    return try whole.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
  }

  /// For tests with a time limit.
  func waitForRecords(_ count: Int) throws {
    while try records().count < count { sched_yield() }
  }

  /// For tests with a time limit.
  func waitForMessage(_ words: String, or others: String? = nil) {
    while !log.contains(words), others.map({ !log.contains($0) }) ?? true { sched_yield() }
  }

  /// Names in a folder of the root, those of folders too.
  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? []).sorted()
  }

  func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
  }

  /// Makes the spool look as after a power cut: kills the daemon.
  func kill(_ process: Process) {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}

/// Text that another thread adds to.
final class SaidText: @unchecked Sendable {
  // Unchecked: the lock guards every access.
  private let lock = NSLock()
  private var data = Data()

  func add(_ piece: Data) { lock.withLock { data.append(piece) } }
  var text: String { lock.withLock { String(decoding: data, as: UTF8.self) } }

  /// By bytes: to look through a long text again and again by characters takes minutes.
  func contains(_ words: String) -> Bool { lock.withLock { data.range(of: Data(words.utf8)) != nil } }
}
