import ArticleIO
import Foundation
import StageKit
import Testing

/// Inputs of `done/` that go through the chain of now.
@Suite struct ReprocessTests {
  private static let lines = [
    "{\"text\":\"One bridge was closed.\"}", "no JSON", "{\"text\":\"Two roads were opened.\"}",
  ]

  private func setStages(_ spool: CommandSpool, _ stages: String) throws {
    try spool.folder.write("news.yaml", "name: news\nstages: \(stages)\n")
    #expect(try spool.command("reload").code == 0)
  }

  private func inputs(_ spool: CommandSpool) -> [String] {
    spool.names("done/news").flatMap { day in spool.names("done/news/\(day)") }
  }

  @Test(.timeLimit(.minutes(5))) func whatAnotherChainMadeIsMadeAnewOnce() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    try spool.drop("a.txt")
    try spool.drop("b.jsonl", Self.lines.joined(separator: "\n") + "\n")
    try spool.waitForRecords(3)
    while inputs(spool).count < 2 { sched_yield() }
    let upToDate = try spool.command("reprocess", "--stale")
    #expect(upToDate.output == "news: 0 inputs with 0 records to take again; 2 up to date\n", "\(upToDate)")
    try setStages(spool, "[segment, entities]")
    let dry = try spool.command("reprocess", "--stale", "--dry-run")
    #expect(dry.output.hasPrefix("news: 2 inputs with 3 records would be taken again\n"), "\(dry)")
    #expect(dry.output.contains("/b.jsonl\n"))
    #expect(try spool.records().count == 3)
    let outcome = try spool.command("reprocess", "--stale")
    #expect(outcome.code == 0 && outcome.output == "news: 2 inputs with 3 records are taken again\n", "\(outcome)")
    let records = try spool.records()
    #expect(records.count == 6)
    for (old, new) in zip(records[..<3].sorted(by: isBefore), records[3...].sorted(by: isBefore)) {
      #expect(new["revision_of"] == old["seq"] && new["id"] == old["id"] && new["text"] == old["text"])
      #expect(old["entities"] == .null && new["entities"] != .null)
    }
    #expect(inputs(spool) == ["a.txt", "b.jsonl"] && spool.names("state/revisions").isEmpty)
    // The line that is no JSON still stands there once.
    #expect(spool.names("failed") == ["b.line-2.jsonl", "b.line-2.jsonl.reason.json"])
    let again = try spool.command("reprocess", "--stale")
    #expect(again.output == "news: 0 inputs with 0 records to take again; 2 up to date\n", "\(again)")
    let why = try spool.command("why", "a.txt")
    #expect(why.output.contains("this supersedes"), "\(why.output)")
  }

  private func isBefore(_ a: JSONValue, _ b: JSONValue) -> Bool { (a["id"]?.string ?? "") < (b["id"]?.string ?? "") }

  @Test(.timeLimit(.minutes(5))) func oneInputIsNamedAndRevisedAgainAndAgain() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    // Of the same name twice: the second lies in done/ under another.
    for (count, text) in [CommandSpool.story, CommandSpool.story + " Nobody was hurt."].enumerated() {
      try spool.drop("a.txt", text)
      try spool.waitForRecords(count + 1)
      while inputs(spool).count < count + 1 { sched_yield() }
    }
    try spool.drop("other.txt", "Snow fell.")
    try spool.waitForRecords(3)
    for _ in 1...2 { #expect(try spool.command("reprocess", "a.txt").code == 0) }
    let records = try spool.records()
    #expect(
      records.count == 7
        && Set(records.filter { $0["source"]?["name"]?.string == "a.txt" }.compactMap { $0["id"]?.string }).count == 2)
    let revised = records[3...].map { $0["revision_of"] }
    #expect(revised == [records[0]["seq"], records[1]["seq"], records[3]["seq"], records[4]["seq"]])
    #expect(records[3...].map { $0["text"] } == [0, 1, 0, 1].map { records[$0]["text"] })
    let unknown = try spool.command("reprocess", "nothing.txt")
    #expect(unknown.code == 1 && unknown.errors.contains("no input of that name is in done/"), "\(unknown)")
  }

  @Test(.timeLimit(.minutes(5)), arguments: ["tag", "drop"]) func copiesStayCopiesAndOriginalsOriginals(
    action: String
  ) throws {
    let stages = "[segment, {dedupe: {action: \(action)}}]"
    let spool = try CommandSpool(stages: stages)
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    let story = (1...14).map { "The council of Harbour \($0) met on day \($0) and voted on \($0 * 7) plans." }
      .joined(separator: " ")
    try spool.drop("a.txt", story)
    try spool.waitForRecords(1)
    try spool.drop("b.txt", story + " More follows.")
    try spool.drop("z.txt", "Snow closed the pass above Tolmar for all of Tuesday, and two lorries had to turn back.")
    try spool.waitForRecords(action == "tag" ? 3 : 2)
    while inputs(spool).count < 3 { sched_yield() }
    for _ in 1...2 { #expect(try spool.command("reprocess", "--all").code == 0) }
    let records = try spool.records()
    for name in ["a.txt", "z.txt"] {
      let mine = records.filter { $0["source"]?["name"]?.string == name }
      #expect(mine.map { $0["duplicates"]?["status"]?.string } == ["unique", "unique", "unique"], "\(name)")
    }
    if action == "tag" {
      let copies = records.filter { $0["source"]?["name"]?.string == "b.txt" }
      #expect(copies.map { $0["duplicates"]?["status"]?.string } == ["near", "near", "near"])
    }
  }

  @Test(.timeLimit(.minutes(5))) func aKilledDaemonTakesEachInputAgainOnce() throws {
    let spool = try CommandSpool()
    var daemon = try spool.startDaemon()
    let count = 30
    for number in 0..<count { try spool.drop("\(number).txt", "Story \(number). " + CommandSpool.story) }
    try spool.waitForRecords(count)
    try setStages(spool, "[segment, entities]")
    let command = BuiltCommand.process(["reprocess", "--stale", "--root", spool.root.path])
    command.standardError = FileHandle.nullDevice
    command.standardOutput = FileHandle.nullDevice
    try command.run()
    try spool.waitForRecords(count + 5)
    spool.kill(daemon)
    command.waitUntilExit()
    daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    while try spool.command("health").code != 0 { sched_yield() }
    while !spool.names("claimed/news").isEmpty { sched_yield() }
    #expect(try spool.command("reprocess", "--stale").code == 0)
    let records = try spool.records()
    #expect(records.count == 2 * count)
    #expect(
      Set(records.compactMap { $0["revision_of"]?.int }) == Set(records.prefix(count).compactMap { $0["seq"]?.int }))
    #expect(inputs(spool).count == count)
  }

  @Test func withoutADaemonItSaysSo() throws {
    let spool = try CommandSpool()
    let outcome = try spool.command("reprocess", "--all")
    #expect(outcome.code == 1 && outcome.errors.contains("start one with linecaster run"), "\(outcome)")
    #expect(try spool.command("reprocess").code == 64)
  }

  // MARK: - Stages that are the same

  private static let manifest = """
    name: longest
    version: 1
    summary: Finds the longest word.
    command: [python3, stage.py]
    provides:
      longest: {help: The longest word., shape: text}

    """
  private static let code = """
    import sys
    from linecaster_stage import run

    def stage(article):
        print('asked for', article.text.split()[0], file=sys.stderr, flush=True)
        return max(article.text.split(), key=len)

    if __name__ == '__main__':
        run(stage)

    """

  /// A chain that goes on where the one before it ended, and one whose first stage is another.
  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      ("[segment, entities, longest, dedupe]", 0), ("[{segment: {languages: [en]}}, entities, longest]", 3),
    ]) func stagesThatAreTheSameDoNotRunAgain(stages: String, calls: Int) throws
  {
    let spool = try CommandSpool(stages: "[segment, entities, longest]")
    try spool.folder.write("plugins/longest/plugin.yaml", Self.manifest)
    try spool.folder.write("plugins/longest/stage.py", Self.code)
    let plugins = spool.folder.url.appendingPathComponent("plugins").path
    let daemon = try spool.startDaemon(plugins: plugins)
    defer { daemon.terminate() }
    try spool.drop("a.txt")
    let lines = [1, 2].map { "{\"text\":\"Story \($0) of Holmvik. \(CommandSpool.story)\"}\n" }
    try spool.drop("b.jsonl", lines.joined())
    try spool.waitForRecords(3)
    while inputs(spool).count < 2 { sched_yield() }
    try setStages(spool, stages)
    #expect(try spool.command("reprocess", "--stale").code == 0)
    let again = try spool.records()
    // What the plugin said before it saw this one stands in the log by then.
    try spool.drop("last.txt", "Last of all.")
    spool.waitForMessage("asked for Last")
    let asked = spool.log.text.split(separator: "\n").count { $0.contains("asked for") && !$0.contains("Last") }
    #expect(asked == 3 + calls, "\(spool.log.text)")
    let records = again.sorted { isBefore($0, $1) || $0["id"] == $1["id"] && !isRevision($0) }
    #expect(records.count == 6 && records.count { isRevision($0) } == 3)
    for (old, new) in zip(records.filter { !isRevision($0) }, records.filter(isRevision)) {
      for key in ["id", "text", "sentences", "entities", "layers", "title", "language", "source"] {
        #expect(new[key] == old[key], "\(key)")
      }
      #expect(new["revision_of"] == old["seq"] && old["layers"]?["longest"]?.string != nil)
      #expect((new["duplicates"] != .null) == stages.contains("dedupe"))
    }
  }

  private func isRevision(_ record: JSONValue) -> Bool { record["revision_of"] != .null }
}
