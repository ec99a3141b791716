import ArgumentParser
import Dedupe
import Disk
import Glibc
import StageKit

@main
struct DedupeBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedupe-bench",
    abstract: "Measures dedupe with an index on disk that fills up: speed, memory, space, time to open.",
    discussion: """
      Generated articles of 4 kB, one in twenty a copy of an earlier one with another beginning, one sentence in twenty a
      stock phrase. One thread does all: fingerprint, look-up, entry, and the index's files. Figures are processor time;
      to make the articles is not counted.
      """)

  @Option(help: "How many articles to put into the index.")
  var articles = 1_000_000

  @Option(help: "Articles for the speed at the beginning and at the end.")
  var sample = 20_000

  @Option(help: "Where the index is made; it is removed again.")
  var directory = ".build/dedupe-bench"

  @Option(help: "Seed of the generator.")
  var seed: UInt64 = 1

  func run() throws {
    let fs = PosixFileSystem()
    let path = Path(directory).absolute
    try empty(path, fs)
    defer { try? empty(path, fs) }
    let stage = try DedupeStage(options: DedupeOptions(), context: StageContext())
    var writer = TextGenerator(seed: seed)
    let own = mebibytes("RssAnon")
    // All of them within the window of 30 days.
    var line = try Line(stage, fs, path, secondsBetween: 30.0 * 86_400 / Double(articles + sample) * 0.98)

    let fresh = try line.feed(min(sample, articles), &writer)
    say("fresh                    \(rate(sample, fresh)) articles/s")
    let rest = articles - min(sample, articles)
    let fill = try line.feed(rest, &writer)
    if rest > 0 { say("to \(articles)               \(rate(rest, fill)) articles/s") }
    let full = try line.feed(sample, &writer)
    say("with \(articles) in it       \(rate(sample, full)) articles/s")
    try line.index.makeDurable()
    let total = line.index.count
    say(
      "RssAnon                  at most \(max(line.mostMemory, mebibytes("RssAnon"))) MiB, \(own) of them before the index"
    )
    let bytes = try fs.list(path).reduce(0) { $0 + (try fs.status(at: path / $1)?.size ?? 0) }
    say("on disk                  \(bytes / total) bytes an article, \(bytes >> 20) MiB")
    say("copies found             \(line.copies) of \(writer.copies)")
    line = try Line(stage, fs, path + "-none", secondsBetween: 1)
    try empty(path + "-none", fs)
    let began = ContinuousClock.now
    let again = try DuplicateIndex.open(
      StateDirectory(fs, path) { _, message in say(message) }, windowSeconds: 30 * 86_400)
    let opened = (ContinuousClock.now - began).components
    say(
      "opened                   \(again.count) articles in \(opened.attoseconds / 1_000_000_000_000_000 + opened.seconds * 1000) ms"
    )
    if again.count != total { throw ExitCode.failure }
  }

  private func rate(_ count: Int, _ seconds: Double) -> Int { Int(Double(count) / seconds) }

  private func empty(_ path: Path, _ fs: PosixFileSystem) throws {
    guard try fs.status(at: path) != nil else { return }
    for name in try fs.list(path) { try fs.remove(path / name) }
    try fs.remove(path)
  }
}

/// A stage with its index, committed and made durable as a spool does it: at each 16 MiB of journal.
private struct Line {
  let stage: DedupeStage
  let index: DuplicateIndex
  let decider: DuplicateDecider
  let secondsBetween: Double
  var sequence: UInt64 = 0
  var copies = 0
  /// Anonymous, in MiB.
  var mostMemory = 0

  init(_ stage: DedupeStage, _ fs: PosixFileSystem, _ path: Path, secondsBetween: Double) throws {
    self.stage = stage
    self.secondsBetween = secondsBetween
    index = try DuplicateIndex.open(
      StateDirectory(fs, path) { _, message in say(message) }, windowSeconds: 30 * 86_400)
    decider = DedupeStage.makeDecider(with: DedupeOptions(), over: index)
  }

  /// - Returns: seconds of processor time.
  mutating func feed(_ count: Int, _ writer: inout TextGenerator) throws -> Double {
    var seconds = 0.0
    var left = count
    while left > 0 {
      let articles = (0..<min(left, 200)).map { _ in writer.next() }
      left -= articles.count
      var decisions: [[UInt8]] = []
      let began = processorTime()
      for article in articles {
        sequence += 1
        let arrival = Arrival(
          id: article.id, sequence: sequence, time: 1_700_000_000 + Int64(Double(sequence) * secondsBetween),
          published: nil)
        let fingerprint = try Fingerprint(stage.handOver(article, deadline: .none).bytes)
        let decision = decider.decide(arrival, fingerprint)
        index.committed(decision.change)
        decisions.append(decision.layer)
        if sequence % 3000 == 0 { try index.makeDurable() }
      }
      seconds += processorTime() - began
      if sequence % 3000 < 200 { mostMemory = max(mostMemory, mebibytes("RssAnon")) }
      copies += try decisions.count { try Duplicates(RecordNode(JSONValue(parsing: $0), path: "")).status != .unique }
    }
    return seconds
  }

  private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension Path {
  fileprivate static func + (path: Path, ending: String) -> Path { path.directory / (path.name + Array(ending.utf8)) }
}

/// At once, also into a file.
private func say(_ text: String) {
  print(text)
  fflush(nil)
}

/// MiB of a line in /proc/self/status.
private func mebibytes(_ name: String) -> Int {
  let fs = PosixFileSystem()
  guard let file = try? fs.open("/proc/self/status", for: .reading) else { return 0 }
  defer { fs.close(file) }
  guard let bytes = try? fs.readAll(file) else { return 0 }
  for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix(name + ":") {
    return (line.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) >> 10
  }
  return 0
}
