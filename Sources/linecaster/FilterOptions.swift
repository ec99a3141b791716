import ArgumentParser
import PipelineKit

/// What commands share that run a chain without a spool.
struct FilterOptions: ParsableArguments {
  @Option(help: "Threads that run stages.")
  var workers: Int = availableCores

  @Option(
    help: "Where dedupe keeps the articles it knows, from run to run; without it, it begins with none.",
    completion: .directory)
  var index: String?
}
