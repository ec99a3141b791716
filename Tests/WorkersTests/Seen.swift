import Foundation
import Testing

/// What `WorkersChild` printed: lines of a kind and fields.
struct Seen {
  var lines: [[String]] = []

  /// The fields of the first line of a kind, as one text; empty where there is none.
  subscript(_ kind: String) -> String { all(kind).first?.joined(separator: " ") ?? "" }

  func all(_ kind: String) -> [[String]] { lines.filter { $0.first == kind }.map { Array($0.dropFirst()) } }

  /// Runs it to its end. It lies beside the test runner.
  ///
  /// - Parameter backtrace: how Swift's runtime is to trace stacks; with `no` it writes them itself, behind its message.
  init(_ arguments: [String], backtrace: String = "no") throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("WorkersChild")
    process.arguments = arguments
    process.environment = ["SWIFT_BACKTRACE": "enable=\(backtrace)"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      lines.append(line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
    }
    #expect(process.terminationStatus == 0, "\(lines)")
    #expect(all("error").isEmpty, "\(lines)")
  }
}

/// A folder that goes with the test.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("linecaster-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }
}
