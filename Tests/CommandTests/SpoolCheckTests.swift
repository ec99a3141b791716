import ArticleIO
import Foundation
import StageKit
import Testing

@Suite struct SpoolCheckTests {
  /// A spool that two articles and one failure went through.
  private func usedSpool() throws -> CommandSpool {
    let spool = try CommandSpool()
    try spool.drop("a.txt")
    try spool.drop("b.txt", "Snow fell on Tolmar.")
    try spool.drop("bad.json", "{\"text\":")
    #expect(try spool.runOnce().code == 0)
    return spool
  }

  /// Kinds of problems, in the order they are told.
  private func kinds(_ spool: CommandSpool) throws -> [String] {
    let outcome = try spool.command("spool", "check", "--format", "json")
    let report = try JSONValue(parsing: Array(outcome.output.utf8))
    let problems = report["problems"]?.array ?? []
    #expect((outcome.code == 0) == problems.isEmpty, "\(outcome.errors)")
    return problems.compactMap { $0["kind"]?.string }
  }

  private func journal(_ spool: CommandSpool) throws -> URL {
    let name = try #require(spool.names("state").first { $0.hasPrefix("journal-") })
    return spool.root.appendingPathComponent("state/\(name)")
  }

  private func append(_ text: String, to file: URL) throws {
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  @Test func aGoodSpoolIsWell() throws {
    let spool = try usedSpool()
    let outcome = try spool.command("spool", "check")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2 records, 0 in flight, 1 failed"), "\(outcome.output)")
    #expect(outcome.output.hasSuffix("all is well\n"))
    #expect(try spool.command("spool", "repair").output == "there was nothing to mend\n")
    #expect(try CommandSpool().command("spool", "check").code == 0)
  }

  @Test(.timeLimit(.minutes(5))) func aRunningDaemonIsNamedAndLeftAlone() throws {
    let spool = try usedSpool()
    let daemon = try spool.startDaemon()
    let check = try spool.command("spool", "check")
    #expect(check.code == 0)
    #expect(check.output.contains("process \(daemon.processIdentifier) runs"), "\(check.output)")
    let repair = try spool.command("spool", "repair")
    #expect(repair.code == 75)
    #expect(repair.errors.contains("in use"), "\(repair.errors)")
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    #expect(try spool.command("spool", "check").output.contains("nothing runs"))
  }

  @Test(.timeLimit(.minutes(5))) func whatAKillLeavesIsMended() throws {
    let spool = try usedSpool()
    let daemon = try spool.startDaemon()
    let put = try spool.command("put", "-", "--name", "c.txt", "--wait", input: Array("Wind rose.".utf8))
    #expect(put.code == 0)
    spool.kill(daemon)
    // As if the kill had come between the commit and what follows it.
    let line = try #require(try spool.text("outbox/news.jsonl").split(separator: "\n").last)
    let size = try spool.text("outbox/news.jsonl").utf8.count
    #expect(truncate(spool.live.path, off_t(size - line.utf8.count / 2)) == 0)
    let done = try #require(
      FileManager.default.enumerator(atPath: spool.root.path + "/done")?.compactMap { $0 as? String }
        .first { $0.hasSuffix("c.txt") })
    #expect(rename(spool.root.path + "/done/\(done)", spool.root.path + "/claimed/news/4.c.txt") == 0)
    try append("torn", to: journal(spool))
    #expect(try Set(kinds(spool)) == ["journal_torn", "lines_missing", "input_not_moved", "half_line"])
    let repair = try spool.command("spool", "repair")
    #expect(repair.code == 0, "\(repair.output)\(repair.errors)")
    #expect(repair.output.contains("mended: spool/outbox/news.jsonl: lacks"), "\(repair.output)")
    #expect(repair.output.contains("mended: spool/claimed/news/4.c.txt: is settled"), "\(repair.output)")
    #expect(try kinds(spool).isEmpty)
    #expect(try spool.records().count == 3)
    #expect(spool.names("claimed/news").isEmpty)
  }

