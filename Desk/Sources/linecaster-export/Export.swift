import ArgumentParser
import ArticleIO
import Exporting
import Glibc
import OutboxReading
import RecordReading
import StageKit
import Terminal

@main
struct Export: ParsableCommand {
  enum Target: String, ExpressibleByArgument, CaseIterable {
    case brat, labelstudio, ninjs
  }

  static let configuration = CommandConfiguration(
    commandName: "linecaster export",
    abstract: "Write records as annotations for brat or Label Studio, or as news items in ninjs.",
    usage: "linecaster export --to brat|labelstudio|ninjs [--out PLACE] FILE...",
    discussion: """
      A FILE is an outbox, one of its files, also with .gz or .zst, or - for standard input.

      brat: two files for each record in the folder of --out, which gets an annotation.conf too: names with their types, quotations \
      with their kinds, speakers and cues, and relations between them. linecaster train entities --from brat learns from what you \
      put right there.

      labelstudio: one JSON list of tasks with predictions, for its import; --config prints the labelling interface for them. \
      linecaster train entities --from labelstudio reads its export.

      ninjs: a line of JSON for each record, valid by the schema of ninjs 3.1, or a file each in the folder of --out.

      EXAMPLES
        linecaster export --to brat --out corpus spool/outbox
        linecaster export --to labelstudio spool/outbox/news.jsonl > tasks.json
        linecaster process pipelines/news.yaml *.html | linecaster export --to ninjs -
      """)

  @Option(help: "What is written: brat, labelstudio, ninjs.")
  var to: Target

  @Option(help: "The folder (brat, ninjs) or file (labelstudio); without it standard output.", completion: .directory)
  var out: String?

  @Flag(help: "Print what the tool has to be told of the labels, and end.")
  var config = false

  @Argument(help: "Records.", completion: .file())
  var files: [String] = []

  func validate() throws {
    if config {
      if to == .ninjs { throw ValidationError("ninjs wants no configuration.") }
      return
    }
    if files.isEmpty { throw ValidationError("name at least one file of records, or - for standard input.") }
    if to == .brat, out == nil { throw ValidationError("--to brat wants a folder: --out FOLDER") }
  }

  func run() throws {
    ProcessStart.prepare()
    if config { return StandardOutput.write(to == .brat ? Brat.configuration : LabelStudio.configuration) }
    var sink = try RecordSink(target: to, out: out)
    var refused = 0
    for path in files {
      for (name, lines) in try opened(path) { refused += try export(lines, name, &sink) }
    }
    try sink.finish()
    if refused > 0 { throw ExitCode.badInput }
  }

  private func opened(_ path: String) throws -> [(String, LineFile)] {
    if path == "-" { return [("standard input", LineFile(standardInput: ()))] }
    guard let place = OutboxPlace(path) else {
      complain("\(path): \(errno == EINVAL ? "neither a folder nor a file" : String(cString: strerror(errno)))")
      throw ExitCode.inputOutput
    }
    var folders: [String] = []
    var all: [(String, LineFile)] = []
    for var file in place.files(folders: &folders) {
      do throws(InputError) {
        if let lines = try LineFile(&file) { all.append((file.path, lines)) }
      } catch {
        complain("\(file.path): \(error.message)")
        throw ExitCode.inputOutput
      }
    }
    return all
  }

  /// - Returns: how many lines are no records.
  private func export(_ lines: LineFile, _ name: String, _ sink: inout RecordSink) throws -> Int {
    var (lines, record, number, refused) = (lines, Record(), 0, 0)
    while true {
      let line: Range<Int>?
      do throws(InputError) { line = try lines.next() } catch {
        complain("\(name): \(error.message)")
        throw ExitCode.inputOutput
      }
      guard let line else { return refused }
      number += 1
      if line.isEmpty { continue }
      do throws(LineFault) { try record.read(lines.buffer.span.extracting(line)) } catch {
        complain("\(name):\(number):\(error.offset + 1): \(error.message)")
        refused += 1
        continue
      }
      if record.schema == .discarded { continue }
      try sink.write(record)
    }
  }
}
