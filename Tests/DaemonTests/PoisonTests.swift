import Disk
import Glibc
import PipelineKit
import StageKit
import Testing

@testable import Daemon

/// Runs in processes of their own that articles take down.
@Suite struct PoisonTests {
  /// One run until the inbox is empty, or until an article ends the process.
  @Sendable private static func run(_ root: String) throws {
    let daemon = try Daemon(
      [TestHouse.pipeline(stages: [ChainLink(StageKind(DeadlyStage.self), processor: DeadlyStage())])],
      .init(root: Path(root), once: true, workers: 2, notesCrashes: true), log: TestHouse.quiet)
    if let error = daemon.waitUntilDrained() { throw error }
  }

  private func expectEnd(_ root: String) async {
    await #expect(processExitsWith: .failure) { [root] in try Self.run(root) }
  }

  @Test func whatFaultsAloneGoesToFailedAndNothingElseDoes() async throws {
    let house = TestHouse()
    let root = house.root.description
    try house.put("deadly.txt", "fault")
    for number in 0..<20 { try house.put("good\(number).txt", "Article \(number).") }
    await expectEnd(root)
    #expect(try house.names("failed").isEmpty)
    await expectEnd(root)
    #expect(try house.names("failed").isEmpty)
    try Self.run(root)
    #expect(try house.names("failed") == ["deadly.txt", "deadly.txt.reason.json"])
    let reason = try house.text(house.root / "failed/deadly.txt.reason.json")
    #expect(reason.contains("\"class\": \"poison\"") && reason.contains("\"attempts\": 2"), "\(reason)")
    #expect(reason.contains("once while it ran alone, the last time by signal"), "\(reason)")
    #expect(try Set(house.lines()).count == 20)
  }

  @Test func oneLineOfAFileIsSingledOut() async throws {
    let house = TestHouse()
    let root = house.root.description
    let lines = (0..<30).map { $0 == 17 ? "{\"text\":\"fault\"}" : "{\"text\":\"Line \($0).\"}" }
    try house.put("many.jsonl", lines.joined(separator: "\n"))
    for _ in 0..<2 { await expectEnd(root) }
    try Self.run(root)
    #expect(try house.names("failed") == ["many.line-18.jsonl", "many.line-18.jsonl.reason.json"])
    #expect(try house.text(house.root / "failed/many.line-18.jsonl") == lines[17] + "\n")
    #expect(try Set(house.lines()).count == 29)
  }

  /// Items are counted like lines, and the run goes on behind those that are settled.
  @Test func oneItemOfAFeedIsSingledOut() async throws {
    let house = TestHouse()
    let root = house.root.description
    let items = (0..<30).map { "<item><title>\($0 == 17 ? "fault" : "Item \($0)")</title></item>" }
    try house.put("feed.xml", "<rss><channel>\(items.joined())</channel></rss>")
    for _ in 0..<2 { await expectEnd(root) }
    try Self.run(root)
    #expect(try house.names("failed") == ["feed.item-18.xml", "feed.item-18.xml.reason.json"])
    #expect(try house.text(house.root / "failed/feed.item-18.xml") == items[17] + "\n")
    #expect(try Set(house.lines()).count == 29)
    #expect(try house.names("done/news").count == 1)
  }

  /// Killed from outside while it is alone: once is nobody's fault.
  @Test func anInnocentThatWasAloneGoesThrough() async throws {
    let house = TestHouse()
    let root = house.root.description
    try house.put("slow.txt", "killed twice \(root)")
    for _ in 0..<2 { await expectEnd(root) }
    try Self.run(root)
    #expect(try house.names("failed").isEmpty)
    #expect(try house.lines().count == 1)
  }

  @Test func whatIsKilledAgainAndAgainGoesToFailed() async throws {
    let house = TestHouse()
    let root = house.root.description
    try house.put("hungry.txt", "killed")
    for _ in 0..<4 {
      await expectEnd(root)
      #expect(try house.names("failed").isEmpty)
    }
    try Self.run(root)
    #expect(try house.names("failed") == ["hungry.txt", "hungry.txt.reason.json"])
    #expect(try house.text(house.root / "failed/hungry.txt.reason.json").contains("\"attempts\": 4"))
  }
}

/// Does to the process what the article says.
private struct DeadlyStage: Stage {
  static let declaration = StageDeclaration<NoOptions>(name: "deadly", summary: "", provides: [.body], examples: [])
  init() {}
  init(options: NoOptions, context: StageContext) throws(StageError) {}
  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    let text = String(decoding: article.text, as: UTF8.self)
    if text == "fault" || text.contains(">fault<") { abort() }
    if text == "killed" { kill(getpid(), SIGKILL) }
    let twice = "killed twice "
    if text.hasPrefix(twice) {
      // Names in a directory that only grows count the runs.
      let root = text.dropFirst(twice.count)
      for run in 1...2 where mkdir("\(root)/run-\(run)", 0o755) == 0 { kill(getpid(), SIGKILL) }
    }
  }
}
