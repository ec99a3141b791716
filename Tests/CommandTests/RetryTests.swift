import Foundation
import StageKit
import Testing

@Suite struct RetryTests {
  /// A spool with two failed files and a failed line.
  private func spoolWithFailures() throws -> CommandSpool {
    let spool = try CommandSpool()
    try spool.drop("bad.json", "{\"text\":")
    try spool.drop("worse.json", "nonsense")
    try spool.drop("feed.jsonl", "{\"text\":\"One came.\"}\nnonsense\n")
    #expect(try spool.runOnce().code == 0)
    #expect(spool.names("failed").count == 6)
    return spool
  }

  @Test func oneInputGoesBack() throws {
    let spool = try spoolWithFailures()
    let outcome = try spool.command("retry", "spool/failed/bad.json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output == "spool/failed/bad.json: put back as spool/inbox/bad.json\n")
    #expect(try spool.text("inbox/bad.json") == "{\"text\":")
    #expect(
      spool.names("failed") == [
        "feed.line-2.jsonl", "feed.line-2.jsonl.reason.json", "worse.json", "worse.json.reason.json",
      ])
  }

  @Test func allGoBackAndFailAgainWithTheirReasons() throws {
    let spool = try spoolWithFailures()
    let before = spool.names("failed")
    let outcome = try spool.command("retry", "--all")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(spool.names("inbox") == ["bad.json", "feed.line-2.jsonl", "worse.json"])
    #expect(spool.names("failed").isEmpty)
    try spool.runOnce()
    #expect(spool.names("inbox").isEmpty)
    #expect(spool.names("failed").filter { !$0.contains("line") } == before.filter { !$0.contains("line") })
    #expect(try spool.records().count == 1)
  }

  @Test func attemptsAreCountedFromTheFirst() throws {
    let spool = try spoolWithFailures()
    func reason(_ name: String) throws -> JSONValue {
      try JSONValue(parsing: Array(try spool.text("failed/\(name).reason.json").utf8))
    }
    for name in ["bad.json", "feed.line-2.jsonl"] {
      // Long ago, to tell it from now.
      var first = try spool.text("failed/\(name).reason.json")
      first = first.replacing(/"first_at": "[^"]*"/, with: "\"first_at\": \"2020-02-02T02:02:02Z\"")
      try spool.folder.write("spool/failed/\(name).reason.json", first)
    }
    for attempt in 2...4 {
      #expect(try spool.command("retry", "bad.json").code == 0)
      #expect(try spool.runOnce().code == 0)
      #expect(try reason("bad.json")["attempts"]?.int == attempt)
      #expect(try reason("bad.json")["first_at"]?.string == "2020-02-02T02:02:02Z")
      #expect(try reason("bad.json")["failed_at"]?.string != "2020-02-02T02:02:02Z")
    }
    #expect(try spool.command("retry", "feed.line-2.jsonl").code == 0)
    // Another file of the name, which never failed before, and a retried one that gets another name.
    try spool.drop("bad.json", "[")
    #expect(try spool.command("retry", "spool/failed/bad.json").code == 0)
    #expect(try spool.runOnce().code == 0)
    #expect(try reason("bad-2.json")["attempts"]?.int == 5)
    #expect(try reason("bad.json")["attempts"]?.int == 1)
    #expect(try reason("feed.line-2.line-1.jsonl")["attempts"]?.int == 2)
    #expect(try reason("feed.line-2.line-1.jsonl")["first_at"]?.string == "2020-02-02T02:02:02Z")
    #expect(spool.names("state/retried") == [])
  }

  @Test func aWaitingFileIsNeverReplaced() throws {
    let spool = try spoolWithFailures()
    try spool.drop("bad.json", "{\"text\":\"A better one came.\"}")
    let outcome = try spool.command("retry", "bad.json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("put back as spool/inbox/bad-2.json"), "\(outcome.output)")
    #expect(try spool.text("inbox/bad.json").contains("better"))
  }

  @Test(.timeLimit(.minutes(5))) func aKilledDaemonDoesNotTakeItBack() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    let put = try spool.command("put", "-", "--name", "bad.json", "--wait", input: Array("{\"text\":".utf8))
    #expect(put.code == 1)
    spool.kill(daemon)
    #expect(try spool.command("retry", "--all").code == 0)
    // The journal still knows the failure; only a run may settle the file anew.
    #expect(try spool.runOnce().code == 0)
    #expect(spool.names("failed") == ["bad.json", "bad.json.reason.json"])
    try spool.drop("good.txt")
    #expect(try spool.runOnce().code == 0)
    let records = try spool.records()
    // The numbers 1 and 2 went to the two attempts.
    #expect(records.compactMap { $0["seq"]?.int } == [3])
  }

  @Test(.timeLimit(.minutes(5))) func aRunningDaemonTakesItAtOnce() throws {
    let spool = try CommandSpool()
    let strict = try spool.command("run", spool.pipeline, "--once")
    #expect(strict.code == 0)
    try spool.folder.write("spool/failed/a.txt", CommandSpool.story)
    try spool.folder.write(
      "spool/failed/a.txt.reason.json", "{\"name\":\"a.txt\",\"pipeline\":\"news\",\"message\":\"it was Monday\"}")
    let daemon = try spool.startDaemon()
    #expect(try spool.command("retry", "a.txt").code == 0)
    while try spool.records().isEmpty { sched_yield() }
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(try spool.records().first?["source"]?["name"]?.string == "a.txt")
    #expect(spool.names("failed").isEmpty)
  }

  @Test func aPathTellsTheSpool() throws {
    let spool = try spoolWithFailures()
    let path = spool.root.path + "/failed/bad.json"
    let elsewhere = try Folder()
    let why = try BuiltCommand.run("why", path, in: elsewhere.url)
    #expect(why.code == 0, "\(why.errors)")
    #expect(why.output.contains("linecaster retry \(path)"), "\(why.output)")
    let retry = try BuiltCommand.run("retry", path, in: elsewhere.url)
    #expect(retry.code == 0, "\(retry.errors)")
    #expect(spool.names("inbox") == ["bad.json"])
  }

  @Test func aMarkerGoesWithIt() throws {
    let spool = try CommandSpool(settings: "inbox: {ready: marker}\n")
    #expect(try spool.command("put", "-", "--name", "bad.json", "--marker", input: Array("{".utf8)).code == 0)
    #expect(try spool.runOnce().code == 0)
    #expect(spool.names("failed") == ["bad.json", "bad.json.reason.json"])
    #expect(try spool.command("retry", "--all", "--pipelines", spool.pipeline).code == 0)
    #expect(spool.names("inbox") == ["bad.json", "bad.json.done"])
  }

  @Test func whatCannotGoBackIsTold() throws {
    let spool = try spoolWithFailures()
    #expect(try spool.command("retry").code == 64)
    #expect(try spool.command("retry", "--all", "bad.json").code == 64)
    let unknown = try spool.command("retry", "never.txt")
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("never.txt"))
    try spool.folder.write("spool/failed/lost.txt", "x")
    try spool.folder.write("spool/failed/lost.txt.reason.json", "{\"name\":\"lost.txt\",\"pipeline\":\"wire\"}")
    let lost = try spool.command("retry", "lost.txt")
    #expect(lost.code == 1)
    #expect(lost.errors.contains("--inbox"), "\(lost.errors)")
    #expect(spool.names("failed").contains("lost.txt"))
    try FileManager.default.removeItem(atPath: spool.root.path + "/failed/bad.json")
    #expect(try spool.command("retry", "bad.json").errors.contains("taken away"))
  }
}
