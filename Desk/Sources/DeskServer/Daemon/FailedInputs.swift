import FoundationEssentials
import Glibc
import HTTP
import Synchronization

/// What lies in `failed/` of the spool, as `linecaster failed list` tells it.
final class FailedInputs: Sendable {
  private let program: ChildProgram
  private let root: String
  private let known = Mutex<(lines: [Substring], time: ContinuousClock.Instant)?>(nil)

  init(program: ChildProgram, root: String) { (self.program, self.root) = (program, root) }

  /// How long a list is good: turning pages asks for it again and again.
  private static let fresh = Duration.seconds(3)
  /// Characters of an input that are shown.
  private static let characters = 400

  private struct Line: Decodable { var file: String }

  func forget() { known.withLock { $0 = nil } }

  func page(from offset: Int, limit: Int) throws(Refusal) -> String {
    let lines = try list()
    let shown = lines.dropFirst(offset).prefix(limit).map { line in
      let file = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)).file
      let begins = file.flatMap { beginning(of: $0) }
      return "{\"input\":\(line),\"begins\":\(begins.map { quoted($0) } ?? "null")}"
    }
    return "{\"count\":\(lines.count),\"inputs\":[\(shown.joined(separator: ","))]}"
  }

  private func list() throws(Refusal) -> [Substring] {
    if let known = known.withLock({ $0 }), .now - known.time < Self.fresh { return known.lines }
    let arguments = ["failed", "list", "--json", "--limit", "0", "--root", root]
    guard let outcome = program.run(arguments) else {
      throw Refusal(502, "what failed cannot be listed: \(program.path) failed list does not answer")
    }
    // It ends with 1 where nothing failed.
    guard outcome.code == 0 || outcome.code == 1 && outcome.errors.isEmpty else {
      throw Refusal(
        502, "what failed cannot be listed: \(String(decoding: outcome.errors.prefix(1000), as: UTF8.self))")
    }
    let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("{") }
    known.withLock { $0 = (lines, .now) }
    return lines
  }

  /// The first characters of an input; `nil` where it may not be read, or is no plain file.
  private func beginning(of file: String) -> String? {
    let path = file.hasPrefix("/") ? file : "\(root)/\(file)"
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4 * Self.characters)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { return nil }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.characters)))
  }

  /// What is put back into its inbox.
  struct Retry: Decodable {
    var files: [String]?
    var all: Bool?

    /// As the daemon is asked.
    func request() throws(Refusal) -> String {
      if all == true { return #"{"verb":"retry","all":true}"# }
      guard let files, !files.isEmpty, files.count <= 1000 else { throw Refusal(400, "files, or all: true") }
      return "{\"verb\":\"retry\",\"files\":[\(files.map { quoted($0) }.joined(separator: ","))]}"
    }
  }
}
