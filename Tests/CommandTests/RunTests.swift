import ArticleIO
import Foundation
import StageKit
import Testing

@Suite struct RunTests {
  /// A spool with one pipeline, and its folders.
  private struct Spool {
    let folder: Folder
    let pipeline: String
    var root: URL { folder.url.appendingPathComponent("spool") }
    var inbox: URL { root.appendingPathComponent("inbox") }
    var live: URL { root.appendingPathComponent("outbox/news.jsonl") }

    init(stages: String = "[clean, segment, dedupe]", more: String = "") throws {
      folder = try Folder()
      pipeline = try folder.write("news.yaml", "name: news\nstages: \(stages)\n\(more)")
      try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    }

    func drop(_ name: String, _ text: String) throws { try folder.write("spool/inbox/\(name)", text) }

    func runOnce(_ flags: String...) throws -> BuiltCommand.Outcome {
      try BuiltCommand.run(["run", pipeline, "--root", root.path, "--once"] + flags)
    }

    func records() throws -> [JSONValue] {
      let data = (try? Data(contentsOf: live)) ?? Data()
      return try data.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    }

    /// Names below a folder of the root, without those of folders.
    func files(_ folder: String) -> [String] {
      let base = root.appendingPathComponent(folder).path
      let all = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
      return all.filter {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: base + "/" + $0, isDirectory: &isFolder) && !isFolder.boolValue
      }.sorted()
    }
  }

  private let story = "Rain fell on Tolmar on Monday. The river rose by two metres, and the old bridge was closed."

  @Test func everyInputEndsInTheOutboxOrInFailed() throws {
    let spool = try Spool()
    try spool.drop("good.txt", story)
    try spool.drop("page.html", "<html><body><article><h1>Rain</h1><p>\(story)</p></article></body></html>")
    try spool.drop("object.json", #"{"id":"own","text":"\#(story)"}"#)
    try spool.drop("line\nend.txt", story + " Again.")
    try spool.drop("empty.txt", "")
    try spool.drop("broken.json", "{\"text\":")
    try spool.folder.write("spool/inbox/noise.txt", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 73 ^ $0 >> 3) })
    try spool.drop("lines.jsonl", "{\"text\":\"One.\"}\nnonsense\n{\"text\":\"Three.\"}\n")
    let outcome = try spool.runOnce()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let records = try spool.records()
    for record in records { expectGood(record) }
    let names = records.compactMap { $0["source"]?["name"]?.string }.sorted()
    #expect(names == ["good.txt", "line\nend.txt", "lines.jsonl", "lines.jsonl", "object.json", "page.html"])
    #expect(Set(records.compactMap { $0["seq"]?.int }).count == records.count)
    let failed = spool.files("failed")
    for name in ["empty.txt", "broken.json", "noise.txt", "lines.line-2.jsonl"] {
      let reason = failed.first { $0.contains(name) && $0.hasSuffix(".reason.json") }
      #expect(reason != nil, "no reason for \(name) in \(failed)")
      guard let reason else { continue }
      let data = try Data(contentsOf: spool.root.appendingPathComponent("failed/\(reason)"))
      let told = try JSONValue(parsing: Array(data))
      #expect(told["message"]?.string?.isEmpty == false)
    }
    #expect(spool.files("inbox").isEmpty)
    #expect(spool.files("claimed").isEmpty)
  }

  @Test func whatIsNoFileStaysInTheInbox() throws {
    let spool = try Spool()
    try spool.folder.write("elsewhere.txt", story)
    try FileManager.default.createSymbolicLink(
      atPath: spool.inbox.path + "/link.txt", withDestinationPath: spool.folder.url.path + "/elsewhere.txt")
    #expect(mkfifo(spool.inbox.path + "/pipe.txt", 0o644) == 0)
    try FileManager.default.createDirectory(
      at: spool.inbox.appendingPathComponent("folder.txt"), withIntermediateDirectories: true)
    try spool.drop(".hidden.txt", story)
    try spool.drop("half.txt.part", story)
    try spool.drop("picture.jpg", "not ours")
    try spool.drop("good.txt", story)
    let outcome = try spool.runOnce()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try spool.records().count == 1)
    let left = try FileManager.default.contentsOfDirectory(atPath: spool.inbox.path).sorted()
    #expect(left == [".hidden.txt", "folder.txt", "half.txt.part", "link.txt", "picture.jpg", "pipe.txt"])
    for name in ["link.txt", "pipe.txt", "folder.txt"] { #expect(outcome.errors.contains(name)) }
  }

  @Test func aNameThatIsNoTextGoesTheWholeWay() throws {
    let spool = try Spool()
    var name = Array((spool.inbox.path + "/caf").utf8) + [0xE9]
    name += Array(".txt".utf8) + [0]
    let file = name.withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_WRONLY | O_CREAT, 0o644)
    }
    #expect(file >= 0)
    _ = Array(story.utf8).withUnsafeBytes { write(file, $0.baseAddress!, $0.count) }
    close(file)
    #expect(try spool.runOnce().code == 0)
    let record = try #require(try spool.records().first)
    expectGood(record)
    #expect(record["source"]?["name"]?.string == "caf\u{FFFD}.txt")
    #expect(
      record["source"]?["name_b64"]?.string
        == Data(Array("caf".utf8) + [0xE9] + Array(".txt".utf8)).base64EncodedString())
  }

  @Test func aHugeFileIsRefusedWithoutBeingRead() throws {
    let spool = try Spool()
    try spool.drop("huge.txt", "noise")
    #expect(truncate(spool.inbox.path + "/huge.txt", 200 << 20) == 0)
    try spool.drop("good.txt", story)
    let outcome = try spool.runOnce()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try spool.records().count == 1)
    let reason = try #require(spool.files("failed").first { $0.hasSuffix(".reason.json") })
    let told = try JSONValue(
      parsing: Array(try Data(contentsOf: spool.root.appendingPathComponent("failed/\(reason)"))))
    #expect(told["class"]?.string == "too_large", "\(told)")
  }

  @Test func aCopyIsFoundAfterARestart() throws {
    let spool = try Spool()
    try spool.drop("first.txt", story)
    #expect(try spool.runOnce().code == 0)
    try spool.drop("second.txt", story)
    #expect(try spool.runOnce().code == 0)
    let records = try spool.records()
    #expect(records.map { $0["duplicates"]?["status"]?.string } == ["unique", "exact"])
    #expect(records[1]["duplicates"]?["of"]?.string == records[0]["id"]?.string)
    #expect(records[1]["duplicates"]?["matches"]?.array?[0]["seq"]?.int == records[0]["seq"]?.int)
    #expect(spool.files("done").count == 2)
  }

  @Test func theSameInputsGiveTheSameLines() throws {
    var outputs = [[JSONValue]]()
    for workers in ["1", "4"] {
      let spool = try Spool()
      let lines = (0..<200).map { #"{"id":"\#($0)","text":"\#(story) Number \#($0 % 50)."}"# }
      try spool.drop("all.jsonl", lines.joined(separator: "\n"))
      #expect(try spool.runOnce("--workers", workers).code == 0)
      outputs.append(
        try spool.records().map { record in
          guard case .object(let members) = record else { return record }
          return .object(members.filter { $0.key != "received" })
        })
    }
    #expect(outputs[0].count == 200)
    #expect(outputs[0] == outputs[1])
  }

  @Test(.timeLimit(.minutes(5))) func aLiveDaemonTakesWhatIsRenamedIn() throws {
    let spool = try Spool()
    let daemon = BuiltCommand.process(["run", spool.pipeline, "--root", spool.root.path])
    let log = Pipe()
    daemon.standardError = log
    try daemon.run()
    defer { daemon.terminate() }
    let messages = Lines(log)
    while let line = messages.next(), !line.contains("running on") {}

    let second = try BuiltCommand.run("run", spool.pipeline, "--root", spool.root.path)
    #expect(second.code == 75)
    #expect(second.errors.contains("\(daemon.processIdentifier)"), "\(second.errors)")

    let tail = Process()
    tail.executableURL = URL(fileURLWithPath: "/usr/bin/tail")
    tail.arguments = ["-n", "+1", "-F", spool.live.path]
    let output = Pipe()
    tail.standardOutput = output
    tail.standardError = FileHandle.nullDevice
    try tail.run()
    defer { tail.terminate() }
    let seen = Lines(output)
    for name in ["a.txt", "b.txt", "c.txt"] {
      let staged = try spool.folder.write("staged", "\(story) File \(name).")
      #expect(rename(staged, spool.inbox.path + "/" + name) == 0)
      let record = try JSONValue(parsing: Array(try #require(seen.next()).utf8))
      expectGood(record)
      #expect(record["source"]?["name"]?.string == name)
    }
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    #expect(try spool.records().count == 3)
    #expect(spool.files("done").count == 3)
  }

  @Test(.timeLimit(.minutes(5))) func withoutItsLockADaemonEnds() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    try FileManager.default.removeItem(at: spool.root.appendingPathComponent("state/lock"))
    // Either of the two may have seen it first; none may be left out, none come twice.
    try spool.drop("a.txt")
    #expect(try spool.runOnce().code == 0)
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 75)
    try spool.runOnce()
    #expect(try spool.records().count == 1)
  }

  @Test func eachFileIsTold() throws {
    let spool = try Spool()
    try spool.drop("a.txt", story)
    try spool.drop("many.jsonl", "{\"text\":\"One came.\"}\nnonsense\n{\"text\":\"Two left.\"}\n")
    try spool.drop("none.jsonl", "\n")
    let errors = try spool.runOnce().errors
    for line in [
      "a.txt: taken, 1 record\n", "many.jsonl: taken, 2 records, 1 failure\n", "none.jsonl: taken, it held no",
    ] {
      #expect(errors.contains(" info: \(line)"), "\(errors)")
    }
    #expect(!errors.contains("debug:"))
  }

  @Test func theLevelIsChosen() throws {
    let spool = try Spool()
    try spool.drop("a.txt", story)
    let debug = try spool.runOnce("--log-level", "debug").errors
    let record = try #require(try spool.records().first)
    let id = record["id"]?.string ?? ""
    #expect(debug.contains("debug: a.txt: seq 1, id \(id), record, "), "\(debug)")
    try spool.drop("bad.json", "{")
    let quiet = try spool.runOnce("--log-level", "warning").errors
    #expect(quiet.contains("warning: bad.json failed"))
    #expect(!quiet.contains("info:") && !quiet.contains("notice:"), "\(quiet)")
    #expect(try spool.runOnce("--log-level", "loud").code == 64)
  }

  @Test func theEnvironmentChoosesTheLevelToo() throws {
    let spool = try Spool()
    try spool.drop("a.txt", story)
    func run(_ level: String, _ flags: [String] = []) throws -> (code: Int32, errors: String) {
      let daemon = BuiltCommand.process(["run", spool.pipeline, "--root", spool.root.path, "--once"] + flags)
      daemon.environment = ProcessInfo.processInfo.environment.merging(["LINECASTER_LOG_LEVEL": level]) { $1 }
      let log = Pipe()
      daemon.standardError = log
      try daemon.run()
      let errors = String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      daemon.waitUntilExit()
      return (daemon.terminationStatus, errors)
    }
    #expect(try run("debug").errors.contains("debug: a.txt"))
    #expect(try run("error").errors == "")
    #expect(try run("error", ["--log-level", "info"]).errors.contains("info: news: running"))
    let wrong = try run("loud")
    #expect(wrong.code == 64)
    #expect(wrong.errors.contains("LINECASTER_LOG_LEVEL is ‘loud’; it takes error, warning, info or debug"))
  }

  @Test func theLogMayBeJSON() throws {
    let spool = try Spool()
    try spool.drop("line\nend.txt", story)
    try spool.drop("bad.json", "{")
    let lines = try spool.runOnce("--log-format", "json", "--log-level", "debug").errors.split(separator: "\n")
    let events = try lines.map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(
      events.allSatisfy { $0["time"]?.string != nil && $0["level"]?.string != nil && $0["message"]?.string != nil })
    let article = try #require(events.first { $0["status"]?.string == "record" })
    #expect(article["name"]?.string == "line\\x0aend.txt" && article["milliseconds"]?.int != nil)
    #expect(events.contains { $0["level"]?.string == "info" && $0["records"]?.int == 1 && $0["failures"]?.int == 0 })
    #expect(events.contains { $0["level"]?.string == "warning" && $0["class"]?.string == "not_json" })
  }

  /// So that whoever runs it from a timer can tell.
  @Test func whatIsLeftShowsInTheExitCode() throws {
    let spool = try Spool()
    try spool.drop("whole.txt", story)
    try spool.drop("half.txt", "A half")
    let writer = try #require(FileHandle(forWritingAtPath: spool.inbox.path + "/half.txt"))
    let outcome = try spool.runOnce()
    #expect(outcome.code == 75)
    #expect(outcome.errors.contains("1 file is left in the inbox: somebody still has it open for writing"))
    #expect(outcome.errors.contains("ended: 1 record, 0 failures; 1 file is left"))
    try writer.close()
    #expect(try spool.runOnce().code == 0)
    #expect(try spool.records().count == 2)
  }

  @Test func wrongPipelinesDoNotStart() throws {
    let spool = try Spool(stages: "[claen]")
    let outcome = try spool.runOnce()
    #expect(outcome.code == 78)
    #expect(outcome.errors.contains("did you mean ‘clean’?"))
  }
}

/// The lines of a pipe, each waited for.
private final class Lines {
  private let handle: FileHandle
  private var buffer = Data()

  init(_ pipe: Pipe) { handle = pipe.fileHandleForReading }

  func next() -> String? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer = Data(buffer[(end + 1)...])
        return line
      }
      let piece = handle.availableData
      if piece.isEmpty { return nil }
      buffer.append(piece)
    }
  }
}
