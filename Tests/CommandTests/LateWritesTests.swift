import ArticleIO
import Foundation
import StageKit
import Testing

/// Writers of another user who pause for longer than `settle` with the file open: the kernel does not tell the daemon.
@Suite(.enabled(if: BuiltCommand.runsAsOthers)) struct LateWritesTests {
  private static let first = "Rain fell on Tolmar on Monday, and the river Osk rose by two metres before noon. "
  private static let second = "The old bridge was closed in the evening. Nobody was hurt, said the mayor, Lina Sorel."

  /// Whose daemon is another user than the test, which writes the inputs.
  private func foreignSpool(_ settings: String = "", stages: String = "[segment]") throws -> CommandSpool {
    let spool = try CommandSpool(settings: "inbox: {settle: 50ms}\n\(settings)", stages: stages)
    #expect(BuiltCommand.works("chown 65534:65534 \(spool.folder.url.path) \(spool.root.path) \(spool.inbox.path)"))
    return spool
  }

  /// A file that is being written.
  private final class Draft {
    private let file: Int32

    init(_ name: String, in spool: CommandSpool) {
      file = open(spool.inbox.path + "/" + name, O_WRONLY | O_CREAT, 0o644)
      #expect(file >= 0)
    }

    func write(_ text: String) { #expect(Glibc.write(file, text, text.utf8.count) == text.utf8.count) }
    deinit { close(file) }
  }

  /// Writes a file in two pieces, the second when the first has been taken.
  private func write(
    _ name: String, _ first: String = LateWritesTests.first, _ second: String = LateWritesTests.second,
    in spool: CommandSpool, whenTaken wait: () throws -> Void
  ) throws {
    let draft = Draft(name, in: spool)
    draft.write(first)
    try wait()
    draft.write(second)
  }

  private func stop(_ daemon: Process) {
    daemon.terminate()
    daemon.waitUntilExit()
  }

  private func waitForFailure(_ spool: CommandSpool, _ name: String) {
    while !spool.names("failed").contains(name) { sched_yield() }
  }

  private func done(_ spool: CommandSpool) -> [String] {
    spool.names("done/news").flatMap { spool.names("done/news/\($0)") }
  }

  @Test(.timeLimit(.minutes(2))) func theWholeSupersedesItsHalf() throws {
    let spool = try foreignSpool()
    let daemon = try spool.startDaemon(user: 65534)
    for (number, name) in ["a.txt", "b.txt"].enumerated() {
      try write(name, in: spool) { try spool.waitForRecords(2 * number + 1) }
      try spool.waitForRecords(2 * number + 2)
    }
    stop(daemon)
    let records = try spool.records()
    records.forEach { expectGood($0) }
    let whole = Self.first + Self.second
    #expect(records.map { $0["text"]?.string } == [Self.first, whole, Self.first, whole])
    #expect(records.map { $0["revision_of"]?.int } == [nil, records[0]["seq"]?.int, nil, records[2]["seq"]?.int])
    #expect(done(spool) == ["a.txt", "b.txt"] && spool.names("claimed/news").isEmpty)
    #expect(spool.names("state/revisions").isEmpty)
    // Once of each writer.
    #expect(spool.log.text.split(separator: "\n").count { $0.contains("ready: rename") } == 1, "\(spool.log.text)")
    let why = try spool.command("why", "a.txt")
    #expect(why.output.contains("done: spool/outbox/news.jsonl:2; this supersedes spool/outbox/news.jsonl:1"), "\(why)")
    let json = try JSONValue(parsing: Array(try spool.command("why", "a.txt", "--format", "json").output.utf8))
    #expect(json["findings"]?.array?.first?["records"]?.array?.map { $0["line"]?.int } == [1, 2])
  }

  @Test(.timeLimit(.minutes(2))) func pipelinesThatComeMeanwhileChangeNothing() throws {
    let spool = try foreignSpool()
    try spool.folder.write("pipelines/news.yaml", "name: news\ninbox: {settle: 50ms}\nstages: [segment]\n")
    #expect(BuiltCommand.works("chown -R 65534:65534 \(spool.folder.url.path)"))
    let daemon = try spool.startDaemon("pipelines", user: 65534)
    try write("a.txt", in: spool) {
      try spool.waitForRecords(1)
      try spool.folder.write("pipelines/first.yaml", "name: first\ninbox: {path: first}\nstages: [segment]\n")
      spool.waitForMessage("the pipeline ‘first’ runs")
    }
    try spool.waitForRecords(2)
    stop(daemon)
    let records = try spool.records()
    #expect(records.map { $0["text"]?.string } == [Self.first, Self.first + Self.second])
    #expect(records[1]["revision_of"] == records[0]["seq"])
  }

  @Test(.timeLimit(.minutes(2))) func aHalfThatFailedGoesWhenTheWholeComes() throws {
    let spool = try foreignSpool()
    _ = try spool.startDaemon(user: 65534)
    try write("a.json", "{\"text\":\"\(Self.first)", "\(Self.second)\"}\n", in: spool) {
      waitForFailure(spool, "a.json")
    }
    try spool.waitForRecords(1)
    let record = try #require(try spool.records().first)
    #expect(record["text"]?.string == Self.first + Self.second && record["revision_of"] == .null)
    #expect(spool.names("failed").isEmpty)
    #expect(try spool.command("why", "a.json").output.contains("done: spool/outbox/news.jsonl:1"))
  }

  @Test(.timeLimit(.minutes(2))) func anEmptyFileThatIsFilledLaterIsTaken() throws {
    let spool = try foreignSpool()
    _ = try spool.startDaemon(user: 65534)
    var drafts = ["a.txt", "b.jsonl"].map { Draft($0, in: spool) }
    waitForFailure(spool, "a.txt")
    while done(spool).isEmpty { sched_yield() }
    drafts[0].write(Self.first)
    drafts[1].write("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n")
    drafts = []
    try spool.waitForRecords(3)
    #expect(Set(try spool.records().compactMap { $0["text"]?.string }) == [Self.first, "One.", "Two."])
    #expect(spool.names("failed").isEmpty)
  }

  @Test(.timeLimit(.minutes(2))) func linesGoOnFromTheLastOne() throws {
    let spool = try foreignSpool()
    _ = try spool.startDaemon(user: 65534)
    let lines = ["{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n{\"text\":\"Th", "ree.\"}\n{\"text\":\"Four.\"}\n"]
    try write("a.jsonl", lines[0], lines[1], in: spool) { waitForFailure(spool, "a.line-3.jsonl") }
    try spool.waitForRecords(4)
    #expect(try spool.records().map { $0["text"]?.string } == ["One.", "Two.", "Three.", "Four."])
    #expect(try spool.records().map { $0["source"]?["line"]?.int } == [1, 2, 3, 4])
    #expect(try spool.records().allSatisfy { $0["revision_of"] == .null })
    while done(spool).isEmpty { sched_yield() }
    #expect(spool.names("failed").isEmpty)
    #expect(try spool.command("why", "a.jsonl").output.contains("done, 4 records"))
  }

  @Test(.timeLimit(.minutes(2))) func whatIsNotKeptWaitsForALateWrite() throws {
    let spool = try foreignSpool("done: remove\n")
    let daemon = try spool.startDaemon(user: 65534)
    try write("a.txt", in: spool) { try spool.waitForRecords(1) }
    try spool.waitForRecords(2)
    #expect(try spool.records()[1]["revision_of"]?.int == spool.records()[0]["seq"]?.int)
    stop(daemon)
    #expect(done(spool).isEmpty && spool.names("done/news").isEmpty)
  }

  @Test(.timeLimit(.minutes(2))) func timesThatAreSetLateAreNoRevision() throws {
    let spool = try foreignSpool()
    _ = try spool.startDaemon(user: 65534)
    var draft: Draft? = Draft("a.txt", in: spool)
    draft?.write(Self.first)
    try spool.waitForRecords(1)
    draft = nil
    while done(spool).isEmpty { sched_yield() }
    let day = try #require(spool.names("done/news").first)
    let place = spool.root.appendingPathComponent("done/news/\(day)/a.txt")
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: place.path)
    // Behind it in the line.
    try write("b.txt", in: spool) { try spool.waitForRecords(2) }
    try spool.waitForRecords(3)
    #expect(try spool.records().map { $0["source"]?["name"]?.string } == ["a.txt", "b.txt", "b.txt"])
  }

  @Test(.timeLimit(.minutes(2))) func aKilledDaemonLeavesNoSecondRevision() throws {
    let spool = try foreignSpool()
    var daemon = try spool.startDaemon(user: 65534)
    try write("a.txt", in: spool) { try spool.waitForRecords(1) }
    try spool.waitForRecords(2)
    spool.kill(daemon)
    daemon = try spool.startDaemon(user: 65534)
    try spool.drop("b.txt")
    try spool.waitForRecords(3)
    stop(daemon)
    #expect(try spool.records().map { $0["source"]?["name"]?.string } == ["a.txt", "a.txt", "b.txt"])
    #expect(done(spool) == ["a.txt", "b.txt"] && spool.names("state/revisions").isEmpty)
  }

  @Test(.timeLimit(.minutes(2))) func whatWasWrittenUnderAnEarlierRunIsTold() throws {
    let spool = try foreignSpool()
    let daemon = try spool.startDaemon(user: 65534)
    try write("a.txt", in: spool) {
      try spool.waitForRecords(1)
      while done(spool).isEmpty { sched_yield() }
      spool.kill(daemon)
    }
    let why = try spool.command("why", "a.txt").output
    #expect(why.contains("done: spool/outbox/news.jsonl:1; it was written to since"), "\(why)")
  }

  @Test(.timeLimit(.minutes(2)), arguments: ["tag", "drop"]) func copiesMatchTheWholeAlone(action: String) throws {
    let spool = try foreignSpool(stages: "[segment, {dedupe: {action: \(action)}}]")
    let daemon = try spool.startDaemon(user: 65534)
    let body = (1...12).map { "The council of Harbour \($0) met on day \($0) and voted on \($0 * 7) plans." }
    let (first, second) = (body[..<10].joined(separator: " "), " " + body[10...].joined(separator: " "))
    try write("a.txt", first, second, in: spool) { try spool.waitForRecords(1) }
    try spool.waitForRecords(2)
    // Of the whole, and of the half.
    try spool.drop(".b", first + second)
    #expect(rename(spool.inbox.path + "/.b", spool.inbox.path + "/b.txt") == 0)
    try spool.drop("z.txt", "Snow closed the pass above Tolmar for all of Tuesday, and two lorries had to turn back.")
    try spool.waitForRecords(action == "drop" ? 3 : 4)
    stop(daemon)
    let records = try spool.records()
    let whole = records[1]
    #expect(whole["revision_of"]?.int == records[0]["seq"]?.int)
    #expect(whole["duplicates"]?["status"]?.string == "unique", "\(whole["duplicates"] ?? .null)")
    let copies =
      action == "drop"
      ? try spool.text("outbox/duplicates/news.jsonl").split(separator: "\n").map {
        try JSONValue(parsing: Array($0.utf8))
      } : records.filter { $0["source"]?["name"]?.string == "b.txt" }
    let copy = try #require(copies.first)
    #expect(copies.count == 1)
    #expect(copy["duplicates"]?["status"]?.string == "exact")
    let named = copy["duplicates"]?["matches"]?.array?.map { $0["seq"]?.int }
    #expect(named == [whole["seq"]?.int], "\(copy["duplicates"] ?? .null)")
  }
}
