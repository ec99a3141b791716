import ArgumentParser
import ArticleIO
import PipelineKit
import Terminal

struct ProcessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Run files through a pipeline; records go to standard output.",
    discussion: """
      Needs no spool and leaves the files alone. What a file holds is told by its name: \(InputKind.listed("or")), \
      each also with .gz. A file that is no article gets a message on standard error; the exit code is then 65.

      EXAMPLES
        linecaster process pipelines/news.yaml page.html
        linecaster process pipelines/news.yaml articles/*.txt > records.jsonl
      """)

  @Argument(help: "The pipeline file.", completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String

  @Argument(help: "The files.", completion: .file())
  var files: [String]

  @OptionGroup var options: FilterOptions

  @Flag(help: "Stop at the first article that fails.")
  var strict = false

  func run() throws {
    var filter = try Filter(
      pipeline: onePipeline(pipeline), workers: options.threads.workers, memory: options.threads.memory, strict: strict)
    filter.index = options.index
    if try !filter.run(.files(CommandLine.bytes(of: files))) { throw ExitCode.badInput }
  }
}
