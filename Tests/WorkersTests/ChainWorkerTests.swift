import ArticleIO
import BuiltinStages
import Foundation
import Glibc
import PipelineKit
import StageKit
import Synchronization
import Testing
import Threads

@testable import Workers

/// A chain that runs in worker processes, with a stage that does harm where a text asks for it.
@Suite struct ChainWorkerTests {
  private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("WorkersChild").path

  private static let pipeline = "name: chaos\nstages: [segment, chaos]\n"

  private final class Log: Sendable {
    let lines = Mutex<[String]>([])
  }

  /// A chain that is ready, and ends with the test.
  private final class House {
    let process: ChainProcess
    let log = Log()

    init(_ pipeline: String = ChainWorkerTests.pipeline, memory: UInt64? = 256 << 20) throws {
      let log = log
      process = try ChainProcess(
        ChainSource(file: "chaos.yaml", content: Array(pipeline.utf8), workerMemory: memory),
        program: ChainWorkerTests.program
      ) { line in log.lines.withLock { $0.append(line) } }
      _ = try process.waitUntilReady()
    }

    deinit { process.stop() }
  }

  private func work(_ text: String, number: Int = 0) -> ArticleWork {
    ArticleWork(
      name: Array("a\(number).txt".utf8), .file(Array(text.utf8), InputKind(.text)), sequence: UInt64(number),
      arrival: 0)
  }

  private func describe(_ outcome: WorkOutcome) -> String {
    switch outcome {
    case .record(let record): "record \(record.arrival.sequence ?? 0)"
    case .failure(let failure): "\(failure.class) in \(failure.stage ?? "nothing")"
    }
  }

  /// The outcomes of texts that one worker gets at once.
  private func outcomes(_ process: ChainProcess, _ texts: [String], deadline: Duration = .seconds(10)) -> [String] {
    let worker = ChainWorker(process, deadline: deadline)
    var outcomes: [String] = []
    worker.run(texts.enumerated().map { work($1, number: $0) }, more: { [] }) { outcomes.append(describe($0)) }
    return outcomes
  }

  @Test func recordsComeInTheOrderOfTheirArticles() throws {
    let house = try House()
    let texts = (0..<200).map { "Article \($0) came." }
    #expect(outcomes(house.process, texts) == (0..<200).map { "record \($0)" })
  }

  @Test func aRecordIsWhatThisProcessWouldMake() throws {
    let house = try House("name: plain\nstages: [segment]\n")
    let loaded = Pipeline.load(
      [SourceFile(path: "chaos.yaml", bytes: Array("name: plain\nstages: [segment]\n".utf8))],
      registry: .builtin, context: .installed)
    let here = ArticleWorker(try #require(loaded.pipelines.first))
    var there: [WorkOutcome] = []
    let articles = [work("Ann came. “So,” she said."), work("", number: 1)]
    ChainWorker(house.process, deadline: .seconds(10)).run(articles, more: { [] }) { there.append($0) }
    for (work, outcome) in zip(articles, there) {
      switch (here.perform(work), outcome) {
      case (.record(let a), .record(let b)):
        #expect(a.parts.line(Decision()) == b.parts.line(Decision()))
        #expect(a.arrival == b.arrival && a.contentHash == b.contentHash && a.handover == b.handover)
      case (.failure(let a), .failure(let b)): #expect(a == b)
      default: Issue.record("\(describe(outcome))")
      }
    }
  }

  @Test(arguments: [
    ("trap", "crashed in chaos"), ("exit", "crashed in chaos"), ("hang", "deadline in chaos"),
    ("sleep", "deadline in chaos"), ("polite", "deadline in chaos"), ("eat", "memory in chaos"),
  ])
  func harmCostsTheArticleThatDoesIt(harm: String, verdict: String) throws {
    // One that others run into on a busy machine would not do where no time is to run out.
    let deadline: Duration = verdict.hasPrefix("deadline") ? .milliseconds(400) : .seconds(10)
    let house = try House("deadline: \(Int(deadline / .milliseconds(1)))ms\n\(Self.pipeline)")
    let texts = ["Ann came.", "\(harm) it", "Bo came.", "\(harm) again", "Cy came."]
    let expected = ["record 0", verdict, "record 2", verdict, "record 4"]
    #expect(outcomes(house.process, texts, deadline: deadline) == expected)
  }

  /// Those before it are finished, and some of them not answered yet.
  @Test func ofManySmallArticlesTheOneInHandIsAccused() throws {
    let house = try House()
    for place in [1, 5, 12, 29] {
      let texts = (0..<30).map { $0 == place ? "trap it" : "Article \($0) came." }
      let expected = (0..<30).map { $0 == place ? "crashed in chaos" : "record \($0)" }
      #expect(outcomes(house.process, texts) == expected)
    }
  }

  @Test func aFailureSaysHowTheWorkerEnded() throws {
    let house = try House()
    var failure: WorkFailure?
    ChainWorker(house.process, deadline: .seconds(10)).run([work("trap it")], more: { [] }) {
      if case .failure(let found) = $0 { failure = found }
    }
    let message = try #require(failure?.message)
    #expect(
      message.contains("twice") && message.contains("SIGILL") && message.contains("Index out of range"), "\(message)")
  }

