import Foundation
import StageKit
import Testing

@Suite struct PauseTests {
  @Test(.timeLimit(.minutes(5))) func aPausedPipelineTakesNothingAlsoAfterARestart() throws {
    let spool = try CommandSpool()
    var daemon = try spool.startDaemon()
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    #expect(try spool.command("pause", "news").output == "news: paused\n")
    #expect(try spool.command("pause", "news").output == "news: paused already\n")
    daemon.terminate()
    daemon.waitUntilExit()
    try spool.drop("b.txt", CommandSpool.story + " Again.")
    daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    // The log says of the first one that it runs.
    while try spool.command("health").code != 0 { sched_yield() }
    let status = try JSONValue(parsing: Array(try spool.command("status", "--json").output.utf8))
    let pipeline = try #require(status["pipelines"]?.array?.first)
    #expect(pipeline["paused_by_operator"] == .bool(true) && status["healthy"] == .bool(true))
    #expect(try spool.command("status").output.contains("paused     by an operator"))
    #expect(spool.names("inbox").contains("b.txt") && spool.names("outbox") == ["news.jsonl"])
    #expect(try spool.records().count == 1)
    #expect(try spool.command("resume", "news").output == "news: resumed\n")
    try spool.waitForRecords(2)
  }

  @Test(.timeLimit(.minutes(5))) func anUnknownPipelineIsRefused() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    let outcome = try spool.command("pause", "sport")
    #expect(outcome.code == 1 && outcome.errors.contains("those are news"), "\(outcome.errors)")
  }

  @Test(.timeLimit(.minutes(5))) func withOnceEverythingIsTaken() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    #expect(try spool.command("pause", "news").code == 0)
    daemon.terminate()
    daemon.waitUntilExit()
    try spool.drop("a.txt")
    #expect(try spool.runOnce().code == 0)
    #expect(try spool.records().count == 1)
  }
}
