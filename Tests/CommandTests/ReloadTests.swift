import Foundation
import Glibc
import StageKit
import Testing

/// A daemon whose pipelines are edited.
@Suite struct ReloadTests {
  private static func pipeline(_ name: String, _ settings: String = "", stages: String = "[segment]") -> String {
    "name: \(name)\n\(settings)stages: \(stages)\n"
  }

  private static let failing = "tests: [{name: no sentence, input: Rain fell., expect: {sentences: []}}]\n"

  /// As editors do: a draft takes the place of the file.
  private func save(_ spool: CommandSpool, _ path: String, _ text: String) throws {
    let draft = try spool.folder.write(path + ".draft", text)
    try #require(rename(draft, spool.folder.url.appendingPathComponent(path).path) == 0)
  }

  private func digests(_ spool: CommandSpool, of name: String? = nil) throws -> [String] {
    try spool.records().filter { name == nil || $0["source"]?["name"]?.string == name }
      .compactMap { $0["pipeline"]?["digest"]?.string }
  }

  private func status(_ spool: CommandSpool) throws -> JSONValue {
    try JSONValue(parsing: Array(try spool.command("status", "--json").output.utf8))
  }

  @Test(.timeLimit(.minutes(5))) func aSaveIsInForceWithTheNextFile() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    try save(spool, "news.yaml", Self.pipeline("news", stages: "[clean, segment]"))
    spool.waitForMessage("is in force")
    try spool.drop("b.txt")
    try spool.waitForRecords(2)
    let digests = try digests(spool)
    #expect(digests.count == 2 && digests[0] != digests[1])
    #expect(spool.log.contains("news: the chain \(digests[1]) is in force"))
    #expect(try status(spool)["pipelines"]?.array?.first?["digest"]?.string == digests[1])
    // Written into, not renamed over; and nothing but a comment.
    try spool.folder.write("news.yaml", "# the news\n" + Self.pipeline("news", stages: "[clean, segment]"))
    spool.waitForMessage("were read again: nothing changed")
    let reload = try spool.command("reload")
    #expect(reload.code == 0 && reload.output == "nothing changed\n", "\(reload.errors)")
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      ("name: news\nstages: [segmnt]\n", "news.yaml:2:10: error: unknown stage ‘segmnt’"),
      ("name: news\nstages: [\n", "news.yaml:3:1: error:"), ("", "news.yaml:1:1: error:"),
      (Self.pipeline("news", failing), "the test ‘no sentence’ fails"),
      ("name: news\nstages: [segment, entities: {model: nowhere.model}]\n", "nowhere.model"),
      ("name: news\noutbox: {path: inbox}\nstages: [clean, segment]\n", "outbox"),
    ])
  func whateverFailsWhatRanGoesOn(content: String, words: String) throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    try save(spool, "news.yaml", content)
    spool.waitForMessage("the pipelines that ran go on")
    #expect(spool.log.contains(words))
    let reload = try spool.command("reload")
    #expect(reload.code == 1 && reload.errors.contains(words), "\(reload.errors)")
    #expect(try status(spool)["reload"]?["problem"]?.string?.contains(words) == true)
    #expect(try spool.command("health").code == 0)
    try spool.drop("b.txt")
    try spool.waitForRecords(2)
    #expect(Set(try digests(spool)).count == 1)
    try save(spool, "news.yaml", Self.pipeline("news", stages: "[clean, segment]"))
    spool.waitForMessage("is in force")
    #expect(try spool.command("reload").code == 0)
    #expect(try status(spool)["reload"]?["problem"] == .null)
  }

  /// Tests decide too, in a forked process.
  @Test(.timeLimit(.minutes(5))) func testsThatPassLetTheChainIn() throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    try save(
      spool, "news.yaml",
      Self.pipeline(
        "news", "tests: [{name: t, input: Rain fell., expect: {duplicates: {status: unique}}}]\n",
        stages: "[segment, dedupe]"))
    spool.waitForMessage("the chain", or: "go on")
    #expect(!spool.log.contains("go on"), "\(spool.log.text)")
  }

  @Test(.timeLimit(.minutes(5))) func pipelinesComeAndGo() throws {
    let spool = try CommandSpool()
    try spool.folder.write("pipelines/news.yaml", Self.pipeline("news"))
    let daemon = try spool.startDaemon("pipelines")
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    try save(spool, "pipelines/sport.yaml", Self.pipeline("sport", "inbox: {path: sport, accept: ['*.txt']}\n"))
    spool.waitForMessage("the pipeline ‘sport’ runs")
    try spool.folder.write("spool/sport/b.txt", CommandSpool.story)
    while (try? spool.text("outbox/sport.jsonl").isEmpty) ?? true { sched_yield() }
    // A file of another name with the same content is the same pipeline.
    let files = spool.folder.url.appendingPathComponent("pipelines").path
    try #require(rename(files + "/sport.yaml", files + "/games.yaml") == 0)
    spool.waitForMessage("were read again: nothing changed")
    try spool.folder.write("spool/sport/c.html", "<p>left alone</p>")
    try #require(unlink(files + "/games.yaml") == 0)
    spool.waitForMessage("the pipeline ‘sport’ runs no more")
    #expect(spool.names("outbox").contains { $0.hasPrefix("sport-") })
    try spool.drop("d.txt")
    try spool.waitForRecords(2)
    #expect(Set(try digests(spool)).count == 1)
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
  }

  /// A daemon that another one follows leaves nothing behind.
  @Test(.timeLimit(.minutes(5))) func pipelinesThatComeAndGoCostNoDescriptors() throws {
    let spool = try CommandSpool()
    try spool.folder.write("pipelines/news.yaml", Self.pipeline("news"))
    let daemon = try spool.startDaemon("pipelines")
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    func descriptors() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.processIdentifier)/fd").count
    }
    let before = try descriptors()
    for round in 0..<4 {
      try save(spool, "pipelines/\(round).yaml", Self.pipeline("p\(round)", "inbox: {path: p\(round)}\n"))
      spool.waitForMessage("the pipeline ‘p\(round)’ runs")
      try #require(unlink(spool.folder.url.appendingPathComponent("pipelines/\(round).yaml").path) == 0)
      spool.waitForMessage("the pipeline ‘p\(round)’ runs no more")
    }
    try spool.drop("b.txt")
    try spool.waitForRecords(2)
    // One that is open for a moment may be among them.
    #expect(try descriptors() <= before + 4)
  }

  /// They change no record: the chain stays.
  @Test(.timeLimit(.minutes(5))) func settingsOfWhatIsKeptAreTakenUp() throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    try save(spool, "news.yaml", Self.pipeline("news", "done: remove\n"))
    spool.waitForMessage("what the pipelines say of their places")
    try spool.drop("b.txt")
    try spool.waitForRecords(2)
    #expect(Set(try digests(spool)).count == 1)
    let parent = try status(spool)["pipelines"]?.array?.first?["parent_starts"]
    #expect(parent == .number("1"))
  }

  /// What lies in the inbox of a pipeline that goes is told, with what to do about it.
  @Test(.timeLimit(.minutes(5))) func waitingFilesOfAPipelineThatGoesAreTold() throws {
    let spool = try CommandSpool()
    try spool.folder.write("pipelines/news.yaml", Self.pipeline("news"))
    try spool.folder.write("pipelines/sport.yaml", Self.pipeline("sport", "inbox: {path: sport, settle: 1h}\n"))
    _ = try spool.startDaemon("pipelines")
    try spool.folder.write("spool/sport/b.txt", CommandSpool.story)
    try #require(unlink(spool.folder.url.appendingPathComponent("pipelines/sport.yaml").path) == 0)
    spool.waitForMessage("the pipeline ‘sport’ runs no more")
    #expect(spool.log.contains("b.txt") || spool.log.contains("1 file"), "\(spool.log.text)")
    #expect(spool.names("sport") == ["b.txt"])
  }

  @Test(.timeLimit(.minutes(5))) func aFileOfLinesEndsWithTheChainThatBeganIt() throws {
    let spool = try CommandSpool()
    _ = try spool.startDaemon()
    let lines = (0..<5000).map { #"{"text":"\#(CommandSpool.story) Number \#($0)."}"# + "\n" }.joined()
    try spool.drop("many.jsonl", lines)
    try spool.waitForRecords(1)
    try save(spool, "news.yaml", Self.pipeline("news", stages: "[clean, segment]"))
    spool.waitForMessage("is in force")
    try spool.drop("b.txt")
    try spool.waitForRecords(5001)
    #expect(Set(try digests(spool, of: "many.jsonl")).count == 1)
    #expect(Set(try digests(spool)).count == 2)
  }

  /// As Kubernetes mounts a ConfigMap: the files are links through a link that is exchanged.
  @Test(.timeLimit(.minutes(5))) func anExchangedLinkIsASave() throws {
    let spool = try CommandSpool()
    try spool.folder.write("config/..1/news.yaml", Self.pipeline("news"))
    try spool.folder.write("config/..2/news.yaml", Self.pipeline("news", stages: "[clean, segment]"))
    let config = spool.folder.url.appendingPathComponent("config").path
    #expect(symlink("..1", config + "/..data") == 0 && symlink("..data/news.yaml", config + "/news.yaml") == 0)
    _ = try spool.startDaemon("config/news.yaml")
    #expect(symlink("..2", config + "/..new") == 0 && rename(config + "/..new", config + "/..data") == 0)
    spool.waitForMessage("is in force")
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
  }

  @Test(.timeLimit(.minutes(5))) func aSaveOfWhatIsExtendedIsASave() throws {
    let spool = try CommandSpool()
    try spool.folder.write("pipelines/base.yaml", Self.pipeline("base", "inbox: {path: base}\n"))
    try spool.folder.write("pipelines/news.yaml", "extends: base.yaml\nname: news\ninbox: {path: inbox}\n")
    _ = try spool.startDaemon("pipelines")
    try save(spool, "pipelines/base.yaml", Self.pipeline("base", "inbox: {path: base}\n", stages: "[clean, segment]"))
    spool.waitForMessage("news: the chain")
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    #expect(try spool.records().first?["language"]?.string == "en")
  }

  /// A list is no pipeline's file: nobody looks whether it is saved.
  @Test(.timeLimit(.minutes(5))) func aSignalTakesUpChangedLists() throws {
    let spool = try CommandSpool(stages: "[segment, entities: {gazetteers: [names.tsv]}]")
    try spool.folder.write("names.tsv", "Tolmar\tLOC\n")
    let daemon = try spool.startDaemon()
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    try spool.folder.write("names.tsv", "Tolmar\tORG\n")
    Foundation.kill(daemon.processIdentifier, SIGHUP)
    spool.waitForMessage("is in force")
    try spool.drop("b.txt")
    try spool.waitForRecords(2)
    #expect(Set(try digests(spool)).count == 2)
    let types = try spool.records().map { record in
      record["entities"]?.array?.first { $0["name"]?.string == "Tolmar" }?["type"]?.string
    }
    #expect(types == ["LOC", "ORG"])
  }

  @Test func nobodyAnswersWhereNoDaemonRuns() throws {
    let spool = try CommandSpool()
    let reload = try spool.command("reload")
    #expect(reload.code == 1 && reload.errors.contains("no daemon answers"), "\(reload.errors)")
  }
}
