import ArticleTesting
import Glibc
import PipelineKit
import Synchronization
import Threads

/// All samples of one seed, in batches, on all cores.
struct MutationRun: Sendable {
  let command: String
  let count: Int
  let seed: UInt64
  let seeds: [[UInt8]]

  private static let batchSize = 1000
  /// Of one kind in one chain; the others are counted.
  private static let mostShown = 3

  private struct Tally {
    var nextBatch = 0
    var records = 0
    var refusals = 0
    /// By kind and chain.
    var problems: [String: Int] = [:]
  }

  /// - Returns: whether nothing was wrong.
  func run() throws(ThreadError) -> Bool {
    print(
      "mutations: seed \(seed), \(count) samples of at most \(SeedArticles.limit) bytes, through \(ChainFile.all.map(\.name))"
    )
    let start = ContinuousClock.now
    let tally = Shared(Tally())
    let threads = try Thread.all((0..<availableCores).map { _ in { work(tally) } })
    for thread in threads { thread.join() }
    let seconds = (ContinuousClock.now - start).components.seconds
    return tally.state.withLock { tally in
      print(
        "mutations: \(tally.records) records, \(tally.refusals) refused, \(tally.problems.values.reduce(0, +)) problems, "
          + "\(seconds) s (seed \(seed))")
      for (kind, number) in tally.problems.sorted(by: { $0.key < $1.key }) { print("  \(number) times \(kind)") }
      return tally.problems.isEmpty
    }
  }

  private final class Shared: Sendable {
    let state: Mutex<Tally>
    init(_ tally: Tally) { state = Mutex(tally) }
  }

  private func work(_ tally: Shared) {
    let folder = Files.temporaryFolder()
    defer { for file in ["in", "out", "err", ""] { remove("\(folder)/\(file)") } }
    let generator = SampleGenerator(seeds: seeds, seed: seed, limit: SeedArticles.limit)
    while true {
      let first = tally.state.withLock { tally in
        tally.nextBatch += 1
        return (tally.nextBatch - 1) * Self.batchSize
      }
      if first >= count { return }
      let samples = (first..<min(count, first + Self.batchSize)).map(generator.sample)
      for chain in ChainFile.all {
        check(samples, first, BatchCheck(process: PipeProcess(command: command, folder: folder), chain: chain), tally)
      }
      if first > 0, first % 50_000 == 0 { print("mutations: \(first) of \(count)") }
    }
  }

  private func check(_ samples: [Sample], _ first: Int, _ batch: BatchCheck, _ tally: Shared) {
    var left = Array(samples.enumerated())
    while !left.isEmpty {
      let outcome = batch.check(left.map(\.element))
      for problem in outcome.problems {
        let (number, sample) = left[problem.sample]
        report(problem, sample, first + number, batch, tally)
      }
      if outcome.isAlive {
        tally.state.withLock { tally in
          tally.records += outcome.records
          tally.refusals += outcome.refusals
        }
        return
      }
      // Without the one that ended the process, the others again.
      guard let death = outcome.problems.first else { return }
      left.remove(at: death.sample)
    }
  }

  private func report(_ problem: Problem, _ sample: Sample, _ number: Int, _ batch: BatchCheck, _ tally: Shared) {
    let kind = "\(problem.kind) in \(batch.chain.name)"
    let seen = tally.state.withLock {
      $0.problems[kind, default: 0] += 1
      return $0.problems[kind, default: 0]
    }
    guard seen <= Self.mostShown else { return }
    let least = batch.shrink(sample, problem.kind)
    let folder = ".build/mutations"
    mkdir(".build", 0o777)
    mkdir(folder, 0o777)
    let file = "\(folder)/\(problem.kind.replacing(" ", with: "-"))-\(batch.chain.name)-\(seed)-\(number).jsonl"
    Files.write(least.line + [0x0A], to: file)
    print(
      """
      mutations: \(kind), sample \(number): \(problem.message)
        \(String(decoding: least.line, as: UTF8.self))
        \(command) pipe \(batch.chain.path) < \(file)
      """)
  }
}
