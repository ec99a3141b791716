import Disk
import PipelineKit
import StageKit
import Synchronization
import Testing
import Threads

@testable import Daemon

@Suite struct LivenessTests {
  private final class Thing: Sendable {
    let isBusy = Atomic(false)
    let steps = Atomic(0)
    var part: Liveness.Part {
      Liveness.Part(
        name: "the thing", limit: .seconds(60), isBusy: { self.isBusy.load(ordering: .relaxed) },
        progress: { self.steps.load(ordering: .relaxed) })
    }
  }

  @Test func onlyAStandstillWithWorkIsNone() {
    let thing = Thing()
    let signs = Liveness([thing.part])
    let start = ContinuousClock.now
    #expect(signs.stalled(at: start) == nil)
    // Idle for long.
    #expect(signs.stalled(at: start + .seconds(1000)) == nil)
    thing.isBusy.store(true, ordering: .relaxed)
    #expect(signs.stalled(at: start + .seconds(1050)) == nil)
    thing.steps.store(1, ordering: .relaxed)
    #expect(signs.stalled(at: start + .seconds(1100)) == nil)
    #expect(signs.stalled(at: start + .seconds(1160)) == nil)
    #expect(signs.stalled(at: start + .seconds(1161))?.hasPrefix("the thing stands still") == true)
    thing.steps.store(2, ordering: .relaxed)
    #expect(signs.stalled(at: start + .seconds(1162)) == nil)
  }

  @Test func anArticleThatNeverEndsIsSeen() throws {
    let house = TestHouse()
    let daemon = try Daemon(
      [TestHouse.pipeline(stages: [ChainLink(StageKind(HoldingStage.self), processor: HoldingStage())])],
      .init(root: house.root, workers: 1), log: house.log)
    let start = ContinuousClock.now
    let late = start + .seconds(3600)
    #expect(daemon.stalled(at: start) == nil)
    #expect(daemon.stalled(at: late) == nil)
    let gate = Gate.named("standstill")
    try house.put("a.txt", "hold standstill")
    gate.waitForEntry()
    #expect(daemon.stalled(at: late + .seconds(1)) == nil)
    #expect(daemon.stalled(at: late + .seconds(3600))?.contains("‘news’") == true)
    gate.open()
    #expect(daemon.finish() == nil)
    #expect(daemon.stalled(at: late + .seconds(9999)) == nil)
    #expect(try house.lines().count == 1)
  }
}

@Suite struct OrderTests {
  /// One pipeline holds an article, and so many behind it that its window is full; the other goes on.
  @Test func aFullWindowPausesItsOwnPipelineOnly() throws {
    let house = TestHouse()
    let lines = (0..<1500).map { $0 == 0 ? "{\"text\":\"hold window\"}" : "{\"text\":\"Line \($0).\"}" }
    let gate = Gate.named("window")
    let daemon = try Daemon(
      [
        TestHouse.pipeline(stages: [ChainLink(StageKind(HoldingStage.self), processor: HoldingStage())]),
        TestHouse.pipeline(
          "second", inbox: "inbox/second", stages: [ChainLink(StageKind(HoldingStage.self), processor: HoldingStage())]),
      ], .init(root: house.root, workers: 2), log: house.log)
    try house.put("many.jsonl", lines.joined(separator: "\n"))
    gate.waitForEntry()
    let other = Gate.named("other")
    for number in 0..<20 { try house.put("\(number).txt", "count other \(number)", inbox: "inbox/second") }
    other.waitForDecisions(20)
    // The order of the first pipeline holds all its lines back.
    #expect(try house.names("outbox").contains("news.jsonl") == false || house.lines().isEmpty)
    gate.open()
    #expect(daemon.finish() == nil)
    try house.drain([TestHouse.pipeline(), TestHouse.pipeline("second", inbox: "inbox/second")])
    let numbers = try house.lines().map { $0.split(separator: "\"line\":")[1].prefix { $0.isNumber } }
    #expect(numbers == (1...1500).map { "\($0)" })
    #expect(try house.lines("second").count == 20)
  }

  /// Slow articles take their places as failed, each after its deadline, and those behind them follow.
  @Test func slowArticlesHoldTheLineUpForTheirDeadlinesOnly() throws {
    let house = TestHouse()
    let lines = (0..<60).map { "{\"text\":\"\($0 % 20 == 0 ? "slow" : "Line \($0).")\"}" }
    try house.put("many.jsonl", lines.joined(separator: "\n"))
    var pipeline = TestHouse.pipeline(stages: [ChainLink(StageKind(SlowStage.self), processor: SlowStage())])
    pipeline.deadline = .milliseconds(20)
    try house.drain([pipeline])
    #expect(
      try house.names("failed").filter { !$0.hasSuffix(".json") }
        == ["many.line-1.jsonl", "many.line-21.jsonl", "many.line-41.jsonl"])
    let numbers = try house.lines().map { Int($0.split(separator: "\"line\":")[1].prefix { $0.isNumber }) }
    #expect(numbers == (1...60).filter { $0 % 20 != 1 })
  }
}

/// Where a `HoldingStage` waits, and what it counts.
final class Gate: Sendable {
  private struct State {
    var entered = false
    var isOpen = false
    var decisions = 0
  }

  private static let gates = Mutex<[String: Gate]>([:])
  private let monitor = Monitor(State())

  static func named(_ name: String) -> Gate {
    gates.withLock { gates in
      let gate = gates[name] ?? Gate()
      gates[name] = gate
      return gate
    }
  }

  func hold() {
    monitor.signal { $0.entered = true }
    monitor.wait { $0.isOpen ? () : nil }
  }

  func open() { monitor.signal { $0.isOpen = true } }
  func decide() { monitor.signal { $0.decisions += 1 } }
  func waitForEntry() { monitor.wait { $0.entered ? () : nil } }
  func waitForDecisions(_ count: Int) { monitor.wait { $0.decisions >= count ? () : nil } }
}

/// `hold NAME` waits at the gate of that name, `count NAME …` is counted there once it is decided.
struct HoldingStage: RememberingStage {
  static let declaration = StageDeclaration<NoOptions>(name: "hold", summary: "", provides: [.duplicates], examples: [])
  init() {}
  init(options: NoOptions, context: StageContext) throws(StageError) {}

  private static func gate(_ text: [UInt8], _ word: String) -> Gate? {
    let words = String(decoding: text, as: UTF8.self).split(separator: " ")
    return words.count > 1 && words[0] == word ? Gate.named(String(words[1])) : nil
  }

  static func scope(of options: NoOptions) -> String? { nil }
  static func setsAside(with options: NoOptions) -> Bool { false }
  static func openMemory(with options: NoOptions, in storage: StateDirectory?) throws(DiskError) -> SeenTexts {
    SeenTexts()
  }
  static func makeDecider(with options: NoOptions, over memory: SeenTexts) -> TextDecider {
    TextDecider(memory: memory) { gate($0, "count")?.decide() }
  }

  func handOver(_ article: Article, deadline: Deadline) throws(StageError) -> Text {
    Self.gate(article.text, "hold")?.hold()
    return Text(article.text)
  }
}
