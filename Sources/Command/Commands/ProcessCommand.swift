import ArgumentParser
import ArticleIO
import PipelineKit
import Terminal

struct ProcessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Run files through a pipeline; records go to standard output.",
    usage:
      "linecaster process [<pipeline>] <files> ... [--workers <workers>] [--worker-memory <size>] [--index <index>] [--strict]",
    discussion: """
      Needs no spool and leaves the files alone. What a file holds is told by its name: \(InputKind.listed("or")), \
      each also with .gz or .zst. A file that is no article gets a message on standard error; the exit code is then 65.

      Without a pipeline (a .yaml file) it is the one that comes with linecaster, with all five stages.

      EXAMPLES
        linecaster process page.html | jq .title
        linecaster process pipelines/news.yaml page.html
        linecaster process pipelines/news.yaml articles/*.txt > records.jsonl
      """)

  @Argument(
    help: ArgumentHelp("The pipeline file, where it is another, and the files.", valueName: "files"),
    completion: .file())
  var words: [String]

  @OptionGroup var options: FilterOptions

  @Flag(help: "Stop at the first article that fails.")
  var strict = false

  func validate() throws {
    if words.count == 1, let word = words.first, ShippedPipeline.isPipeline(word) {
      throw ValidationError("name the files that are to run through \(word)")
    }
  }

  func run() throws {
    let (pipeline, files) = try ShippedPipeline.split(words)
    var filter = try Filter(
      pipeline: onePipeline(pipeline), workers: options.threads.workers, memory: options.threads.memory, strict: strict)
    filter.index = options.index
    if try !filter.run(.files(CommandLine.bytes(of: Array(files)))) { throw ExitCode.badInput }
  }
}
