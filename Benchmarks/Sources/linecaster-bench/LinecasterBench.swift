import ArgumentParser
import ArticleIO
import Glibc
import PipelineKit

@main
struct LinecasterBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linecaster-bench",
    abstract: "Measures stages, chain, command and disk on generated articles of about 4 kB.",
    discussion: """
      Run it from the root of the clone, after the command was built.

      EXAMPLE
        swift run -c release --package-path Benchmarks linecaster-bench --runs 5 --json > figures.json
      """)

  @Option(help: "How many articles to generate.")
  var articles = 2000

  @Option(help: "Each figure is the median of so many runs.")
  var runs = 5

  @Option(help: "Seed of the generator.")
  var seed: UInt64 = 1

  @Option(help: "The built command.")
  var command = ".build/release/linecaster"

  @Option(help: "The pipeline that the built command runs.")
  var pipeline = "pipelines/news.yaml"

  @Option(help: "Where files are written that are removed again: on the disk whose syncs are to be measured.")
  var scratch = ".build"

  @Flag(help: "Print JSON for machines.")
  var json = false

  func validate() throws {
    guard articles > 0, runs > 0 else { throw ValidationError("--articles and --runs must be 1 or more") }
  }

  func run() throws {
    let report = try Bench(
      articles: articles, runs: runs, seed: seed, command: command, pipeline: pipeline, scratch: scratch
    ).report()
    print(json ? try report.json : report.table)
  }
}
