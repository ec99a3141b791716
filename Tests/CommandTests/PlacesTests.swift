import Foundation
import StageKit
import Testing

/// Places of pipelines held against each other, and what a spool keeps of places that it has left.
@Suite struct PlacesTests {
  private func check(_ files: [String: String], _ flags: String...) throws -> BuiltCommand.Outcome {
    let folder = try Folder()
    for (name, yaml) in files { try folder.write(name, yaml) }
    return try BuiltCommand.run(["check"] + files.keys.sorted() + flags, in: folder.url)
  }

  @Test(arguments: ["failed", "done/news/2026-01-01", "claimed/news", "state", "outbox/../failed", "."])
  func anInboxInTheSpoolsOwnFoldersIsShown(inbox: String) throws {
    let outcome = try check(["news.yaml": "name: news\ninbox: {path: \(inbox)}\nstages: [segment]\n"])
    #expect(outcome.code == 78)
    #expect(outcome.output.hasPrefix("news.yaml:2:15: error: the inbox ‘\(inbox)’ "), "\(outcome.output)")
    #expect(outcome.output.contains("where linecaster keeps its own files"), "\(outcome.output)")
    #expect(outcome.output.contains("  2 | inbox: {path: \(inbox)}\n"), "\(outcome.output)")
    #expect(outcome.output.contains("              ^" + String(repeating: "~", count: inbox.count - 1)))
    #expect(!outcome.output.contains("ok"))
  }

  @Test func runRefusesWhatCheckRefuses() throws {
    let spool = try CommandSpool(settings: "inbox: {path: failed}\n")
    let outcome = try spool.runOnce()
    #expect(outcome.code == 78)
    #expect(outcome.errors.contains("news.yaml:2:15: error: the inbox ‘failed’ lies in "), "\(outcome.errors)")
    #expect(spool.names("") == ["inbox"])
  }

