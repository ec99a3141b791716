import Foundation
import StageKit
import Testing

/// A spool that a former version left when it was killed: `Fixtures/carried.tgz`. Eight texts, of which `a3` is a copy of
/// `a1`: those up to `a4` are in the journal, `a4` is not moved yet, `a5` to `a7` are claimed. A feed of six articles and
/// a bad line waits, whose fifth is a copy of `a2`. Unpacked, every file has another inode.
@Suite struct CarriedSpoolTests {
  private static let archive = BuiltCommand.checkout.appendingPathComponent("Tests/CommandTests/Fixtures/carried.tgz")
    .path

  /// A window that holds the day on which the spool was made, whenever the test runs.
  private func spool() throws -> CommandSpool {
    let spool = try CommandSpool(
      settings: "outbox: {min_free: 0B}\n", stages: "[segment, dedupe: {action: set_aside, window: 3650d}]")
    try FileManager.default.removeItem(at: spool.root)
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "xzf", Self.archive, "-C", spool.folder.url.path]
    try tar.run()
    tar.waitUntilExit()
    #expect(tar.terminationStatus == 0)
    try FileManager.default.moveItem(at: spool.folder.url.appendingPathComponent("carried"), to: spool.root)
    return spool
  }

  /// `a3.txt exact 2`, `feed.jsonl:5 exact 3`: of all files of an outlet, in the order of their numbers.
  private func lines(_ spool: CommandSpool, _ folder: String) throws -> [String] {
    let files = spool.names(folder).filter { $0.hasSuffix(".jsonl") && !$0.contains("/") }
    let records = try files.flatMap { name in
      try spool.text("\(folder)/\(name)").split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }
    #expect(records.compactMap { $0["seq"]?.int }.count == records.count)
    return records.sorted { ($0["seq"]?.int ?? 0) < ($1["seq"]?.int ?? 0) }.map { record in
      let line = record["source"]?["line"]?.int.map { ":\($0)" } ?? ""
      let match = record["duplicates"]?["matches"]?.array?.first?["seq"]?.int.map { " \($0)" } ?? ""
      return
        "\(record["source"]?["name"]?.string ?? "")\(line) \(record["duplicates"]?["status"]?.string ?? "")\(match)"
    }
  }

  @Test func nothingIsLostAndNothingComesTwice() throws {
    let spool = try spool()
    let before = try spool.command("spool", "check")
    #expect(before.output.contains("a4.txt: is settled, but not moved yet"), "\(before.output)")
    #expect(try spool.command("why", "a3.txt").output.contains("news.duplicates.jsonl:1"))
    let run = try spool.runOnce()
    #expect(run.code == 0, "\(run.errors)")
    #expect(
      try lines(spool, "outbox")
        == [0, 1, 2, 4, 5, 6, 7].map { "a\($0).txt unique" } + [1, 2, 3, 4, 6].map { "feed.jsonl:\($0) unique" })
    #expect(try lines(spool, "outbox/duplicates") == ["a3.txt exact 2", "feed.jsonl:5 exact 3"])
    #expect(!spool.names("outbox").contains { $0.hasPrefix("news.duplicates") })
    #expect(spool.names("failed") == ["feed.line-7.jsonl", "feed.line-7.jsonl.reason.json"])
    let done = spool.names("done/news").flatMap { spool.names("done/news/\($0)") }
    #expect(done.sorted() == (0..<8).map { "a\($0).txt" } + ["feed.jsonl"])
    #expect(spool.names("claimed") == ["news"] && spool.names("claimed/news") == [] && spool.names("inbox") == [])
    #expect(try spool.command("dedupe", "verify").code == 0)
    let after = try spool.command("spool", "check")
    #expect(after.code == 0 && after.output.contains("14 records, 0 in flight, 1 failed"), "\(after.output)")
    let why = try spool.command("why", "a3.txt").output
    #expect(why.contains("outbox/duplicates/news"), "\(why)")
    #expect(try spool.runOnce().code == 0)
    #expect(try lines(spool, "outbox").count == 12)
  }

  /// Its journal says nothing to a version that knows the former format alone, which would begin anew.
  @Test func formerVersionsAreStopped() throws {
    let spool = try spool()
    try spool.runOnce()
    let barrier = spool.root.appendingPathComponent("state/journal-18446744073709551615")
    #expect(throws: (any Error).self) { try Data(contentsOf: barrier) }
  }

  @Test func aJournalOfANewerVersionIsRefused() throws {
    let spool = try CommandSpool()
    try spool.folder.write("spool/state/journal-0000000007", "LCJRNL4\nsomething")
    for arguments in [["run", spool.pipeline, "--once"], ["why", "a.txt"], ["spool", "check"], ["spool", "repair"]] {
      let outcome = try BuiltCommand.run(arguments + ["--root", spool.root.path], in: spool.folder.url)
      #expect(outcome.code == 78, "\(arguments)")
      #expect(
        outcome.errors.contains("has the format 4, and this linecaster knows formats up to 3"), "\(outcome.errors)")
    }
    #expect(try spool.text("state/journal-0000000007").hasPrefix("LCJRNL4"))
  }
}
