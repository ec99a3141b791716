import ArgumentParser
import ArticleIO
import Dedupe
import PipelineKit
import StageKit
import Terminal

struct FingerprintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fingerprint",
    abstract: "A filter: JSON Lines on standard input, what dedupe compares them by on standard output.",
    discussion: """
      For the copies of an archive that is cut into parts. Each line is run through the chain, and has a line of the schema \
      linecaster-fingerprint/1: id, arrival, day of publication, hashes of the text and its 5-grams, names and numbers. Over those of \
      all parts integrations/duckdb and integrations/spark find what one dedupe would have found; docs/stages/dedupe.md says by which \
      rules, and --rules prints their numbers for a pipeline.

      EXAMPLES
        linecaster fingerprint pipelines/news.yaml < articles.jsonl > fingerprints.jsonl
        linecaster fingerprint pipelines/news.yaml --rules > rules.json
        parallel --pipe -N1000 -k linecaster fingerprint --ids content pipelines/news.yaml < articles.jsonl
      """)

  @Argument(
    help: "The pipeline file, whose last stage is dedupe; without one, that which comes with linecaster.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String?

  @OptionGroup var threads: WorkersOption

  @OptionGroup var plugins: PluginsOption

  @Option(help: "Where an error goes: stderr for a message, rows for a line in the place of the fingerprint.")
  var errors = Filter.Errors.messages

  @Option(help: "What the id of an article without one is made of: place (with the number of its line) or content.")
  var ids = Filter.IDs.place

  @Option(help: "When an article arrived: now, or at the beginning of the day of its publication.")
  var arrivals = Filter.Arrivals.now

  @Flag(help: "Print the numbers of the rules, and read nothing.")
  var rules = false

  func run() throws {
    StageRegistry.present = StageRegistry.present.forFingerprints
    let loaded = try onePipeline(pipeline ?? ShippedPipeline.path())
    guard let last = loaded.chain.links.last, last.kind.name == DedupeStage.declaration.name else {
      complain(
        "‘\(loaded.name)’ has no dedupe, and fingerprints are what it compares: write ‘- dedupe’ as its last stage")
      throw ExitCode.badConfiguration
    }
    if rules { return StandardOutput.write(DedupeRules.line(DedupeStage.declaration.options.decode(last.options))) }
    var filter = Filter(pipeline: loaded, workers: threads.workers, memory: threads.memory, strict: false)
    (filter.errors, filter.ids, filter.arrivals) = (errors, ids, arrivals)
    filter.variant = StageRegistry.fingerprints
    if try !filter.run(.standardInput) { throw ExitCode.badInput }
  }
}
