import ArticleIO
import Foundation
import StageKit
import Testing

/// The command as it was built, run as a user runs it.
enum BuiltCommand {
  struct Outcome {
    var code: Int32
    var output: String
    var errors: String

    var records: [JSONValue] {
      output.split(separator: "\n").compactMap { try? JSONValue(parsing: Array($0.utf8)) }
    }
  }

  /// The test runner lies beside the command.
  static var path: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("linecaster")
  }

  /// The root of the checkout.
  static var checkout: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  static func process(_ arguments: [String], in folder: URL? = nil) -> Process {
    let process = Process()
    process.executableURL = path
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? checkout
    return process
  }

  /// Makes a process that was not started yet one of another user.
  static func become(_ user: Int, _ process: Process) {
    process.arguments =
      ["--reuid", "\(user)", "--regid", "\(user)", "--clear-groups", process.executableURL?.path ?? ""]
      + (process.arguments ?? [])
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
  }

  /// Whether tests can run the command as somebody else: they run as root, and others reach the build folder.
  static let runsAsOthers: Bool = {
    let process = Self.process(["version"], in: FileManager.default.temporaryDirectory)
    become(65534, process)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// Whether a command that changes the system works here, as `mount` and `chattr` do for root only.
  static func works(_ command: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Lets a shell run it after `script`, which may set limits or close descriptors.
  static func prepare(_ script: String, _ process: Process) {
    process.arguments = ["-c", script + "\nexec \"$@\"", "sh", path.path] + (process.arguments ?? [])
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
  }

  /// Runs it to its end. Output goes through files, so that no full pipe can stop it.
  static func run(_ arguments: String..., input: [UInt8] = [], in folder: URL? = nil) throws -> Outcome {
    try run(arguments, input: input, in: folder)
  }

  static func run(_ arguments: [String], input: [UInt8] = [], in folder: URL? = nil) throws -> Outcome {
    try run(process(arguments, in: folder), input: input)
  }

  static func run(_ process: Process, input: [UInt8]) throws -> Outcome {
    let scratch = try Folder()
    let files = ["in", "out", "err"].map { scratch.url.appendingPathComponent($0) }
    try Data(input).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    func text(_ file: URL) throws -> String { String(decoding: try Data(contentsOf: file), as: UTF8.self) }
    return Outcome(code: process.terminationStatus, output: try text(files[1]), errors: try text(files[2]))
  }
}

/// A folder that goes with the test.
final class Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("linecaster-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }
}

/// Every record a test sees must be a good one.
func expectGood(_ record: JSONValue, sourceLocation: SourceLocation = #_sourceLocation) {
  let problems = RecordSchema().problems(in: record)
  #expect(problems.isEmpty, "\(problems)", sourceLocation: sourceLocation)
}
