import FoundationEssentials
import Glibc
import HTTP
import Synchronization

/// Pipelines as they are written, what `check` says of them, and what they make of a text.
final class Trials: Sendable {
  private let program: ChildProgram
  private let paths: [String]
  private let running = Mutex(0)

  init(program: ChildProgram, pipelines: [String]) { (self.program, paths) = (program, pipelines) }

  struct Text: Decodable {
    var text: String
    var pipeline: Int?
  }

  /// Bytes of a text that is tried.
  private static let longestText = 1 << 20
  /// Bytes of a pipeline that is shown.
  private static let longestPipeline = 1 << 18
  /// Texts that are tried at a time.
  private static let mostRunning = 2

  /// The files of the pipelines.
  private var files: [String] {
    paths.flatMap { path -> [String] in
      guard let folder = opendir(path) else { return [path] }
      defer { closedir(folder) }
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml"), !name.hasPrefix(".") { names.append("\(path)/\(name)") }
      }
      return names.sorted()
    }
  }

  /// Each with its text, and all that is wrong.
  func pipelines() throws(Refusal) -> String {
    let files = files
    guard !files.isEmpty else { return #"{"files":[],"diagnostics":[]}"# }
    let shown = files.map { file in
      "{\"file\":\(quoted(file)),\"text\":\(content(of: file).map { quoted($0) } ?? "null")}"
    }
    guard let outcome = program.run(["check", "--format", "json"] + paths), !outcome.output.isEmpty else {
      throw Refusal(502, "the pipelines cannot be checked: \(program.path) check does not answer")
    }
    let diagnostics = String(decoding: outcome.output, as: UTF8.self)
    return "{\"files\":[\(shown.joined(separator: ","))],\"diagnostics\":\(diagnostics)}"
  }

  private func content(of file: String) -> String? {
    let descriptor = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: Self.longestPipeline)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// What each stage makes of a text. Nothing is written but the file that has it, which goes again.
  func simulate(_ trial: Text) throws(Refusal) -> String {
    let files = files
    let place = trial.pipeline ?? 0
    guard files.indices.contains(place) else { throw Refusal(404, "there is no such pipeline") }
    guard trial.text.utf8.count <= Self.longestText else { throw Refusal(413, "the text is longer than 1 MiB") }
    guard
      running.withLock({ running in
        if running >= Self.mostRunning { return false }
        running += 1
        return true
      })
    else { throw Refusal(429, "other texts are being tried; once more in a moment") }
    defer { running.withLock { $0 -= 1 } }
    let (folder, file) = try kept(trial.text)
    defer {
      unlink(file)
      rmdir(folder)
    }
    guard let outcome = program.run(["simulate", "--format", "json", files[place], file]), let code = outcome.code
    else {
      throw Refusal(504, "it took too long")
    }
    guard code == 0 || !outcome.output.isEmpty else {
      throw Refusal(400, String(decoding: outcome.errors.prefix(4000), as: UTF8.self))
    }
    return String(decoding: outcome.output, as: UTF8.self)
  }

  /// In a folder that only this user may enter. A text that begins with a tag is a page.
  private func kept(_ text: String) throws(Refusal) -> (folder: String, file: String) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/linecaster-desk-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Refusal(503, "no folder can be made in \(base)") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let isPage = text.drop(while: \.isWhitespace).hasPrefix("<")
    let file = "\(folder)/text.\(isPage ? "html" : "txt")"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      rmdir(folder)
      throw Refusal(503, "the text cannot be kept")
    }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard bytes.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
      unlink(file)
      rmdir(folder)
      throw Refusal(503, "the text cannot be kept")
    }
    return (folder, file)
  }
}
