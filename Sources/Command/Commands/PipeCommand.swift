import ArgumentParser
import ArticleIO
import PipelineKit
import StageKit
import Terminal

struct PipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "A filter: JSON Lines on standard input, records on standard output.",
    usage: "linecaster pipe [--workers <workers>] [--index <index>] [--strict] [<pipeline>]",
    discussion: """
      Each line is an object with `text` or `html`, and optionally `id`, `title`, `url`, `published`, `language`, \
      `byline` and `tags`; all other keys come back under `meta`. A line has 64 MiB at most. Records come in the order of the lines. A line that \
      is no article gets a message with its number on standard error and the rest goes on; the exit code is then 65.

      EXAMPLES
        linecaster pipe < articles.jsonl > records.jsonl
        linecaster pipe pipelines/annotate.yaml < articles.jsonl > records.jsonl
        zcat dump.jsonl.gz | linecaster pipe pipelines/news.yaml | jq -r .title
        parallel --pipe -N1000 linecaster pipe pipelines/news.yaml < articles.jsonl
      """)

  @Argument(
    help: "The pipeline file; without one, that with all five stages which comes with linecaster.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String?

  @Option(help: .hidden)
  var stages: String?

  @OptionGroup var options: FilterOptions

  @Flag(help: "Stop at the first line that is no article.")
  var strict = false

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
    if try !filter.run(.standardInput) { throw ExitCode.badInput }
  }
}
