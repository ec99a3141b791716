import Foundation
import StageKit
import Testing

@Suite struct FailedTests {
  /// A spool with a failed file of two classes, and a failed line.
  private func spoolWithFailures() throws -> CommandSpool {
    let spool = try CommandSpool()
    try spool.drop("bad.json", "{\"text\":")
    try spool.drop("odd.pdf.txt", "a\0b")
    try spool.drop("feed.jsonl", "{\"text\":\"One came.\"}\nnonsense\u{1B}[31m\n")
    #expect(try spool.runOnce().code == 0)
    return spool
  }

  @Test func theListTellsEachAndCountsClasses() throws {
    let spool = try spoolWithFailures()
    let outcome = try spool.command("failed", "list")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.contains { $0.hasPrefix("spool/failed/bad.json: failed") && $0.hasSuffix("(not_json)") })
    #expect(lines.last == "3 failed: 2 not_json, 1 binary")
  }

  @Test func aFilterKeepsWhatItNames() throws {
    let spool = try spoolWithFailures()
    #expect(try spool.command("failed", "list", "--class", "binary").output.hasSuffix("\n1 failed: 1 binary\n"))
    #expect(try spool.command("failed", "list", "--pipeline", "news").output.hasSuffix("2 not_json, 1 binary\n"))
    #expect(try spool.command("failed", "list", "--since", "1d").output.contains("3 failed"))
    for nothing in [["--pipeline", "sport"], ["--stage", "clean"], ["--since", "2099-01-01"]] {
      let outcome = try BuiltCommand.run(["failed", "list"] + nothing + ["--root", spool.root.path])
      #expect(outcome.output == "nothing has failed\n" && outcome.code == 1)
    }
  }

  @Test func aWrongFilterIsRefused() throws {
    let spool = try CommandSpool()
    let outcome = try spool.command("failed", "list", "--class", "not_jsn")
    #expect(
      outcome.code == 64 && outcome.errors.contains("there is no class of failures ‘not_jsn’; did you mean ‘not_json’?")
    )
    #expect(try spool.command("failed", "list", "--since", "yesterday").code == 64)
    #expect(try spool.command("failed", "delete").code == 64)
    #expect(try spool.command("retry", "--all", "--class", "binary").code == 64)
  }

  @Test func asJSONEachIsAnObject() throws {
    let spool = try spoolWithFailures()
    let outcome = try spool.command("failed", "list", "--json", "--class", "binary")
    let object = try JSONValue(parsing: Array(outcome.output.utf8.dropLast()))
    #expect(object["name"]?.string == "odd.pdf.txt" && object["bytes"]?.int == 3)
    #expect(object["reason"]?["class"]?.string == "binary")
  }

  @Test func showTellsTheReasonAndTheStart() throws {
    let spool = try spoolWithFailures()
    let outcome = try spool.command("failed", "show", "feed.line-2.jsonl")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("  class: not_json\n"))
    #expect(outcome.output.contains("\nnonsense\u{FFFD}[31m\n"))
    let short = try spool.command("failed", "show", "bad.json", "--bytes", "2")
    #expect(short.output.hasSuffix("\n{\"\n… 6 more bytes\n"))
    let unknown = try spool.command("failed", "show", "good.json")
    #expect(unknown.code == 1 && unknown.errors.contains("failed list"))
  }

  @Test func retryByClassPutsBackOnlyThose() throws {
    let spool = try spoolWithFailures()
    #expect(try spool.command("failed", "retry", "--class", "binary").code == 0)
    #expect(spool.names("inbox") == ["odd.pdf.txt"])
    #expect(spool.names("failed").count == 4)
  }

  @Test func deleteTakesInputAndReason() throws {
    let spool = try spoolWithFailures()
    let outcome = try spool.command("failed", "delete", "--class", "not_json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(spool.names("failed") == ["odd.pdf.txt", "odd.pdf.txt.reason.json"])
    #expect(try spool.command("failed", "delete", "spool/failed/odd.pdf.txt").code == 0)
    #expect(spool.names("failed").isEmpty)
    #expect(try spool.command("failed", "delete", "odd.pdf.txt").code == 1)
    #expect(try spool.command("spool", "check").code == 0)
  }

  @Test func ofManyOnlyTheNewestAreListed() throws {
    let spool = try spoolWithFailures()
    let outcome = try spool.command("failed", "list", "--limit", "1")
    #expect(outcome.output.contains("and 2 older ones; --limit 0 lists all\n3 failed"))
  }
}
