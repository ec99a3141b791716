import ArgumentParser
import ArticleIO
import PipelineKit
import StageKit
import Terminal

struct PipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "A filter: JSON Lines on standard input, records on standard output.",
    usage: """
      linecaster pipe [--workers <workers>] [--index <index>] [--errors <errors>] [--ids <ids>] [--keys <keys>] [--strict] [<pipeline>]
      linecaster pipe --shard <i/n> --out <out> [<pipeline>] <files> ...
      """,
    discussion: """
      Each line is an object with `text` or `html`, and optionally `id`, `title`, `url`, `published`, `language`, \
      `byline` and `tags`; all other keys come back under `meta`. A line has 64 MiB at most. Records come in the order of the lines. A line that \
      is no article gets a message with its number on standard error and the rest goes on; the exit code is then 65.

      For a cluster, which cuts an archive into parts: with --errors rows each line in has one line out, what failed an object \
      with the schema linecaster-error/1, line, id, stage, class and message; with --ids content equal lines have equal ids, \
      wherever they stand. A chain with dedupe finds the copies of its own part only; those of a whole archive are found over \
      the lines of linecaster fingerprint.

      Or it reads whole files, as an inbox takes them: --shard 3/64 those whose index in the sorted list is 3 modulo 64, \
      counted from 0. The records go to part-3.jsonl.zst in the folder --out, which appears when it is whole; part-3.done says \
      what it was made of, and counts. Run again, a part is passed over where its files, settings and the digest of the pipeline \
      are what they were.

      EXAMPLES
        linecaster pipe < articles.jsonl > records.jsonl
        linecaster pipe pipelines/annotate.yaml < articles.jsonl > records.jsonl
        zcat dump.jsonl.gz | linecaster pipe pipelines/news.yaml | jq -r .title
        parallel --pipe -N1000 -k linecaster pipe --errors rows --ids content pipelines/annotate.yaml < articles.jsonl
        linecaster pipe --shard $SLURM_ARRAY_TASK_ID/64 --out parts pipelines/annotate.yaml archive/*.jsonl.zst
      """)

  @Argument(
    help: ArgumentHelp(
      "The pipeline file; without one, that with all five stages which comes with linecaster. With --shard also the files.",
      valueName: "pipeline"),
    completion: .file())
  var words: [String] = []

  @Option(help: .hidden)
  var stages: String?

  @OptionGroup var options: FilterOptions

  @Option(help: "Where an error goes: stderr for a message, rows for a line in the place of the record.")
  var errors = Filter.Errors.messages

  @Option(help: "What the id of an article without one is made of: place (with the number of its line) or content.")
  var ids = Filter.IDs.place

  @Flag(help: "Stop at the first line that is no article.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "The keys that records have, with commas between them, as keys of outbox in a pipeline has them.",
      valueName: "keys"))
  var keys: RecordKeys?

  @Option(help: .hidden)
  var arrivals = Filter.Arrivals.now

  @Option(help: ArgumentHelp("Read files, and of them only a part: I/N, I from 0.", valueName: "i/n"))
  var shard: Shard?

  @Option(help: "The folder that the parts go to.", completion: .directory)
  var out: String?

  func validate() throws {
    if strict, errors == .rows { throw ValidationError("--strict ends at the first error, and --errors rows at none") }
    if (shard == nil) != (out == nil) {
      throw ValidationError("--shard and --out belong together: --shard 0/8 --out parts pipeline.yaml files ...")
    }
    if shard == nil, words.count > 1 {
      throw ValidationError("pipe reads standard input; files go with --shard and --out, or to linecaster process")
    }
    if shard != nil, options.index != nil {
      throw ValidationError("parts run side by side, and an index takes one at a time: --index is not for --shard")
    }
  }

  func run() throws {
    var (pipeline, files) = try read()
    if let keys { pipeline.outbox.keys = keys.keys }
    var filter = Filter(
      pipeline: pipeline, workers: options.threads.workers, memory: options.threads.memory, strict: strict)
    filter.index = options.index
    (filter.errors, filter.ids, filter.arrivals) = (errors, ids, arrivals)
    if pipeline.chain.memory != nil, options.index == nil {
      complain("‘\(pipeline.name)’ has dedupe and no --index: only copies within this input are found")
    }
    if let shard, let out {
      try run(filter, shard, of: files, to: out)
    } else if try !filter.run(.standardInput) {
      throw ExitCode.badInput
    }
  }

  /// The pipeline, and the files.
  private func read() throws -> (Pipeline, [[UInt8]]) {
    if let stages {
      let source = SourceFile(path: "--stages", bytes: Array("name: pipe\nstages: [\(stages)]\n".utf8))
      let found = Pipeline.load([source], registry: .withPlugins, context: nil)
      guard let pipeline = found.pipelines.first else {
        throw ValidationError(found.diagnostics.map(\.message).joined(separator: "; "))
      }
      return (pipeline, CommandLine.bytes(of: words))
    }
    if shard == nil { return (try onePipeline(words.first ?? ShippedPipeline.path()), []) }
    let (path, files) = try ShippedPipeline.split(words)
    return (try onePipeline(path), CommandLine.bytes(of: Array(files)))
  }

  private func run(_ filter: Filter, _ shard: Shard, of all: [[UInt8]], to directory: String) throws {
    let files = shard.files(of: all)
    let digest = try filter.digest()
    let settings = [
      "errors": errors.rawValue, "ids": ids.rawValue,
      "keys": filter.pipeline.outbox.keys.map(\.rawValue).joined(separator: ","),
    ]
    let part = try orExit {
      try Part(shard, in: directory, of: files, pipeline: filter.pipeline.name, digest: digest, settings: settings)
    }
    if let finished = try orExit({ try part.finished() }) {
      complain("\(part.path) is there already, of the same files and pipeline")
      if errors == .messages, finished["failed"]?.int ?? 0 > 0 { throw ExitCode.badInput }
      return
    }
    var output = try orExit { try part.begin() }
    let counts = try filter.run(.files(files), to: &output)
    if counts.unread > 0 {
      output.discard()
      complain("\(part.path) was not made: \(counts.unread) of its files could not be read")
      throw ExitCode.inputOutput
    }
    try orExit { try part.finish(&output, counts) }
    if errors == .messages, counts.failed > 0 { throw ExitCode.badInput }
  }
}

extension Filter.Errors: ExpressibleByArgument {}
extension Filter.IDs: ExpressibleByArgument {}
extension Filter.Arrivals: ExpressibleByArgument {}

/// Keys of a record, with commas between them.
struct RecordKeys: ExpressibleByArgument {
  let keys: [RecordKey]

  init?(argument: String) {
    let words = argument.split(whereSeparator: { $0 == "," || $0 == " " })
    keys = words.compactMap { RecordKey(rawValue: String($0)) }
    if keys.isEmpty || keys.count != words.count { return nil }
  }

  static var allValueStrings: [String] { RecordKey.allCases.map(\.rawValue) }
}
