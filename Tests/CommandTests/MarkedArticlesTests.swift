import ArticleIO
import Foundation
import StageKit
import Testing

/// The command with a stage that traps, hangs or takes all memory on marked articles, one in eleven: those cost themselves.
///
/// Sizes and times of a real run: `LINECASTER_MARKED=1000`, and `LINECASTER_CHAOS=` the `ChaosCommand` of a release build.
@Suite(.serialized) struct MarkedArticlesTests {
  private static let harms = [("trap", "crashed"), ("hang", "deadline"), ("eat", "memory")]
  private static let marked = ProcessInfo.processInfo.environment["LINECASTER_MARKED"].flatMap(Int.init) ?? 30
  private static let isMeasured = ProcessInfo.processInfo.environment["LINECASTER_MARKED"] != nil

  private static let program =
    ProcessInfo.processInfo.environment["LINECASTER_CHAOS"].map { URL(fileURLWithPath: $0) }
    ?? BuiltCommand.path.deletingLastPathComponent().appendingPathComponent("ChaosCommand")

  /// Articles in the order in which they come, and the class of error of those that are marked.
  private struct Articles {
    var texts: [String] = []
    var verdicts: [String?] = []

    init(marked: Int) {
      for number in 0..<MarkedArticlesTests.marked * 11 {
        let (harm, verdict) = MarkedArticlesTests.harms[number / 11 % 3]
        let isMarked = number % 11 == 5
        if isMarked && marked == 0 { continue }
        texts.append("\(isMarked ? harm : "Article") \(number). The river rose by two metres, Ada Corr said on Monday.")
        verdicts.append(isMarked ? verdict : nil)
      }
    }

    var lines: [String] { texts.map { #"{"text":"\#($0)"}"# } }
    var good: [String] { zip(texts, verdicts).filter { $1 == nil }.map(\.0) }
    var bad: [(line: Int, text: String, verdict: String)] {
      texts.indices.compactMap { at in verdicts[at].map { (at + 1, texts[at], $0) } }
    }
  }

  /// Longer in a test that others run beside: good articles must not run into it.
  private static let deadline = isMeasured ? "100ms" : "400ms"

  private static let pipeline = """
    name: news
    inbox: {settle: 0ms}
    outbox: {min_free: 0B}
    deadline: \(deadline)
    stages: [segment, chaos]

    """

  private func process(_ arguments: [String], in folder: Folder) -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments + ["--worker-memory", "256MiB"]
    process.currentDirectoryURL = folder.url
    return process
  }

  /// - Parameter undisturbed: how long the good ones took alone.
  private func tell(_ way: String, undisturbed: Duration, disturbed: Duration) {
    // What each article may take at most, over as many children as there are cores.
    let deadlines = Duration.milliseconds(200) * Self.marked / ProcessInfo.processInfo.activeProcessorCount
    print(
      "\(way): \(Self.marked) marked among \(Self.marked * 10): \(disturbed), undisturbed \(undisturbed); "
        + "with twice the deadline of each and 30 %: \((undisturbed + deadlines) * 1.3)")
  }

  // MARK: - run

  /// Runs the daemon until every article came to its end.
  private func live(_ articles: Articles) throws -> (spool: CommandSpool, time: Duration) {
    let spool = try CommandSpool()
    try spool.folder.write("news.yaml", Self.pipeline)
    let daemon = process(["run", "news.yaml", "--root", spool.root.path], in: spool.folder)
    daemon.standardError = FileHandle.nullDevice
    let clock = ContinuousClock()
    try daemon.run()
    let pid = daemon.processIdentifier
    let time = try clock.measure {
      for (number, start) in stride(from: 0, to: articles.lines.count, by: 100).enumerated() {
        let lines = articles.lines[start..<min(start + 100, articles.lines.count)]
        try spool.folder.write("spool/inbox/.\(number)", lines.joined(separator: "\n"))
        #expect(rename("\(spool.inbox.path)/.\(number)", "\(spool.inbox.path)/\(number).jsonl") == 0)
      }
      while daemon.isRunning,
        spool.names("done/news").flatMap({ spool.names("done/news/\($0)") }).count
          < (articles.lines.count + 99) / 100
      { usleep(1000) }
    }
    // The same process all the while.
    #expect(daemon.isRunning && daemon.processIdentifier == pid)
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    return (spool, time)
  }

  @Test(.timeLimit(.minutes(10))) func theDaemonGoesOn() throws {
    let articles = Articles(marked: Self.marked)
    let (spool, time) = try live(articles)
    let records = try spool.records()
    #expect(records.compactMap { $0["text"]?.string } == articles.good)
    let reasons = try spool.names("failed").filter { $0.hasSuffix(".reason.json") }.map { name in
      try JSONValue(parsing: Array(try spool.text("failed/\(name)").utf8))
    }
    let found = reasons.map {
      "\($0["name"]?.string ?? ""):\($0["line"]?.int ?? 0) \($0["stage"]?.string ?? "") \($0["class"]?.string ?? "")"
    }
    let wanted = articles.bad.map { "\(($0.line - 1) / 100).jsonl:\(($0.line - 1) % 100 + 1) chaos \($0.verdict)" }
    #expect(found.sorted() == wanted.sorted())
    if Self.isMeasured { tell("run", undisturbed: try live(Articles(marked: 0)).time, disturbed: time) }
  }

  // MARK: - pipe

  private func pipe(_ articles: Articles) throws -> (outcome: BuiltCommand.Outcome, time: Duration) {
    let folder = try Folder()
    try folder.write("news.yaml", Self.pipeline)
    let process = process(["pipe", "news.yaml"], in: folder)
    var outcome: BuiltCommand.Outcome?
    let time = try ContinuousClock().measure {
      outcome = try BuiltCommand.run(process, input: Array(articles.lines.joined(separator: "\n").utf8))
    }
    return (try #require(outcome), time)
  }

  @Test(.timeLimit(.minutes(10))) func thePipeGoesOn() throws {
    let articles = Articles(marked: Self.marked)
    let (outcome, time) = try pipe(articles)
    #expect(outcome.code == 65)
    #expect(outcome.records.map { $0["text"]?.string } == articles.good)
    let messages = outcome.errors.split(separator: "\n")
    #expect(messages.count == articles.bad.count)
    for (message, bad) in zip(messages, articles.bad) {
      #expect(
        message.hasPrefix("linecaster: standard input, line \(bad.line) in stage ‘chaos’: ")
          && message.hasSuffix("(\(bad.verdict))"), "\(message)")
    }
    if Self.isMeasured {
      tell("pipe", undisturbed: try pipe(Articles(marked: 0)).time, disturbed: time)
    }
  }
}