  @Test func linksAreSeenThrough() throws {
    let spool = try CommandSpool(settings: "inbox: {path: link}\noutbox: {path: outbox}\n")
    try FileManager.default.createDirectory(atPath: spool.root.path + "/outbox", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: spool.root.path + "/link", withDestinationPath: "outbox")
    let checked = try spool.command("check", spool.pipeline)
    #expect(checked.code == 78)
    #expect(
      checked.output.contains("news.yaml:2:15: error: the inbox ‘link’ is the outbox of ‘news’"), "\(checked.output)")
    #expect(try spool.runOnce().code == 78)
    let absolute = try CommandSpool(settings: "")
    let own = try absolute.folder.write(
      "own.yaml", "name: own\ninbox: {path: \(absolute.root.path)/outbox}\nstages: [segment]\n")
    #expect(try absolute.command("check", own).output.contains("own.yaml:2:15: error: the inbox"))
  }

  @Test func filesOfTwoPipelinesAreNamedWithFileAndLine() throws {
    let drop = "name: news\nstages: [segment, dedupe: {action: set_aside}]\n"
    let name = "news-20260101T000000Z-000007"
    let other =
      "# Another one.\nname: \(name)\ninbox: {path: b}\noutbox: {path: outbox/duplicates}\nstages: [segment]\n"
    let outcome = try check(["a.yaml": drop, "b.yaml": other])
    #expect(outcome.code == 78)
    #expect(outcome.output.contains("b.yaml:2:7: error: ‘\(name)’ would use "), "\(outcome.output)")
    #expect(outcome.output.contains("‘news’, for the copies that it sets aside, does: rename one (a.yaml:1)"))
    #expect(outcome.output.contains("a.yaml: ok"))
    let folder = try Folder()
    let files = [try folder.write("a.yaml", drop), try folder.write("b.yaml", other)]
    let run = try BuiltCommand.run(["run", "--once", "--root", folder.url.path + "/spool"] + files)
    #expect(run.code == 78)
    #expect(run.errors.contains("b.yaml:2:7: error: ‘\(name)’ would use "), "\(run.errors)")
  }

  @Test func allIsToldAtOnceByFile() throws {
    let outcome = try check([
      "a.yaml": "name: a\ninbox: {path: done}\nstages: [sgment]\n",
      "b.yaml": "name: b\ninbox: {path: failed}\noutbox: {path: state/x}\nstages: [segment]\n",
    ])
    let places = outcome.output.split(separator: "\n").filter { $0.contains(": error: ") }.map { $0.prefix(11) }
    #expect(places == ["a.yaml:3:10", "b.yaml:2:15", "b.yaml:3:16"], "\(outcome.output)")
  }

  // MARK: - What was left behind

  /// A spool whose inbox moved after a run, with a failure, a file that waits and one in flight.
  private func movedSpool(to inbox: String) throws -> CommandSpool {
    let spool = try CommandSpool()
    try spool.drop("bad.json", "{\"text\":")
    try spool.drop("a.txt")
    #expect(try spool.runOnce().code == 0)
    try spool.drop("waits.txt", "Snow fell on Tolmar.")
    try spool.folder.write("spool/claimed/news/9.flight.txt", "Wind rose over Tolmar.")
    try spool.folder.write("news.yaml", "name: news\ninbox: {path: \(inbox)}\nstages: [segment]\n")
    return spool
  }

  @Test func aMovedInboxIsToldAndAdopted() throws {
    let spool = try movedSpool(to: "wires")
    let checked = try spool.command("check", spool.pipeline)
    #expect(checked.code == 0)
    #expect(checked.errors.contains("1 file in \(spool.inbox.path), an inbox that nothing reads"), "\(checked.errors)")
    #expect(checked.errors.contains("linecaster spool adopt --root \(spool.root.path)"), "\(checked.errors)")
    let run = try spool.runOnce()
    #expect(run.errors.contains("warning: the pipeline ‘news’ left 1 file in \(spool.inbox.path)"), "\(run.errors)")
    #expect(run.errors.contains("linecaster spool adopt --root \(spool.root.path)"), "\(run.errors)")
    let why = try spool.command("why", "waits.txt")
    #expect(why.output.contains("spool/inbox/waits.txt: waits in a former inbox of ‘news’"), "\(why.output)")
    #expect(why.output.contains("linecaster spool adopt"), "\(why.output)")
    let before = try spool.command("spool", "check")
    #expect(before.code == 1)
    #expect(
      before.output.contains("spool/inbox: holds 1 file of ‘news’ in an inbox that nothing reads"), "\(before.output)")
    // The failed input goes where the pipeline looks now.
    let retry = try spool.command("retry", "bad.json")
    #expect(retry.output.contains("put back as spool/wires/bad.json"), "\(retry.output)\(retry.errors)")
    let put = try spool.command("put", "-", "--name", "new.txt", input: Array("Hail.".utf8))
    #expect(put.output.contains("spool/wires/new.txt"), "\(put.output)\(put.errors)")
    let adopted = try spool.command("spool", "adopt")
    #expect(adopted.code == 0)
    #expect(
      adopted.output == "put 1 file from \(spool.inbox.path) into \(spool.root.path)/wires\n", "\(adopted.output)")
    #expect(try spool.command("spool", "adopt").output == "there was nothing to adopt\n")
    #expect(try spool.runOnce().code == 0)
    #expect(try spool.command("spool", "check").code == 0)
    let names = try spool.records().compactMap { $0["source"]?["name"]?.string }.sorted()
    #expect(names == ["a.txt", "flight.txt", "new.txt", "waits.txt"])
  }

  @Test(.enabled(if: HeldFilesTests.canMount)) func anInboxOnAnotherDiskIsAdopted() throws {
    let disk = try Folder()
    #expect(BuiltCommand.works("mount -t tmpfs none \(disk.url.path)"))
    defer { _ = BuiltCommand.works("umount \(disk.url.path)") }
    let spool = try movedSpool(to: disk.url.path)
    #expect(try spool.runOnce().code == 0)
    let check = try spool.command("spool", "check", "--format", "json")
    let report = try JSONValue(parsing: Array(check.output.utf8))
    #expect(report["records"]?.int == 1)
    let kinds = Set((report["problems"]?.array ?? []).compactMap { $0["kind"]?.string })
    #expect(kinds == ["claims_of_nobody", "inbox_of_nobody", "failures_of_nobody"], "\(check.output)")
    let why = try spool.command("why", "flight.txt")
    #expect(why.output.contains("nothing takes it up any more; linecaster spool adopt"), "\(why.output)")
    #expect(try spool.command("retry", "bad.json").output.contains("put back as \(disk.url.path)/bad.json"))
    #expect(try spool.command("put", "-", "--name", "new.txt", input: Array("Hail.".utf8)).code == 0)
    let repair = try spool.command("spool", "repair")
    #expect(repair.code == 0, "\(repair.output)\(repair.errors)")
    #expect(try spool.runOnce().code == 0)
    #expect(try spool.command("spool", "check").output.hasSuffix("all is well\n"))
    #expect(try spool.records().count == 4)
    #expect(spool.names("claimed/news").isEmpty && spool.names("inbox").isEmpty)
  }

  @Test func anInboxThatALinkLedToIsAFormerOne() throws {
    let spool = try CommandSpool(settings: "inbox: {path: link}\n")
    let link = spool.root.path + "/link"
    for folder in ["first", "second"] {
      try FileManager.default.createDirectory(
        atPath: spool.root.path + "/" + folder, withIntermediateDirectories: true)
    }
    #expect(symlink("first", link) == 0)
    #expect(try spool.runOnce().code == 0)
    try spool.folder.write("spool/first/waits.txt", CommandSpool.story)
    #expect(unlink(link) == 0 && symlink("second", link) == 0)
    let run = try spool.runOnce()
    #expect(
      run.errors.contains("‘news’ left 1 file in \(spool.root.path)/first, an inbox that nothing"), "\(run.errors)")
    #expect(try spool.command("why", "spool/first/waits.txt").output.contains("waits in a former inbox of ‘news’"))
    #expect(try spool.command("spool", "adopt").code == 0)
    #expect(spool.names("second") == ["waits.txt"])
    #expect(try spool.runOnce().errors.contains("left") == false)
    #expect(try spool.records().count == 1)
  }

  @Test func aRenamedPipelineIsToldAndAdopted() throws {
    let spool = try movedSpool(to: "inbox")
    let renamed = try spool.folder.write("news.yaml", "name: headlines\nstages: [segment]\n")
    let run = try spool.command("run", renamed, "--once")
    #expect(run.errors.contains("‘news’ left 1 article in flight in \(spool.root.path)/claimed/news"), "\(run.errors)")
    let why = try spool.command("why", "spool/claimed/news/9.flight.txt")
    #expect(why.output.contains("its pipeline ‘news’ ran last"), "\(why.output)")
    #expect(why.output.contains("puts it into ‘headlines’"), "\(why.output)")
    #expect(try spool.command("spool", "check").output.contains("claimed/news: holds 1 article of ‘news’ in flight"))
    let adopted = try spool.command("spool", "adopt")
    #expect(adopted.output.hasPrefix("put 1 article in flight of ‘news’ into "), "\(adopted.output)")
    #expect(try spool.command("retry", "bad.json").output.contains("put back as spool/inbox/bad.json"))
    #expect(try spool.command("run", renamed, "--once").code == 0)
    #expect(try spool.command("spool", "check").code == 0)
    let names = try spool.text("outbox/headlines.jsonl").split(separator: "\n").map {
      try JSONValue(parsing: Array($0.utf8))["source"]?["name"]?.string
    }
    #expect(Set(names) == ["waits.txt", "flight.txt"])
  }

  @Test(.timeLimit(.minutes(5))) func adoptLeavesARunningDaemonAlone() throws {
    let spool = try movedSpool(to: "wires")
    let daemon = try spool.startDaemon()
    #expect(try spool.command("spool", "adopt").code == 75)
    let why = try spool.command("why", "waits.txt")
    #expect(
      why.output.contains("stop process \(daemon.processIdentifier), then: linecaster spool adopt"), "\(why.output)")
    #expect(try spool.command("spool", "adopt", "--from", "news").code == 64)
  }
}
