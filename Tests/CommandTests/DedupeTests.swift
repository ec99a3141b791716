import ArticleIO
import Foundation
import StageKit
import Testing

@Suite struct DedupeTests {
  private static let story =
    "The harbour council of Tolmar voted on Monday to close the old bridge for a year, so that engineers can replace the "
    + "cables that the flood of the spring has damaged, and to let the ferry sail twice as often until it is open again."

  private func status(_ record: JSONValue) -> String? { record["duplicates"]?["status"]?.string }

  private func entries(_ spool: CommandSpool) throws -> URL {
    let name = try #require(spool.names("state/dedupe/news").first { $0.hasSuffix(".entries") })
    return spool.root.appendingPathComponent("state/dedupe/news/\(name)")
  }

  @Test func theIndexOutlivesTheProcessAndTheOutbox() throws {
    let spool = try CommandSpool(stages: "[dedupe]")
    try spool.drop("a.txt", Self.story)
    try spool.runOnce()
    try FileManager.default.removeItem(at: spool.live)
    try spool.drop("b.txt", Self.story.uppercased())
    let run = try spool.runOnce()
    #expect(run.code == 0, "\(run.errors)")
    let records = try spool.records()
    #expect(records.map(status) == ["exact"])
    #expect(records.first?["duplicates"]?["matches"]?.array?.first?["seq"]?.int == 1)
  }

  @Test func withoutAnIndexTheOutboxIsReadBack() throws {
    let spool = try CommandSpool(stages: "[dedupe]")
    try spool.drop("a.txt", Self.story)
    try spool.runOnce()
    try FileManager.default.removeItem(at: spool.root.appendingPathComponent("state/dedupe"))
    try spool.drop("b.txt", Self.story)
    #expect(try spool.runOnce().errors.contains("1 were read back from the outbox"))
    #expect(try spool.records().map(status) == ["unique", "exact"])
  }

  @Test func whatWasSetAsideIsReadBackToo() throws {
    let spool = try CommandSpool(stages: "[{dedupe: {action: set_aside}}]")
    let words = Self.story.split(separator: " ")
    try spool.drop("a.txt", Self.story)
    try spool.drop("b.txt", words.dropLast(6).joined(separator: " "))
    try spool.drop(
      "c.txt", "The mayor of Grelle opened a market hall of glass and larch wood on Friday for all its traders.")
    try spool.runOnce()
    for (name, seq) in [("d.txt", 4), ("e.txt", 5)] {
      // Once without the index, once without the journal, too.
      let lost = spool.root.appendingPathComponent(seq == 4 ? "state/dedupe" : "state")
      try FileManager.default.removeItem(at: lost)
      try spool.drop(name, words.dropLast(6).joined(separator: " "))
      #expect(try spool.runOnce().errors.contains("\(seq - 1) were read back"))
      let line = try #require(try spool.text("outbox/duplicates/news.jsonl").split(separator: "\n").last)
      let record = try JSONValue(parsing: Array(line.utf8))
      #expect(record["seq"]?.int == seq && status(record) == "exact")
      #expect(record["duplicates"]?["matches"]?.array?.compactMap { $0["seq"]?.int }.prefix(1) == [2])
    }
    #expect(try spool.records().compactMap { $0["seq"]?.int } == [1, 3])
  }

  @Test func whatIsSetAsideStandsBesideTheOutbox() throws {
    let spool = try CommandSpool(stages: "[{dedupe: {action: set_aside}}]")
    try spool.drop("a.txt", Self.story)
    try spool.runOnce()
    try spool.drop("b.txt", Self.story)
    try spool.runOnce()
    #expect(try spool.records().map(status) == ["unique"])
    let aside = try spool.text("outbox/duplicates/news.jsonl")
    #expect(status(try JSONValue(parsing: Array(aside.utf8.dropLast()))) == "exact")
    let why = try spool.command("why", "b.txt")
    #expect(why.output.contains("outbox/duplicates/news.jsonl:1"), "\(why.output)\(why.errors)")
    #expect(try spool.command("spool", "check").code == 0)
  }

  @Test func theFormerWordIsTakenWithAWarning() throws {
    let spool = try CommandSpool(stages: "[{dedupe: {action: drop}}]")
    for name in ["a.txt", "b.txt"] { try spool.drop(name, Self.story) }
    let run = try spool.runOnce()
    #expect(run.code == 0)
    #expect(run.errors.contains("warning: ‘drop’ is called ‘set_aside’ now: write that"), "\(run.errors)")
    #expect(try spool.records().count == 1)
    #expect(try spool.text("outbox/duplicates/news.jsonl").split(separator: "\n").count == 1)
    let new = try spool.folder.write("new.yaml", "name: news\nstages: [{dedupe: {action: set_aside}}]\n")
    let check = try BuiltCommand.run("check", new)
    #expect(check.code == 0 && !check.output.contains("warning"), "\(check.output)")
  }

