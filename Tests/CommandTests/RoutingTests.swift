import Foundation
import StageKit
import Testing

/// `discard` and `route`, as a user meets them.
@Suite struct RoutingTests {
  private static let story =
    "The harbour council of Tolmar voted on Monday to close the old bridge for a year, so that engineers can replace the "
    + "cables that the flood of the spring has damaged, and to let the ferry sail twice as often until it is open again."
  private static let settings = """
    discard:
      - {when: words < 5, reason: too short}
      - {when: 'title matches "*[Ss]udoku*"', reason: a puzzle}
    outbox:
      route:
        - {when: tags == "sport", to: sport}
        - {when: duplicates.status == "exact", to: again}

    """

  private func article(_ id: String, _ text: String, _ more: String = "") -> String {
    #"{"id":"\#(id)","text":"\#(text)"\#(more)}"# + "\n"
  }

  private func ids(_ spool: CommandSpool, _ path: String) throws -> [String] {
    try spool.text(path).split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8))["id"]?.string ?? "" }
  }

  private static let puzzle = #","title":"The daily sudoku""#
  private static let sport = #","tags":["local","sport"]"#

  @Test func eachLineGoesWhereTheRulesSay() throws {
    let spool = try CommandSpool(settings: Self.settings, stages: "[segment, dedupe]")
    try spool.drop(
      "feed.jsonl",
      article("a", Self.story) + article("b", "Too short.") + article("c", Self.story, Self.puzzle)
        + article("d", Self.story + " More.", Self.sport) + article("e", Self.story))
    let run = try spool.runOnce()
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.contains("feed.jsonl: taken, 3 records, 2 discarded"), "\(run.errors)")
    #expect(try ids(spool, "outbox/news.jsonl") == ["a"])
    #expect(try ids(spool, "outbox/sport/news.jsonl") == ["d"])
    #expect(try ids(spool, "outbox/again/news.jsonl") == ["e"])
    let discarded = try spool.text("outbox/discarded/news.jsonl").split(separator: "\n").map {
      try JSONValue(parsing: Array($0.utf8))
    }
    #expect(discarded.map { $0["reason"]?.string } == ["too short", "a puzzle"])
    #expect(discarded.map { $0["id"]?.string } == ["b", "c"] && discarded.map { $0["seq"]?.int } == [2, 3])
    // The puzzle has the story's text: a discarded article is none that others repeat.
    let again = try JSONValue(parsing: Array(try spool.text("outbox/again/news.jsonl").utf8.dropLast()))
    #expect(again["duplicates"]?["matches"]?.array?.compactMap { $0["seq"]?.int }.contains(3) == false)
    let check = try spool.command("spool", "check")
    #expect(check.code == 0 && check.output.contains("3 records, 2 discarded, 0 in flight"), "\(check.output)")

    let why = try spool.command("why", "feed.jsonl").output
    #expect(why.contains("done, 3 records: spool/outbox/news.jsonl:1, "), "\(why)")
    #expect(why.contains("; 2 discarded (too short, a puzzle): spool/outbox/discarded/news.jsonl:1-2"), "\(why)")
  }

  @Test func anOutboxThatIsReadBackTeachesNothingOfWhatWasDiscarded() throws {
    let spool = try CommandSpool(settings: Self.settings, stages: "[segment, dedupe]")
    try spool.drop(
      "a.jsonl", article("a", Self.story, Self.puzzle) + article("b", "The ferry sails at noon and at six.", Self.sport)
    )
    try spool.runOnce()
    // Once without the index, once without the journal, too: its numbers are known all the same.
    for (lost, seq) in [("state/dedupe", 3), ("state", 4)] {
      try FileManager.default.removeItem(at: spool.root.appendingPathComponent(lost))
      try spool.drop(
        "c\(seq).jsonl", article("c\(seq)", seq == 3 ? Self.story : "Nothing else was said of the bridge today."))
      let run = try spool.runOnce()
      #expect(run.errors.contains("\(seq - 2) were read back"), "\(run.errors)")
      let record = try #require(try spool.records().last)
      #expect(record["seq"]?.int == seq && record["duplicates"]?["status"]?.string == "unique", "\(record)")
    }
  }

  @Test(.timeLimit(.minutes(5))) func aRunningDaemonCountsByReason() throws {
    let spool = try CommandSpool(settings: Self.settings, stages: "[segment, dedupe]")
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    let file = try spool.folder.write("short.txt", "Too short.")
    let put = try spool.command("put", file, "--wait")
    #expect(
      put.code == 0 && put.output == "\(file): spool/outbox/discarded/news.jsonl:1\n", "\(put.output)\(put.errors)")
    #expect(put.errors.contains("\(file): discarded: too short"), "\(put.errors)")
    #expect(
      try spool.command("why", "short.txt").output.contains("discarded, too short: spool/outbox/discarded/news.jsonl:1")
    )
    let status = try JSONValue(parsing: Array(try spool.command("status", "--json").output.utf8))
    #expect(status["records"]?.int == 0)
    #expect(status["pipelines"]?.array?.first?["discarded"]?["too short"]?.int == 1, "\(status)")
    #expect(try spool.command("status").output.contains("  discarded  1: 1 too short\n"))
  }

  @Test func aFilterLeavesOutWhatIsDiscardedAndSaysSo() throws {
    let folder = try Folder()
    let pipeline = try folder.write("news.yaml", "name: news\n\(Self.settings)stages: [segment, dedupe]\n")
    let input =
      article("a", Self.story) + article("b", "Too short.") + article("c", Self.story, Self.sport) + article("d", "No.")
    let outcome = try BuiltCommand.run("pipe", pipeline, input: Array(input.utf8))
    #expect(outcome.code == 0)
    // A routed record is a record.
    #expect(outcome.records.map { $0["id"]?.string } == ["a", "c"])
    #expect(outcome.errors.hasSuffix("\nlinecaster: 2 articles were discarded: 2 too short\n"))
    let one = try BuiltCommand.run("process", pipeline, try folder.write("b.txt", "Too short."))
    #expect(one.code == 0 && one.output == "" && one.errors == "linecaster: 1 article was discarded: 1 too short\n")
    #expect(try BuiltCommand.run("schema", "discarded").output.contains("\"title\":\"linecaster-discarded/1\""))
  }

  @Test func conditionsOfStagesAreCheckedAndKept() throws {
    let folder = try Folder()
    let pipeline = try folder.write(
      "news.yaml", "name: news\nstages:\n  - segment\n  - entities: {when: words > 4, on_error: skip}\n")
    let outcome = try BuiltCommand.run(
      "pipe", pipeline,
      input: Array((article("a", "Ada Corr spoke.") + article("b", "Ada Corr spoke in Oslo today.")).utf8))
    #expect(outcome.code == 0 && outcome.records.map { $0["entities"] == .null } == [true, false], "\(outcome.errors)")
    let wrong = try folder.write(
      "wrong.yaml", "name: news\nstages:\n  - segment: {when: entities.cuont > 1}\n  - entities\n")
    #expect(
      try BuiltCommand.run("check", wrong).output.hasSuffix(
        """
        wrong.yaml:3:21: error: unknown field ‘entities.cuont’; did you mean ‘entities.count’?
          3 |   - segment: {when: entities.cuont > 1}
            |                     ^~~~~~~~~~~~~~

        """))
  }
}
