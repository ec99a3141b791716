import ArticleIO
import Foundation
import StageKit
import Testing

/// Folders below the inbox, read by the daemon as it was built.
@Suite struct SubfolderTests {
  private let story = CommandSpool.story

  private func spool(_ more: String = "", stages: String = "[segment]") throws -> CommandSpool {
    try CommandSpool(settings: "inbox: {subfolders: true, settle: 0s\(more)}\n", stages: stages)
  }

  private func paths(_ spool: CommandSpool) throws -> [String] {
    try spool.records().compactMap { $0["source"]?["path"]?.string }.sorted()
  }

  /// Files below a folder of the root, as paths from there.
  private func files(_ folder: String, _ spool: CommandSpool) -> [String] {
    let base = spool.root.appendingPathComponent(folder).path
    let all = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(base)/\(path)", isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }

  @Test func thePathGoesIntoTheRecordAndTheFoldersAreKept() throws {
    let spool = try spool()
    for name in ["a/x.txt", "b/x.txt", "x.txt", "b/c/REPORT.TXT"] { try spool.drop(name, "\(story) For \(name).") }
    try spool.drop("a/bad.json", "{")
    try spool.drop("a/m.jsonl", "{\"text\":\"One came.\"}\nnonsense\n")
    let outcome = try spool.runOnce()
    #expect(outcome.errors.contains("info: b/c/REPORT.TXT: taken, 1 record"), "\(outcome.errors)")
    for record in try spool.records() { expectGood(record) }
    #expect(try paths(spool) == ["a/m.jsonl", "a/x.txt", "b/c/REPORT.TXT", "b/x.txt", "x.txt"])
    #expect(
      try Set(spool.records().compactMap { $0["source"]?["name"]?.string }) == ["m.jsonl", "x.txt", "REPORT.TXT"])
    #expect(try spool.records().allSatisfy { $0["tags"]?.array == [] })
    let day = try #require(spool.names("done/news").first)
    #expect(files("done/news/\(day)", spool) == ["a/m.jsonl", "a/x.txt", "b/c/REPORT.TXT", "b/x.txt", "x.txt"])
    #expect(
      files("failed", spool) == [
        "a/bad.json", "a/bad.json.reason.json", "a/m.line-2.jsonl", "a/m.line-2.jsonl.reason.json",
      ])
    #expect(files("inbox", spool) == [] && files("claimed", spool) == [])
    #expect(Set(spool.names("inbox")) == ["a", "b"])
  }

  @Test func theFoldersBecomeTags() throws {
    let spool = try CommandSpool(settings: "inbox: {subfolders: tags}\n")
    try spool.drop("wire/politics/a.json", #"{"text":"\#(story)","tags":["politics","rivers"]}"#)
    try spool.drop("b.txt")
    try spool.runOnce()
    let tags = try spool.records().map { ($0["tags"]?.array ?? []).compactMap(\.string) }
    #expect(Set(tags) == [["politics", "rivers", "wire"], []])
  }

  @Test func aFolderThatIsNoTextGoesTheWholeWay() throws {
    let spool = try spool()
    let folder = Array("\(spool.inbox.path)/caf".utf8) + [0xE9]
    #expect(mkdir(folder.map { CChar(bitPattern: $0) } + [0], 0o755) == 0)
    let staged = try spool.folder.write("staged", story)
    #expect(rename(staged, folder.map { CChar(bitPattern: $0) } + Array("/a.txt".utf8CString)) == 0)
    try spool.runOnce()
    let record = try #require(try spool.records().first)
    expectGood(record)
    #expect(record["source"]?["name_b64"] == .null)
    #expect(
      record["source"]?["path_b64"]?.string
        == Data(Array("caf".utf8) + [0xE9] + Array("/a.txt".utf8)).base64EncodedString())
    #expect(try spool.command("why", "a.txt").output.contains("done: spool/outbox/news.jsonl:1"))
  }

  // MARK: - While it runs

  @Test(.timeLimit(.minutes(5))) func foldersComeGoAndAreRenamed() throws {
    let spool = try spool()
    let files = FileManager.default
    try spool.drop("old/a.txt", "\(story) a")
    _ = try spool.startDaemon()
    try spool.waitForRecords(1)
    func make(_ path: String) throws {
      try files.createDirectory(at: spool.inbox.appendingPathComponent(path), withIntermediateDirectories: true)
    }
    func move(_ from: String, _ to: String) throws {
      try files.moveItem(
        at: spool.folder.url.appendingPathComponent(from), to: spool.folder.url.appendingPathComponent(to))
    }
    // A folder that is made, and a file that is renamed into it.
    try make("new/deep/er")
    try spool.folder.write("staged", "\(story) b")
    try move("staged", "spool/inbox/new/deep/er/b.txt")
    try spool.waitForRecords(2)
    // Files that are written there.
    try spool.drop("new/deep/c.txt", "\(story) c")
    try spool.waitForRecords(3)
    // A folder that is renamed in, with what it holds.
    try spool.folder.write("batch/one/d.txt", "\(story) d")
    try spool.folder.write("batch/e.txt", "\(story) e")
    try move("batch", "spool/inbox/batch")
    try spool.waitForRecords(5)
    try spool.drop("batch/one/f.txt", "\(story) f")
    try spool.waitForRecords(6)
    // One that gets another name, with a folder in it.
    try move("spool/inbox/batch", "spool/inbox/renamed")
    try spool.drop("renamed/one/g.txt", "\(story) g")
    try spool.waitForRecords(7)
    // One that is moved away: what is dropped there is no input any more.
    try move("spool/inbox/renamed", "elsewhere")
    try spool.folder.write("elsewhere/one/h.txt", "\(story) h")
    try make("renamed/one")
    try spool.drop("renamed/one/i.txt", "\(story) i")
    try spool.waitForRecords(8)
    // One that is removed and made again.
    try files.removeItem(at: spool.inbox.appendingPathComponent("new"))
    try spool.drop("new/deep/j.txt", "\(story) j")
    try spool.waitForRecords(9)
    #expect(
      try paths(spool) == [
        "batch/e.txt", "batch/one/d.txt", "batch/one/f.txt", "new/deep/c.txt", "new/deep/er/b.txt", "new/deep/j.txt",
        "old/a.txt", "renamed/one/g.txt", "renamed/one/i.txt",
      ])
    #expect(files.fileExists(atPath: spool.folder.url.path + "/elsewhere/one/h.txt"))
  }

  @Test(.timeLimit(.minutes(5))) func linksAndUnfinishedFoldersAreLeftAlone() throws {
    let spool = try spool()
    try spool.folder.write("outside/secret.txt", story)
    try FileManager.default.createSymbolicLink(
      atPath: spool.inbox.path + "/link", withDestinationPath: spool.folder.url.path + "/outside")
    try spool.drop(".hidden/a.txt")
    try spool.drop("upload.part/b.txt")
    _ = try spool.startDaemon()
    try spool.drop("good/c.txt")
    try spool.waitForRecords(1)
    spool.waitForMessage("inbox/link: left alone: it is a symbolic link")
    #expect(try spool.command("why", "link/secret.txt").output.contains("the folder link is a symbolic link"))
    #expect(try spool.command("why", "upload.part/b.txt").output.contains("the folder upload.part is not read"))
    #expect(try spool.command("why", "good").output.contains("is a folder: its files are taken"))
    // Its producer is done with it.
    #expect(rename(spool.inbox.path + "/upload.part", spool.inbox.path + "/upload") == 0)
    try spool.waitForRecords(2)
    #expect(try paths(spool) == ["good/c.txt", "upload/b.txt"])
    #expect(FileManager.default.fileExists(atPath: spool.folder.url.path + "/outside/secret.txt"))
  }

  @Test(.timeLimit(.minutes(5))) func theOtherWaysToBeReadyHoldInFoldersToo() throws {
    let renamed = try spool(", ready: rename")
    _ = try renamed.startDaemon()
    try FileManager.default.createDirectory(
      at: renamed.inbox.appendingPathComponent("desk"), withIntermediateDirectories: true)
    let staged = try renamed.folder.write("staged", story)
    #expect(rename(staged, renamed.inbox.path + "/desk/a.txt") == 0)
    try renamed.waitForRecords(1)
    try renamed.drop("desk/b.txt", "\(story) b")
    renamed.waitForMessage("desk/b.txt: waits: it was written here")

    let marked = try spool(", ready: marker")
    _ = try marked.startDaemon()
    try marked.drop("desk/a.txt", "\(story) a")
    try marked.drop("desk/b.txt", "\(story) b")
    try marked.drop("desk/b.txt.done", "")
    try marked.waitForRecords(1)
    try marked.drop("desk/a.txt.DONE", "")
    try marked.waitForRecords(2)
    #expect(try paths(marked) == ["desk/a.txt", "desk/b.txt"])
    #expect(marked.names("inbox/desk") == [])
  }

  // MARK: - Commands

  @Test(.timeLimit(.minutes(5))) func commandsKnowThePath() throws {
    let spool = try spool()
    for desk in ["north", "south"] { try spool.drop("\(desk)/bad.json", "{\"text\":") }
    _ = try spool.startDaemon()
    spool.waitForMessage("south/bad.json failed")
    spool.waitForMessage("north/bad.json failed")
    #expect(try spool.command("why", "north/bad.json").output.hasPrefix("spool/failed/north/bad.json: failed"))
    #expect(try spool.command("why", "bad.json").output.split(separator: "\n").count == 2)
    let retry = try spool.command("retry", "spool/failed/north/bad.json")
    #expect(retry.output == "spool/failed/north/bad.json: put back as spool/inbox/north/bad.json\n", "\(retry.errors)")
    #expect(try spool.command("retry", "never/bad.json").code == 1)
    let put = try spool.command(
      "put", "-", "--name", "c.txt", "--inbox", "spool/inbox/north", "--wait", input: Array(story.utf8))
    #expect(put.code == 0 && put.output == "standard input: spool/outbox/news.jsonl:1\n", "\(put)")
    let failing = try spool.command(
      "put", "-", "--name", "d.json", "--inbox", "spool/inbox/north", "--wait", input: [0x7B])
    #expect(failing.code == 1 && failing.errors.contains("(spool/failed/north/d.json)"), "\(failing)")
    #expect(try spool.command("why", "north/c.txt").output.contains("done: spool/outbox/news.jsonl:1"))
    let day = try #require(spool.names("done/news").first)
    #expect(try spool.command("why", "spool/done/news/\(day)/north/c.txt").output.contains("done: spool/outbox"))
    #expect(try spool.command("spool", "check").output.contains("all is well"))
  }

  @Test func withoutTheOptionFoldersAreNamedAndLeft() throws {
    let spool = try CommandSpool()
    try spool.drop("desk/a.txt")
    try spool.drop("b.txt")
    let outcome = try spool.runOnce()
    #expect(
      outcome.errors.contains("inbox/desk: left alone: it is a directory, and folders below the inbox are not read"))
    #expect(outcome.errors.contains("‘inbox: {subfolders: true}’"))
    #expect(try spool.records().count == 1)
    #expect(try spool.records().first?["source"]?["path"] == .null)
  }

  @Test(.timeLimit(.minutes(5))) func nothingIsPutWhereNobodyReads() throws {
    let spool = try CommandSpool()
    try spool.drop("desk/a.txt")
    _ = try spool.startDaemon()
    let put = try spool.command("put", spool.pipeline, "--name", "c.txt", "--inbox", "spool/inbox/desk")
    #expect(put.code == 1)
    #expect(put.errors.contains("spool/inbox/desk is a folder below the inbox of ‘news’, and those are not read"))
    #expect(spool.names("inbox/desk") == ["a.txt"])
  }

  @Test(.timeLimit(.minutes(5))) func aKilledDaemonGoesOnWithThePath() throws {
    let spool = try spool()
    let daemon = try spool.startDaemon()
    for number in 1...200 { try spool.drop("desk/\(number % 7)/\(number).txt", "\(story) \(number)") }
    try spool.waitForRecords(20)
    spool.kill(daemon)
    try spool.runOnce()
    #expect(try paths(spool).count == 200 && Set(paths(spool)).count == 200)
    #expect(files("inbox", spool) == [] && files("claimed", spool) == [])
  }

  @Test func theSchemaOfAPipelineKnowsTheOption() throws {
    for (value, isGood) in [("true", true), ("false", true), ("tags", true), ("yes", false), ("deep", false)] {
      let folder = try Folder()
      let file = try folder.write("p.yaml", "name: p\ninbox: {subfolders: \(value)}\nstages: [segment]\n")
      #expect(try BuiltCommand.run("check", file).code == (isGood ? 0 : 78), "\(value)")
    }
    let schema = try BuiltCommand.run("schema", "pipeline").output
    let option = try JSONValue(parsing: Array(schema.utf8))["properties"]?["inbox"]?["properties"]?["subfolders"]
    #expect(option?["anyOf"]?.array?.first?["enum"] == .array([.bool(false), .bool(true), .string("tags")]))
    #expect(option?["default"] == .bool(false))
  }
}
