import ArticleIO
import Glibc
import PipelineKit

/// JSON Lines in, records out, on all cores and in order.
struct Filter: Sendable {
  let caster: Caster
  let workers: Int
  /// Whether the first bad line ends the run.
  let strict: Bool

  private typealias Result = Swift.Result<Cast, CastingError>

  /// - Returns: whether every line became a record.
  func run() -> Bool {
    let pool = WorkerPool(workers: workers)
    let caster = self.caster
    let lane = pool.lane { (item: ArticleFeed.Item) -> (line: Int, result: Result) in
      switch item {
      case .article(let raw): (raw.line ?? 0, caster.cast(raw, name: [UInt8(ascii: "-")]))
      case .badLine(let line, let error):
        (line, .failure(CastingError(stage: nil, class: error.class, message: error.message)))
      }
    }
    let reader = Thread {
      var feed = ArticleFeed(DescriptorSource(STDIN_FILENO), kind: InputKind(.jsonLines), limit: .max)
      do throws(InputError) {
        while let item = try feed.next() {
          if case .article(let raw) = item {
            lane.submit(item, cost: raw.bytes.count)
          } else {
            lane.submit(item, cost: 0)
          }
        }
      } catch {
        StandardError.write("linecaster: standard input: \(error.message)\n")
      }
      lane.finish()
    }
    let allGood = drain(lane)
    reader.join()
    pool.stop()
    return allGood
  }

  private func drain(_ lane: Lane<ArticleFeed.Item, (line: Int, result: Result)>) -> Bool {
    let decider = caster.chain.makeDecider()
    var allGood = true
    while true {
      let batch = lane.take(atMost: 256)
      if batch.isEmpty { return allGood }
      var output = [UInt8]()
      for (line, result) in batch {
        switch result {
        case .success(var cast): output.append(contentsOf: cast.line(decider: decider))
        case .failure(let error):
          allGood = false
          StandardOutput.write(output)
          output = []
          let stage = error.stage.map { " in stage ‘\($0)’" } ?? ""
          StandardError.write("linecaster: standard input, line \(line)\(stage): \(error.message)\n")
          if strict { exit(65) }
        }
      }
      StandardOutput.write(output)
    }
  }
}
