import Disk
import Foundation
import PipelineKit
import StageKit
import Testing
import Workers

@testable import Daemon

/// The daemon with its chains in worker processes.
@Suite struct WorkerTests {
  private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("WorkersChild").path

  /// What a text asks of the stage `chaos`, which only the workers' program has: here it only has to have the name.
  private struct Chaos: Stage {
    static let declaration = StageDeclaration<NoOptions>(name: "chaos", summary: "", provides: [], examples: [])
    init(options: NoOptions, context: StageContext) {}
    func process(_ article: inout Article, deadline: Deadline) throws(StageError) {}
  }

  private func pipeline(_ name: String = "news", inbox: String = "inbox", deadline: String = "10s") throws -> Pipeline {
    let text = """
      name: \(name)
      inbox: {path: \(inbox), settle: 0ms}
      outbox: {min_free: 0B}
      deadline: \(deadline)
      stages: [chaos]
      """
    let loaded = Pipeline.load(
      [SourceFile(path: "\(name).yaml", bytes: Array(text.utf8))], registry: StageRegistry([StageKind(Chaos.self)]),
      context: StageContext())
    return try #require(loaded.pipelines.first, "\(loaded.diagnostics)")
  }

  private func drain(_ house: borrowing TestHouse, _ pipelines: [Pipeline]) throws {
    let settings = Daemon.Settings(
      root: house.root, once: true, workers: 2, place: .workers(memory: 256 << 20, program: Self.program))
    if let error = try Daemon(pipelines, settings, log: house.log).waitUntilDrained() { throw error }
  }

  @Test func anArticleCostsAtMostItself() throws {
    let house = TestHouse()
    for number in 0..<60 { try house.put("good\(number).txt", "Article \(number).") }
    for harm in ["trap", "eat", "exit"] { try house.put("\(harm).txt", "\(harm) it") }
    // A busy machine would make the time of a deadline that others share short for them, too.
    try house.put("hang.txt", "hang it", inbox: "slow")
    try house.put(
      "many.jsonl", (0..<40).map { #"{"text":"\#($0 == 20 ? "trap" : "Line") \#($0)"}"# }.joined(separator: "\n"))
    try drain(house, [try pipeline(), try pipeline("slow", inbox: "slow", deadline: "200ms")])
    #expect(try house.lines().count == 60 + 39)
    let failed = try house.names("failed").filter { $0.hasSuffix(".reason.json") }
    #expect(
      failed == [
        "eat.txt.reason.json", "exit.txt.reason.json", "hang.txt.reason.json", "many.line-21.jsonl.reason.json",
        "trap.txt.reason.json",
      ])
    for (name, verdict) in [("trap", "crashed"), ("exit", "crashed"), ("hang", "deadline"), ("eat", "memory")] {
      let reason = try house.text(house.root / "failed/\(name).txt.reason.json")
      #expect(reason.contains("\"class\": \"\(verdict)\"") && reason.contains("\"stage\": \"chaos\""), "\(reason)")
    }
  }

  @Test func everyFormatCrossesToTheWorkers() throws {
    let house = TestHouse()
    try house.put(
      "feed.json",
      #"{"version":"https:\/\/jsonfeed.org\/version\/1.1","items":[{"id":"a","content_text":"One."},"#
        + #"{"id":"b","content_text":"trap it"},{"id":"c","summary":"Three."}]}"#)
    try house.put("jsonfeed.json", #"{"id":"d","text":"An article about jsonfeed.org is one."}"#)
    try house.put("ninjs.json", #"{"uri":"e","headline":"One","body_text":"The lock opened."}"#)
    try house.put("mail.eml", "Message-ID: <f>\r\n\r\nThe lock opened.\r\n")
    try house.put(
      "feed.xml", "<rss><channel><item><guid>g</guid><title>A</title></item><item><guid>h</guid></item></channel></rss>"
    )
    try drain(house, [try pipeline()])
    let records = try house.lines().map { try JSONValue(parsing: Array($0.utf8)) }
    let found = records.map { "\($0["id"]?.string ?? "") \($0["source"]?["line"]?.int ?? 0)" }
    #expect(found.sorted() == ["a 1", "c 3", "d 0", "e 0", "f 0"])
    // The chain has no `clean`.
    #expect(
      try house.names("failed").filter { !$0.hasSuffix(".reason.json") } == [
        "feed.item-1.xml", "feed.item-2.json", "feed.item-2.xml",
      ])
  }

  @Test func aChainThatIsAnotherOneInTheWorkersIsRefused() throws {
    let house = TestHouse()
    var pipeline = try pipeline()
    pipeline.digest = "0"
    let error = #expect(throws: (any Error).self) { try drain(house, [pipeline]) }
    #expect(error.map { "\($0)" }?.contains("changed while it was loaded") == true)
  }
}
