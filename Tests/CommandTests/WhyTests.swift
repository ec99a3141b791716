import ArticleIO
import Foundation
import StageKit
import Testing

@Suite struct WhyTests {
  private let story = CommandSpool.story

  @Test(arguments: [
    (".a.txt", "begin with a dot"), ("a.txt.part", "unfinished"), ("a.txt~", "unfinished"),
    ("a.jpg", "fits no pattern of ‘accept’"), ("a.txt", "nothing runs on this spool"),
  ])
  func whatStandsInTheInboxIsExplained(name: String, words: String) throws {
    let spool = try CommandSpool()
    try spool.runOnce()
    try spool.drop(name)
    for asked in [name, "spool/inbox/\(name)"] {
      let outcome = try spool.command("why", asked)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("spool/inbox/\(name): "), "\(outcome.output)")
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
  }

  @Test func thePipelinesPatternsCount() throws {
    let spool = try CommandSpool(settings: "inbox: {accept: [\"*.html\"]}\n")
    try spool.runOnce()
    try spool.drop("a.txt")
    let outcome = try spool.command("why", "a.txt", "--pipelines", spool.pipeline)
    #expect(outcome.output.contains("fits no pattern of ‘accept’ (they are: *.html)"), "\(outcome.output)")
  }

  @Test func whatIsNoFileIsNamed() throws {
    let spool = try CommandSpool()
    try spool.runOnce()
    #expect(mkfifo(spool.inbox.path + "/pipe.txt", 0o644) == 0)
    try FileManager.default.createSymbolicLink(atPath: spool.inbox.path + "/link.txt", withDestinationPath: "/etc/motd")
    try spool.drop("folder/a.txt")
    #expect(try spool.command("why", "pipe.txt").output.contains("FIFO"))
    #expect(try spool.command("why", "link.txt").output.contains("symbolic link"))
    for asked in ["folder", "folder/", "folder/a.txt", "spool/inbox/folder/a.txt"] {
      let outcome = try spool.command("why", asked)
      #expect(outcome.output.contains("folders below the inbox are not read"), "\(asked): \(outcome.output)")
      #expect(outcome.output.contains("‘subfolders: true’"), "\(asked): \(outcome.output)")
      let known = try spool.command("why", asked, "--pipelines", spool.pipeline)
      #expect(known.output.contains("set ‘subfolders: true’ under ‘inbox’ in \(spool.pipeline)"), "\(known.output)")
    }
  }

  @Test(.timeLimit(.minutes(5))) func theRunningDaemonsPipelinesCount() throws {
    let spool = try CommandSpool(settings: "inbox: {accept: [\"*.html\"], ready: rename}\n")
    _ = try spool.startDaemon()
    try spool.drop("a.txt")
    let ignored = try spool.command("why", "a.txt")
    #expect(ignored.output.contains("they are: *.html"), "\(ignored.output)")
    try spool.drop("a.html", "<p>\(story)</p>")
    let written = try spool.command("why", "a.html")
    #expect(written.output.contains("‘ready: rename’ leaves it alone"), "\(written.output)")
  }

  @Test(.timeLimit(.minutes(5))) func aWrittenFileWaitsForQuietAndForItsWriter() throws {
    let spool = try CommandSpool(settings: "inbox: {settle: 1h}\n")
    _ = try spool.startDaemon()
    try spool.drop("a.txt")
    let settling = try spool.command("why", "a.txt", "--pipelines", spool.pipeline)
    #expect(settling.output.contains("3600000 ms of quiet (‘settle’)"), "\(settling.output)")
    let file = open(spool.inbox.path + "/a.txt", O_WRONLY)
    defer { close(file) }
    #expect(try spool.command("why", "a.txt").output.contains("somebody has it open for writing"))
  }

