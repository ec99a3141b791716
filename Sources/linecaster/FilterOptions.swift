import ArgumentParser
import PipelineKit

/// What commands share that run a chain without a spool.
struct FilterOptions: ParsableArguments {
  @OptionGroup var threads: WorkersOption

  @Option(
    help: "Where dedupe keeps the articles it knows, from run to run; without it, it begins with none.",
    completion: .directory)
  var index: String?
}

/// How many threads run stages.
struct WorkersOption: ParsableArguments {
  @Option(help: "Threads that run stages, at most four for each core.")
  var workers = availableCores

  func validate() throws {
    let most = 4 * availableCores
    guard (1...most).contains(workers) else {
      let cores = "\(availableCores) core\(availableCores == 1 ? "" : "s")"
      throw ValidationError(
        "--workers takes 1 to \(most) on this machine, which has \(cores); more threads are only slower")
    }
  }
}
