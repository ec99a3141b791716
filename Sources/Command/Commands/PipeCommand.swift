import ArgumentParser
import ArticleIO
import PipelineKit
import StageKit
import Terminal

struct PipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "A filter: JSON Lines on standard input, records on standard output.",
    usage:
      "linecaster pipe [--workers <workers>] [--index <index>] [--errors <errors>] [--ids <ids>] [--strict] [<pipeline>]",
    discussion: """
      Each line is an object with `text` or `html`, and optionally `id`, `title`, `url`, `published`, `language`, \
      `byline` and `tags`; all other keys come back under `meta`. A line has 64 MiB at most. Records come in the order of the lines. A line that \
      is no article gets a message with its number on standard error and the rest goes on; the exit code is then 65.

      For a cluster, which cuts an archive into parts: with --errors rows each line in has one line out, what failed an object \
      with the schema linecaster-error/1, line, id, stage, class and message; with --ids content equal lines have equal ids, \
      wherever they stand. A chain with dedupe finds the copies of its own part only.

      EXAMPLES
        linecaster pipe < articles.jsonl > records.jsonl
        linecaster pipe pipelines/annotate.yaml < articles.jsonl > records.jsonl
        zcat dump.jsonl.gz | linecaster pipe pipelines/news.yaml | jq -r .title
        parallel --pipe -N1000 -k linecaster pipe --errors rows --ids content pipelines/annotate.yaml < articles.jsonl
      """)

  @Argument(
    help: "The pipeline file; without one, that with all five stages which comes with linecaster.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String?

  @Option(help: .hidden)
  var stages: String?

  @OptionGroup var options: FilterOptions

  @Option(help: "Where an error goes: stderr for a message, rows for a line in the place of the record.")
  var errors = Filter.Errors.messages

  @Option(help: "What the id of an article without one is made of: place (with the number of its line) or content.")
  var ids = Filter.IDs.place

  @Flag(help: "Stop at the first line that is no article.")
  var strict = false

  func validate() throws {
    if strict, errors == .rows { throw ValidationError("--strict ends at the first error, and --errors rows at none") }
  }

  func run() throws {
    let loaded: Pipeline
    if let stages {
      let source = SourceFile(path: "--stages", bytes: Array("name: pipe\nstages: [\(stages)]\n".utf8))
      let found = Pipeline.load([source], registry: .withPlugins, context: nil)
      guard let pipeline = found.pipelines.first else {
        throw ValidationError(found.diagnostics.map(\.message).joined(separator: "; "))
      }
      loaded = pipeline
    } else {
      loaded = try onePipeline(pipeline ?? ShippedPipeline.path())
    }
    var filter = Filter(
      pipeline: loaded, workers: options.threads.workers, memory: options.threads.memory, strict: strict)
    filter.index = options.index
    (filter.errors, filter.ids) = (errors, ids)
    if loaded.chain.memory != nil, options.index == nil {
      complain("‘\(loaded.name)’ has dedupe and no --index: only copies within this input are found")
    }
    if try !filter.run(.standardInput) { throw ExitCode.badInput }
  }
}

extension Filter.Errors: ExpressibleByArgument {}
extension Filter.IDs: ExpressibleByArgument {}