  @Test(.timeLimit(.minutes(5)), .enabled(if: geteuid() != 0, "root reads everything"))
  func anUnreadableFileNamesOwnerModeAndFix() throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    let hidden = try spool.folder.write("staged", story)
    #expect(chmod(hidden, 0o000) == 0)
    #expect(rename(hidden, spool.inbox.path + "/a.txt") == 0)
    let outcome = try spool.command("why", "a.txt")
    #expect(outcome.output.contains("mode 0"), "\(outcome.output)")
    #expect(outcome.output.contains("chmod"), "\(outcome.output)")
  }

  @Test func aClaimOfADeadRunIsInFlight() throws {
    let spool = try CommandSpool()
    try spool.runOnce()
    try spool.folder.write("spool/claimed/news/17.a.txt", story)
    let outcome = try spool.command("why", "a.txt")
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("spool/claimed/news/17.a.txt: was in flight"), "\(outcome.output)")
    #expect(try spool.command("why", "spool/claimed/news/17.a.txt").output == outcome.output)
  }

  @Test func whatIsDoneNamesItsLine() throws {
    let spool = try CommandSpool()
    try spool.drop("a.txt", story)
    try spool.drop("b.txt", "\(story) Again.")
    try spool.runOnce()
    // Another one of the same name, with other words.
    try spool.drop("b.txt", "Snow fell on Tolmar.")
    try spool.runOnce()
    let first = try spool.command("why", "a.txt")
    #expect(first.code == 0)
    #expect(first.output.contains("done: spool/outbox/news.jsonl:1"), "\(first.output)")
    let both = try spool.command("why", "b.txt").output
    #expect(both.contains("b.txt: done: spool/outbox/news.jsonl:2"), "\(both)")
    #expect(both.contains("done: spool/outbox/news.jsonl:3"), "\(both)")
    try FileManager.default.removeItem(at: spool.root.appendingPathComponent("done"))
    #expect(try spool.command("why", "a.txt").output.contains("a.txt: done: spool/outbox/news.jsonl:1"))
    try FileManager.default.removeItem(at: spool.live)
    #expect(try spool.command("why", "a.txt").code == 1)
  }

  @Test func whatFailedSaysWhyAndHowToRetry() throws {
    let spool = try CommandSpool()
    try spool.drop("bad.json", "{\"text\":")
    try spool.drop("feed.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\nnonsense\n")
    try spool.runOnce()
    let outcome = try spool.command("why", "bad.json")
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("spool/failed/bad.json: failed"), "\(outcome.output)")
    #expect(outcome.output.contains("linecaster retry spool/failed/bad.json"), "\(outcome.output)")
    let feed = try spool.command("why", "feed.jsonl").output
    #expect(feed.contains("line 3 of feed.jsonl failed"), "\(feed)")
    #expect(feed.contains("done, 2 records: spool/outbox/news.jsonl:1-2"), "\(feed)")
    #expect(try spool.command("why", "spool/failed/feed.line-3.jsonl").output.split(separator: "\n").count == 1)
  }

  @Test func theAnswerIsThereAsJSON() throws {
    let spool = try CommandSpool()
    try spool.drop("a.txt")
    try spool.drop("bad.json", "{\"text\":")
    try spool.runOnce()
    let done = try JSONValue(parsing: Array(try spool.command("why", "a.txt", "--format", "json").output.utf8))
    let finding = try #require(done["findings"]?.array?.first)
    #expect(finding["state"]?.string == "done")
    #expect(finding["records"]?.array?.first?["line"]?.int == 1)
    #expect(finding["records"]?.array?.first?["outbox"]?.string == spool.live.path)
    let failed = try JSONValue(parsing: Array(try spool.command("why", "bad.json", "--format", "json").output.utf8))
    #expect(failed["findings"]?.array?.first?["state"]?.string == "failed")
    #expect(failed["findings"]?.array?.first?["reason"]?["name"]?.string == "bad.json")
  }

  @Test func anUnknownNameIsExitCode1() throws {
    let spool = try CommandSpool()
    try spool.runOnce()
    let outcome = try spool.command("why", "never.txt")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("nothing is known of never.txt"))
    #expect(try BuiltCommand.run("why", "a.txt", "--root", "/nonexistent/spool").errors.contains("no spool"))
  }
}
