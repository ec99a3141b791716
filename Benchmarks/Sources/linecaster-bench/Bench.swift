import ArticleIO
import Glibc
import PipelineKit
import StageKit

/// One run of everything.
struct Bench {
  let articles: Int
  let runs: Int
  let seed: UInt64
  let command: String
  let scratch: String

  func report() throws -> Report {
    var generator = ArticleGenerator(seed: seed)
    let generated = (0..<articles).map { _ in generator.next() }
    var report = Report(cores: availableCores, articles: articles, runs: runs)
    // First, while nothing else is busy.
    report.sync = try SyncFloor(directory: scratch, rounds: 200)
    report.throughput = try throughput(generated)
    let built = try BuiltCommand(path: command)
    report.startMilliseconds = try (0..<50).map { _ in try built.run(["version"]).seconds }.median * 1000
    report.pipe = try pipe(generated, through: built)
    return report
  }

  private func throughput(_ generated: [GeneratedArticle]) throws -> [Throughput] {
    let chain = Chain(stages: try measuredStages.map { try $0.make() })
    let takesPages = measuredStages.contains { $0.provides.contains(.body) }
    var results: [Throughput] = []
    for (label, content) in forms(takesPages) {
      let bench = ThroughputBench(
        inputs: generated.map { RawArticle(bytes: Array(content.text($0).utf8), line: nil, content: content.kind) },
        runs: runs)
      // The stages behind `clean` see the same text whatever the page was.
      let stages = results.isEmpty ? measuredStages : Array(measuredStages.prefix(1))
      results += try bench.stages(stages, label: label)
      results.append(try bench.oneCore(chain, label: label))
      results.append(try bench.allCores(chain, label: label))
    }
    return results
  }

  private struct Form {
    var kind: InputKind.Content
    var text: (GeneratedArticle) -> String
  }

  /// What the articles look like on arrival.
  private func forms(_ takesPages: Bool) -> [(String, Form)] {
    guard takesPages else { return [("text", Form(kind: .text) { $0.body })] }
    return [("text dump", Form(kind: .text) { $0.textDump }), ("HTML", Form(kind: .html) { $0.html })]
  }

  /// The filter over a file of JSON Lines.
  private func pipe(_ generated: [GeneratedArticle], through built: BuiltCommand) throws -> Report.Pipe {
    let path = "\(scratch)/linecaster-bench-\(getpid()).jsonl"
    var lines: [UInt8] = []
    for (n, article) in generated.enumerated() {
      lines += GeneratedArticle.jsonLine(id: "\(n)", key: "text", value: article.textDump) + [0x0A]
    }
    try write(lines, to: path)
    defer { unlink(path) }
    let arguments = ["pipe", "--stages", measuredStages.map(\.name).joined(separator: ",")]
    let all = try (0..<runs).map { _ in try built.run(arguments, input: path) }
    let median = all.map(\.seconds).median
    return Report.Pipe(
      articlesPerSecond: Double(generated.count) / median, megabytesPerSecond: Double(lines.count) / median / 1e6,
      peakMegabytes: Double(all.map(\.peakMemory).max() ?? 0) / 1e6)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "wx") else {
      throw BenchError("cannot write to \(path): \(String(cString: strerror(errno)))")
    }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw BenchError("cannot write to \(path)") }
  }
}