  /// It is given nothing else that could wake whoever waits for it.
  @Test(.timeLimit(.minutes(1))) func theFirstArticleOfAWorkerThatIsUpHasADeadline() throws {
    let house = try House()
    let worker = ChainWorker(house.process, deadline: .milliseconds(400))
    var seen: [String] = []
    for text in ["Ann came.", "hang it", "Bo came."] {
      worker.run([work(text)], more: { [] }) { seen.append(describe($0)) }
    }
    #expect(seen == ["record 0", "deadline in chaos", "record 0"])
  }

  @Test func whatLackedMemoryBeforeIsNoneOfTheNextOnesBusiness() throws {
    let house = try House()
    #expect(outcomes(house.process, ["lack it", "trap it"]) == ["record 0", "crashed in chaos"])
  }

  /// On a busy machine a worker may take longer to start than an article may take.
  @Test func theTimeOfAnArticleBeginsWhenItsWorkerIsReady() throws {
    let house = try House("name: late\nstages: [late]\n")
    #expect(outcomes(house.process, ["Ann came."], deadline: .milliseconds(100)) == ["record 0"])
  }

  @Test(.timeLimit(.minutes(1))) func workersThatDoNotComeUpAccuseNoArticle() throws {
    let house = try House("name: still\nstages: [still]\n")
    let (process, log, seen) = (house.process, house.log, Log())
    let thread = try Thread {
      ChainWorker(process, deadline: .seconds(10)).run([self.work("Ann came.")], more: { [] }) { outcome in
        seen.lines.withLock { $0.append(self.describe(outcome)) }
      }
    }
    // More of them than would fail an article.
    while log.lines.withLock({ $0.count }) < 8 { sched_yield() }
    #expect(log.lines.withLock { $0.allSatisfy { $0 == "a worker ended with exit code 5 before it was confined" } })
    process.stop()
    thread.join()
    #expect(seen.lines.withLock { $0 } == ["stopped in nothing"])
  }

  @Test(arguments: [SIGKILL, SIGSEGV, SIGILL, SIGSTOP, SIGTERM])
  func signalsFromOutsideAccuseNobody(signal: CInt) throws {
    let house = try House()
    var left = 20
    var seen: [String] = []
    ChainWorker(house.process, deadline: .seconds(10)).run([work("Article 0.")]) {
      // Between two articles each time, and perhaps in the middle of the next one.
      for worker in house.process.workers { kill(worker, signal) }
      left -= 1
      return left > 0 ? (0..<5).map { work("Article \($0).", number: $0) } : []
    } done: {
      seen.append(describe($0))
    }
    #expect(seen.count == 1 + 19 * 5 && seen.allSatisfy { $0.hasPrefix("record") }, "\(seen)")
  }

  @Test(arguments: [SIGKILL, SIGSEGV, SIGSTOP])
  func theParentIsStartedAgain(signal: CInt) throws {
    let house = try House()
    var left = 4
    var seen: [String] = []
    ChainWorker(house.process, deadline: .seconds(10)).run([work("Article 0.")]) {
      if let parent = house.process.parent { kill(parent, signal) }
      left -= 1
      return left > 0 ? [work("Article.")] : []
    } done: {
      seen.append(describe($0))
    }
    #expect(seen.count == 4 && seen.allSatisfy { $0.hasPrefix("record") }, "\(seen)")
  }

  @Test func aChainThatCannotStartSaysWhy() throws {
    let process = try ChainProcess(
      ChainSource(file: "bad.yaml", content: Array("name: bad\nstages: [segmnt]\n".utf8)), program: Self.program
    ) { _ in }
    let problem = #expect(throws: ChainProcess.StartProblem.self) { try process.waitUntilReady() }
    #expect(problem?.description.contains("unknown stage ‘segmnt’") == true)
    process.stop()
  }
}
