import ArgumentParser
import PipelineKit
import StageKit
import Threads

/// What commands share that run a chain without a spool.
struct FilterOptions: ParsableArguments {
  @OptionGroup var threads: WorkersOption

  @OptionGroup var plugins: PluginsOption

  @Option(
    help: "Where dedupe keeps the articles it knows, from run to run; without it, it begins with none.",
    completion: .directory)
  var index: String?
}

/// How many threads run stages.
struct WorkersOption: ParsableArguments {
  @Option(help: "Threads that run stages, at most four for each core.")
  var workers = availableCores

  @Option(
    help: ArgumentHelp(
      "Memory that the process that runs an article may take, in bytes or with KiB, MiB or GiB; one that needs more fails.",
      valueName: "size"))
  var workerMemory = WorkerMemory(bytes: 1 << 30)

  var memory: UInt64 { UInt64(clamping: workerMemory.bytes) }

  func validate() throws {
    let most = 4 * availableCores
    guard (1...most).contains(workers) else {
      let cores = "\(availableCores) core\(availableCores == 1 ? "" : "s")"
      throw ValidationError(
        "--workers takes 1 to \(most) on this machine, which has \(cores); more threads are only slower")
    }
  }
}

/// What the daemon and its workers may take together.
struct TotalMemory: ExpressibleByArgument {
  /// What the daemon itself needs.
  static let ofDaemon = 128 << 20

  var bytes: Int

  init?(argument: String) {
    guard let bytes = OptionType.bytes(in: argument), bytes >= Self.ofDaemon + WorkerMemory.least else { return nil }
    self.bytes = bytes
  }

  /// Of each of so many workers.
  func share(of workers: Int) -> Int { (bytes - Self.ofDaemon) / workers }
}

/// A number of bytes.
struct WorkerMemory: ExpressibleByArgument {
  /// Loading a chain takes tens of MiB already.
  static let least = 64 << 20

  var bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    guard let bytes = OptionType.bytes(in: argument), bytes >= Self.least else { return nil }
    self.bytes = bytes
  }

  var defaultValueDescription: String { OptionType.describe(bytes: bytes) }
}