  @Test func pipelinesOfOneScopeKnowEachOthersArticles() throws {
    for (scope, expected) in [("wires", ["exact"]), ("pipeline", ["unique"])] {
      let spool = try CommandSpool(stages: "[{dedupe: {scope: \(scope)}}]")
      let other = try spool.folder.write(
        "other.yaml", "name: other\ninbox: {path: inbox-2}\nstages: [{dedupe: {scope: \(scope)}}]\n")
      try spool.drop("a.txt", Self.story)
      try spool.runOnce()
      try spool.folder.write("spool/inbox-2/b.txt", Self.story)
      let run = try spool.command("run", spool.pipeline, other, "--once")
      #expect(run.code == 0, "\(run.errors)")
      let line = try spool.text("outbox/other.jsonl")
      #expect(try [JSONValue(parsing: Array(line.utf8.dropLast()))].map(status) == expected)
    }
  }

  @Test func theIndexCanBeLookedInto() throws {
    let spool = try CommandSpool(stages: "[dedupe]")
    #expect(try spool.command("dedupe", "stats").code == 1)
    for name in ["a.txt", "b.txt"] {
      try spool.drop(name, Self.story)
      try spool.runOnce()
    }
    let stats = try spool.command("dedupe", "stats", "--format", "json")
    let figures = try JSONValue(parsing: Array(stats.output.utf8))
    #expect(figures["articles"]?.int == 2 && figures["copies"]?.int == 1 && figures["index"]?.string == "news")
    #expect(try spool.command("dedupe", "stats").output.hasPrefix("news: 2 articles, 1 of them copies"))
    let export = try spool.command("dedupe", "export", "--sketches", "--index", "news")
    let lines = try export.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(lines.map { $0["seq"]?.int } == [1, 2])
    #expect(lines[0]["id"] == lines[1]["cluster"] && lines[0]["hashes"] == lines[1]["hashes"])
    #expect(try spool.command("dedupe", "verify").output == "news: all is well\n")
    #expect(try spool.command("dedupe", "verify", "--index", "old").code == 1)
  }

  @Test(.timeLimit(.minutes(5))) func damageIsFoundAndLeftOut() throws {
    let spool = try CommandSpool(stages: "[dedupe]")
    for name in ["a.txt", "b.txt"] {
      try spool.drop(name, Self.story + " For \(name) only.")
      try spool.runOnce()
    }
    let file = try entries(spool)
    var bytes = try Data(contentsOf: file)
    bytes[60] ^= 1
    try bytes.write(to: file)
    let verify = try spool.command("dedupe", "verify")
    #expect(verify.code == 1 && verify.output.contains("is damaged from byte 32"), "\(verify.output)")
    let daemon = try spool.startDaemon()
    #expect(try spool.command("dedupe", "compact").code == 75)
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(try spool.command("dedupe", "verify").output.contains("set aside"))
    let compact = try spool.command("dedupe", "compact")
    #expect(compact.code == 0 && compact.output.contains("now 1 in"), "\(compact.output)\(compact.errors)")
    #expect(try spool.command("dedupe", "verify").code == 0)
  }

  @Test func aPipeKeepsAnIndexWhereItIsAsked() throws {
    let spool = try CommandSpool(stages: "[dedupe]")
    let line = Array("{\"id\":\"a\",\"text\":\"\(Self.story)\"}\n".utf8)
    for (arguments, expected) in [([], "unique"), (["--index", "known"], "unique"), (["--index", "known"], "exact")] {
      let outcome = try BuiltCommand.run(["pipe", spool.pipeline] + arguments, input: line, in: spool.folder.url)
      #expect(status(try JSONValue(parsing: Array(outcome.output.utf8))) == expected, "\(outcome.errors)")
    }
    func dedupe(_ arguments: String...) throws -> (code: Int32, text: String) {
      let outcome = try BuiltCommand.run(["dedupe"] + arguments + ["--index", "known"], in: spool.folder.url)
      return (outcome.code, outcome.output + outcome.errors)
    }
    #expect(try dedupe("stats").text.contains("known: 2 articles,"))
    #expect(try dedupe("export").text.split(separator: "\n").count == 2)
    #expect(try dedupe("compact").code == 0)
    let verify = try dedupe("verify")
    #expect(verify.code == 0 && verify.text.contains("all is well"), "\(verify.text)")
    let plain = try spool.folder.write("plain.yaml", "name: plain\nstages: [segment]\n")
    #expect(try BuiltCommand.run(["pipe", plain, "--index", "known"], input: line, in: spool.folder.url).code == 78)
  }
}
