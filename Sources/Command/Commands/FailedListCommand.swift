import ArgumentParser
import Bytes
import Disk
import Spool
import StageKit
import Terminal

struct FailedListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what failed, the newest first, and count it by class.",
    discussion: """
      With --json each is one object a line: file, name, bytes (null where the input was taken away), and reason, which is \
      what its .reason.json says (null where there is none).

      Exit codes: 0 something failed, 1 nothing did.

      EXAMPLES
        linecaster failed list
        linecaster failed list --class crashed killed --since 1d
        linecaster failed list --json | jq -r '.reason.class' | sort | uniq -c
      """)

  static let usualLimit = 50

  @OptionGroup var filter: FailedFilter

  @OptionGroup var spool: SpoolOptions

  @Option(help: "How many are listed, the newest; 0 for all. All are counted.")
  var limit = Self.usualLimit

  @Flag(help: "As JSON, an object a line.")
  var json = false

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is a number of inputs, or 0 for all") }
  }

  func run() throws {
    let fs = PosixFileSystem()
    let view = try spool.view(beside: RunningDaemon(root: spool.path, fs), placesOnly: true)
    var inputs = try orExit { try view.failedInputs(fs) }.filter(filter.holds)
    // In the order of their names where the time is the same.
    inputs = inputs.enumerated().sorted {
      ($1.element.reason?.last ?? .min, $0.offset) < ($0.element.reason?.last ?? .min, $1.offset)
    }.map(\.element)
    let listed = limit == 0 ? inputs[...] : inputs.prefix(limit)
    if json {
      for input in listed { StandardOutput.write(input.json.encoded + [0x0A]) }
    } else {
      for input in listed { StandardOutput.write(line(input)) }
      if listed.count < inputs.count {
        StandardOutput.write("and \(inputs.count - listed.count) older ones; --limit 0 lists all\n")
      }
      StandardOutput.write(inputs.isEmpty ? "nothing has failed\n" : "\(counts(inputs))\n")
    }
    if inputs.isEmpty { throw ExitCode.failure }
  }

  private func line(_ input: FailedInput) -> String {
    guard let reason = input.reason else { return "\(input.path.shown): has no reason file\n" }
    let count = reason.attempts > 1 ? ", \(reason.attempts) attempts" : ""
    let kind = reason.content["class"]?.string ?? "unknown"
    let message = visible("\(reason.sentence)".unicodeScalars)
    return
      "\(input.path.shown): \(message) (\(kind)\(count))\(input.status == nil ? "; the input was taken away" : "")\n"
  }

  /// “12 failed: 7 not_json, 5 deadline”
  private func counts(_ inputs: [FailedInput]) -> String {
    var counts: [String: Int] = [:]
    for input in inputs { counts[input.reason?.content["class"]?.string ?? "unknown", default: 0] += 1 }
    let classes = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
    return "\(inputs.count) failed: \(classes.joined(separator: ", "))"
  }
}

extension FailedInput {
  var json: JSONValue {
    .object([
      .init(key: "file", value: .string(Path.printable(path.bytes))),
      .init(key: "name", value: .string(Path.printable(name))),
      .init(key: "bytes", value: status.map { .number("\($0.size)") } ?? .null),
      .init(key: "reason", value: reason?.content ?? .null),
    ])
  }
}