  @Test func aDamagedJournalIsSteppedOverAndItsNumbersStayTaken() throws {
    let spool = try usedSpool()
    let file = try journal(spool)
    var bytes = try Data(contentsOf: file)
    for at in 30..<bytes.count { bytes[at] ^= 0x5A }
    try bytes.write(to: file)
    #expect(try kinds(spool) == ["journal_damaged"])
    #expect(try spool.command("spool", "check").output.contains("is damaged at its beginning"))
    let repair = try spool.command("spool", "repair")
    #expect(repair.code == 0, "\(repair.output)\(repair.errors)")
    #expect(repair.output.contains("its name becomes"), "\(repair.output)")
    #expect(try kinds(spool).isEmpty)
    #expect(try spool.runOnce().code == 0)
    try spool.drop("c.txt", "Wind rose.")
    #expect(try spool.runOnce().code == 0)
    let numbers = try spool.records().compactMap { $0["seq"]?.int }
    #expect(numbers.count == 3)
    #expect(Set(numbers).count == 3)
  }

  @Test func failedInputsAndReasonsBelongTogether() throws {
    let spool = try usedSpool()
    try FileManager.default.removeItem(atPath: spool.root.path + "/failed/bad.json.reason.json")
    try spool.folder.write("spool/failed/torn.txt", "x")
    try spool.folder.write("spool/failed/torn.txt.reason.json", "{\"name\":")
    try spool.folder.write("spool/failed/away.txt.reason.json", "{\"name\":\"away.txt\"}")
    #expect(try Set(kinds(spool)) == ["reason_missing", "reason_damaged", "failed_input_missing"])
    #expect(try spool.command("why", "bad.json").output.contains("linecaster spool repair --root "))
    let repair = try spool.command("spool", "repair")
    #expect(repair.code == 0, "\(repair.output)\(repair.errors)")
    #expect(repair.output.split(separator: "\n").filter { $0.hasPrefix("mended: ") }.count == 3)
    #expect(try kinds(spool).isEmpty)
    #expect(
      spool.names("failed") == ["bad.json", "bad.json.reason.json", "torn.txt", "torn.txt.reason.json"])
    let reason = try JSONValue(parsing: Array(try spool.text("failed/bad.json.reason.json").utf8))
    #expect(reason["pipeline"]?.string == "news")
    #expect(try spool.command("retry", "--all").code == 0)
    #expect(spool.names("inbox") == ["bad.json", "torn.txt"])
  }

  @Test func whatIsNoClaimGoesBackToTheInbox() throws {
    let spool = try usedSpool()
    try spool.folder.write("spool/claimed/news/stray.txt", "Wind rose.")
    try spool.folder.write("spool/claimed/wire/9.w.txt", "Wind fell.")
    #expect(try Set(kinds(spool)) == ["not_a_claim", "claims_of_nobody"])
    let repair = try spool.command("spool", "repair")
    #expect(repair.code == 1)
    #expect(repair.output.contains("left: spool/claimed/wire: holds 1 article of ‘wire’ in flight"), "\(repair.output)")
    #expect(spool.names("inbox") == ["stray.txt"])
  }

  @Test func linesOfTheOutboxAreCounted() throws {
    let spool = try usedSpool()
    let first = try #require(try spool.text("outbox/news.jsonl").split(separator: "\n").first)
    try append("\(first)\nno record\n", to: spool.live)
    try spool.folder.write("spool/outbox/news-20260101T000000Z-000001.jsonl", "{\"schema\":")
    let found = try Set(kinds(spool))
    #expect(found == ["lines_unknown", "sequence_twice", "not_a_record", "sealed_half_line"])
    let text = try spool.text("outbox/news.jsonl")
    let repair = try spool.command("spool", "repair")
    #expect(repair.code == 1)
    #expect(try Set(kinds(spool)) == ["sequence_twice", "not_a_record", "sealed_half_line"])
    // The file with another program's lines is left as it is, under a name of its own.
    let sealed = try #require(spool.names("outbox").first { $0.hasSuffix("-000002.jsonl") })
    #expect(try spool.text("outbox/\(sealed)") == text)
  }
}
