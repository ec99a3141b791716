import ArticleIO
import Foundation
import Testing

@Suite struct PutTests {
  private let story = CommandSpool.story

  @Test func aFileIsPutWithoutADaemon() throws {
    let spool = try CommandSpool()
    let file = try spool.folder.write("a.txt", story)
    let outcome = try spool.command("put", file)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output == "\(file): put as spool/inbox/a.txt\n")
    #expect(spool.names("inbox") == ["a.txt"])
    #expect(try spool.text("inbox/a.txt") == story)
    #expect(FileManager.default.fileExists(atPath: file))
  }

  @Test func aWaitingFileIsNeverReplaced() throws {
    let spool = try CommandSpool()
    try spool.drop("a.txt", "The first.")
    let outcome = try spool.command("put", "-", "--name", "a.txt", input: Array("The second.".utf8))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("spool/inbox/a-2.txt"), "\(outcome.output)")
    #expect(outcome.output.contains("a.txt waits there already"))
    #expect(try spool.text("inbox/a.txt") == "The first.")
    #expect(try spool.text("inbox/a-2.txt") == "The second.")
  }

  @Test(.timeLimit(.minutes(5))) func waitingGivesTheOutboxLine() throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    let files = try (1...3).map { try spool.folder.write("\($0).txt", "\(story) Number \($0).") }
    let outcome = try spool.command("put", files[0], files[1], files[2], "--wait")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let records = try spool.records()
    let places = outcome.output.split(separator: "\n")
    #expect(places.count == 3)
    for (file, place) in zip(files, places) {
      let start = "\(file): spool/outbox/news.jsonl:"
      #expect(place.hasPrefix(start), "\(place)")
      let line = try #require(Int(place.dropFirst(start.count)))
      #expect(records[line - 1]["source"]?["name"]?.string == URL(fileURLWithPath: file).lastPathComponent)
    }
    // Names come again; the newest record is meant.
    let again = try spool.command("put", files[0], "--wait")
    #expect(again.output == "\(files[0]): spool/outbox/news.jsonl:4\n")
  }

  @Test(.timeLimit(.minutes(5))) func theDaemonMayComeLater() throws {
    let spool = try CommandSpool()
    let file = try spool.folder.write("a.txt", story)
    let put = BuiltCommand.process(["put", file, "--wait", "--root", spool.root.path], in: spool.folder.url)
    let (output, errors) = (Pipe(), Pipe())
    put.standardOutput = output
    put.standardError = errors
    try put.run()
    #expect(String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self).contains("nothing runs"))
    while spool.names("inbox") != ["a.txt"] { sched_yield() }
    #expect(try spool.runOnce().code == 0)
    put.waitUntilExit()
    #expect(put.terminationStatus == 0)
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said == "\(file): spool/outbox/news.jsonl:1\n")
  }

  @Test(.timeLimit(.minutes(5))) func aFailureIsToldWithItsReason() throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    let outcome = try spool.command("put", "-", "--name", "bad.json", "--wait", input: Array("{\"text\":".utf8))
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("standard input: failed"), "\(outcome.errors)")
    #expect(outcome.errors.contains("spool/failed/bad.json"), "\(outcome.errors)")
  }

  @Test(.timeLimit(.minutes(5))) func eachLineOfAFileHasItsPlace() throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    let lines = "{\"text\":\"One came.\"}\nnonsense\n{\"text\":\"Three came.\"}\n"
    let file = try spool.folder.write("feed.jsonl", lines)
    let outcome = try spool.command("put", file, "--wait")
    #expect(outcome.code == 1)
    #expect(
      outcome.output == "\(file):1: spool/outbox/news.jsonl:1\n\(file):3: spool/outbox/news.jsonl:2\n")
    #expect(outcome.errors.contains("\(file):2: failed"), "\(outcome.errors)")
  }

  @Test(.timeLimit(.minutes(5))) func theSealedFileIsNamed() throws {
    let spool = try CommandSpool(settings: "outbox: {roll: {size: 1B}}\n")
    _ = try spool.startDaemon()
    let file = try spool.folder.write("a.txt", story)
    let outcome = try spool.command("put", file, "--wait")
    #expect(outcome.code == 0, "\(outcome.errors)")
    // It may be sealed before or after the file moves; in both cases the place was right when it was told.
    let place = outcome.output.dropFirst("\(file): spool/outbox/".count)
    #expect(place.hasPrefix("news"), "\(outcome.output)")
    #expect(place.hasSuffix(".jsonl:1\n"), "\(outcome.output)")
  }

  @Test(.timeLimit(.minutes(5))) func markersArePutWhereTheyAreNeeded() throws {
    let spool = try CommandSpool(settings: "inbox: {ready: marker}\n")
    let file = try spool.folder.write("a.txt", story)
    // Nobody knows of the markers yet.
    #expect(try spool.command("put", file).code == 0)
    #expect(try spool.command("put", "-", "--name", "b.txt", "--marker", input: Array("Wind rose.".utf8)).code == 0)
    #expect(try spool.command("put", "-", "--name", "c.txt", "--pipeline", "news.yaml", input: [0x61]).code == 0)
    #expect(spool.names("inbox") == ["a.txt", "b.txt", "b.txt.done", "c.txt", "c.txt.done"])
    // The running daemon does.
    _ = try spool.startDaemon()
    let outcome = try spool.command("put", "-", "--name", "d.txt", "--wait", input: Array("Wind fell.".utf8))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("standard input: spool/outbox/news.jsonl:"))
    #expect(try spool.command("why", "a.txt").output.contains("when a.txt.done stands beside it"))
  }

  @Test func theTimeCanBeOver() throws {
    let spool = try CommandSpool()
    let file = try spool.folder.write("a.txt", story)
    let outcome = try spool.command("put", file, "--wait", "--timeout", "0")
    #expect(outcome.code == 75)
    #expect(outcome.errors.contains("linecaster why spool/inbox/a.txt"), "\(outcome.errors)")
  }

  @Test func whatWouldNeverBeTakenIsRefused() throws {
    let spool = try CommandSpool()
    for name in ["a.txt.part", ".a.txt", "picture.jpg"] {
      let outcome = try spool.command("put", "-", "--name", name, input: Array(story.utf8))
      #expect(outcome.code == 65, "\(name): \(outcome.errors)")
      #expect(outcome.errors.contains("--name"))
    }
    #expect(try spool.command("put", "missing.txt").code == 1)
    #expect(try spool.command("put", "-").code == 64)
    #expect(try spool.command("put", "-", "--name", "a.txt", "--pipeline", "nws").errors.contains("nws"))
    #expect(spool.names("inbox").isEmpty)
  }

  @Test(.timeLimit(.minutes(5))) func pipelinesHaveTheirOwnInboxes() throws {
    let spool = try CommandSpool(settings: "inbox: {path: in-news}\n")
    try spool.folder.write("wire.yaml", "name: wire\ninbox: {path: in-wire}\nstages: [segment]\n")
    #expect(try spool.command("run", spool.pipeline, "wire.yaml", "--once").code == 0)
    let file = try spool.folder.write("a.txt", story)
    let unclear = try spool.command("put", file)
    #expect(unclear.code == 1)
    #expect(unclear.errors.contains("news, wire"), "\(unclear.errors)")
    #expect(try spool.command("put", file, "--pipeline", "wire").code == 0)
    #expect(try spool.command("put", file, "--inbox", "spool/in-news").code == 0)
    #expect(spool.names("in-wire") == ["a.txt"])
    #expect(spool.names("in-news") == ["a.txt"])
  }
}
