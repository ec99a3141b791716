import ArgumentParser
import Disk
import Spool
import StageKit
import Terminal

struct FailedShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show why an input failed, and how it begins.",
    discussion: """
      FILE is an input in failed/ by its path, which tells the spool, or by its name there or in the inbox. Control \
      characters, which could be commands to the terminal, are shown as U+FFFD.

      Exit codes: 0 it was shown, 1 nothing of that name failed.

      EXAMPLE
        linecaster failed show article.html
      """)

  @Argument(help: "A failed input.", completion: .file())
  var file: String

  @OptionGroup var spool: SpoolOptions

  @Option(help: "Bytes of the input that are shown, from its start.")
  var bytes = 400

  func validate() throws {
    if bytes < 0 { throw ValidationError("--bytes is a number of bytes") }
  }

  mutating func run() throws {
    spool.takeRoot(from: file)
    let fs = PosixFileSystem()
    let view = try spool.view(beside: RunningDaemon(root: spool.path, fs), placesOnly: true)
    let wanted = CommandLine.bytes(of: [file])[0]
    let found = FailedInput.choose(wanted, try orExit { try view.failedInputs(fs) })
    if found.isEmpty {
      complain("nothing called \(Path.printable(wanted)) is in failed/; linecaster failed list tells what is")
      throw ExitCode.failure
    }
    for input in found { StandardOutput.write(try orExit { try text(input, fs) }) }
  }

  private func text(_ input: FailedInput, _ fs: PosixFileSystem) throws(DiskError) -> String {
    var text = "\(input.path.shown)\n"
    if case .object(let members)? = input.reason?.content {
      for member in members where member.key != "schema" {
        let value = member.value.string ?? String(decoding: member.value.encoded, as: UTF8.self)
        text += "  \(member.key): \(visible(value.unicodeScalars))\n"
      }
    } else {
      text += "  no reason file lies beside it\n"
    }
    guard let status = input.status else { return text + "  the input was taken away\n" }
    guard status.kind == .regular else { return text + "  it is not a regular file\n" }
    let handle = try fs.open(input.path, for: .reading)
    defer { fs.close(handle) }
    let start = try fs.read(handle, at: 0, count: min(bytes, status.size))
    let shown = visible(String(decoding: start, as: UTF8.self).unicodeScalars, lines: true)
    let rest = status.size > start.count ? "\n… \(status.size - start.count) more bytes" : ""
    return text + "\n\(shown)\(rest)\n"
  }
}
