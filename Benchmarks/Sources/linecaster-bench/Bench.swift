import ArticleIO
import Glibc
import PipelineKit
import StageKit
import Threads

/// One run of everything.
struct Bench {
  let articles: Int
  let runs: Int
  let seed: UInt64
  let command: String
  let pipeline: String
  let scratch: String

  func report() throws -> Report {
    var load = 0.0
    getloadavg(&load, 1)
    var report = Report(cores: availableCores, articles: articles, runs: runs, loadAtStart: load)
    report.sync = try SyncFloor(directory: scratch, rounds: 200)
    // The command before the articles are in memory here: Linux counts what a parent holds when it spawns as the
    // child's own peak.
    let built = try BuiltCommand(path: command)
    report.startMilliseconds = try (0..<50).map { _ in try built.run(["version"]).seconds }.median * 1000
    report.pipe = try pipe(through: built)
    report.throughput = try throughput()
    report.conditions = try conditions()
    return report
  }

  private func conditions() throws -> [ConditionCost] {
    var generator = ArticleGenerator(seed: seed)
    let inputs = (0..<min(articles, 200)).map { _ in
      RawArticle(bytes: Array(generator.next().textDump.utf8), line: nil, format: .text)
    }
    return try ConditionCost.measure(inputs, runs: runs)
  }

  private func throughput() throws -> [Throughput] {
    var generator = ArticleGenerator(seed: seed)
    let generated = (0..<articles).map { _ in generator.next() }
    let chain = try makeMeasuredChain()
    var results: [Throughput] = []
    for (label, format, page) in Self.forms {
      let bench = ThroughputBench(
        inputs: generated.map { RawArticle(bytes: Array(page($0).utf8), line: nil, format: format) },
        runs: runs)
      // The stages behind `clean` see the same text whatever the page was.
      let stages = results.isEmpty ? chain.links : Array(chain.links.prefix(1))
      results += try bench.stages(stages, label: label)
      results.append(try bench.oneCore(chain, label: label))
      results.append(try bench.allCores(chain, label: label))
    }
    return results
  }

  /// What the articles look like on arrival.
  private static let forms: [(label: String, format: InputFormat, page: @Sendable (GeneratedArticle) -> String)] = [
    ("text dump", .text, { $0.textDump }), ("HTML", .html, { $0.html }),
  ]

  /// The filter over a file of JSON Lines.
  private func pipe(through built: BuiltCommand) throws -> Report.Pipe {
    let path = "\(scratch)/linecaster-bench-\(getpid()).jsonl"
    defer { unlink(path) }
    let byteCount = try writeLines(to: path)
    let all = try (0..<runs).map { _ in try built.run(["pipe", pipeline], input: path) }
    let median = all.map(\.seconds).median
    return Report.Pipe(
      articlesPerSecond: Double(articles) / median, megabytesPerSecond: Double(byteCount) / median / 1e6,
      peakMegabytes: Double(all.map(\.peakMemory).max() ?? 0) / 1e6)
  }

  /// - Returns: bytes written.
  private func writeLines(to path: String) throws -> Int {
    guard let file = fopen(path, "wx") else {
      throw BenchError("cannot write to \(path): \(String(cString: strerror(errno)))")
    }
    var generator = ArticleGenerator(seed: seed)
    var written = 0, wanted = 0
    for n in 0..<articles {
      let line = GeneratedArticle.jsonLine(id: "\(n)", key: "text", value: generator.next().textDump) + [0x0A]
      written += fwrite(line, 1, line.count, file)
      wanted += line.count
    }
    guard fclose(file) == 0, written == wanted else { throw BenchError("cannot write to \(path)") }
    return written
  }
}
