import ArticleIO
import Foundation
import StageKit
import Testing

/// `pipe --shard`: one part of a job over many files.
@Suite struct ShardTests {
  private static let pipeline = "name: cut\nstages: [segment]\n"
  private let folder: Folder
  private let pipeline: String
  private let files: [String]

  init() throws {
    let folder = try Folder()
    self.folder = folder
    pipeline = try folder.write("p.yaml", Self.pipeline)
    files = try (0..<5).map { number in
      try folder.write(
        "feed-\(number).jsonl",
        "{\"id\":\"\(number)a\",\"text\":\"Rain.\"}\n{\"id\":\"\(number)b\",\"text\":\"Sun.\"}\n")
    }
  }

  private var out: String { folder.url.path + "/parts" }

  private func run(_ shard: String, _ files: [String], _ flags: String...) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(["pipe", "--shard", shard, "--out", out] + flags + [pipeline] + files)
  }

  private func lines(_ part: Int) throws -> [JSONValue] {
    var source = ZstdSource(
      BytesInMemory([UInt8](try Data(contentsOf: URL(filePath: "\(out)/part-\(part).jsonl.zst")))))
    var bytes: [UInt8] = []
    while try source.read(into: &bytes, upTo: 1 << 16) > 0 {}
    return try bytes.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
  }

  private func note(_ part: Int) throws -> JSONValue {
    try JSONValue(parsing: [UInt8](try Data(contentsOf: URL(filePath: "\(out)/part-\(part).done"))))
  }

  @Test func partsAreFilesByTheirIndexInTheSortedList() throws {
    // In another order: what a part holds hangs on the names alone.
    #expect(try run("0/2", files.reversed()).code == 0)
    #expect(try run("1/2", files.shuffled()).code == 0)
    #expect(try lines(0).map { $0["id"]?.string } == ["0a", "0b", "2a", "2b", "4a", "4b"])
    #expect(try lines(1).map { $0["id"]?.string } == ["1a", "1b", "3a", "3b"])
    let note = try note(1)
    #expect(note["lines"]?.int == 4 && note["failed"]?.int == 0 && note["shard"]?.int == 1 && note["of"]?.int == 2)
    #expect(note["digest"]?.string?.isEmpty == false && note["inputs"]?.array?.count == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
    #expect(names == ["part-0.done", "part-0.jsonl.zst", "part-1.done", "part-1.jsonl.zst"])
  }

  @Test func aPartWithoutFilesIsEmptyAndDone() throws {
    #expect(try run("7/9", files).code == 0)
    #expect(try lines(7).isEmpty && note(7)["lines"]?.int == 0)
  }

  @Test func aPartIsMadeAgainOnlyWhereSomethingChanged() throws {
    func isMadeAgain(_ flags: String...) throws -> Bool {
      let outcome = try BuiltCommand.run(["pipe", "--shard", "0/2", "--out", out] + flags + [pipeline] + files)
      #expect(outcome.code == 0)
      return !outcome.errors.contains("is there already")
    }
    #expect(try isMadeAgain())
    #expect(try !isMadeAgain())
    _ = try folder.write("feed-0.jsonl", "{\"id\":\"new\",\"text\":\"Hail.\"}\n")
    #expect(try isMadeAgain())
    #expect(try lines(0).first?["id"]?.string == "new")
    #expect(try !isMadeAgain())
    #expect(try isMadeAgain("--keys", "text"))
    _ = try folder.write("p.yaml", Self.pipeline + "deadline: 3s\n")
    #expect(try isMadeAgain("--keys", "text"))
    try FileManager.default.removeItem(atPath: "\(out)/part-0.jsonl.zst")
    #expect(try isMadeAgain("--keys", "text"))
    #expect(try !isMadeAgain("--keys", "text"))
  }

  @Test func aFileThatIsNotThereEndsItBeforeAnythingIsDone() throws {
    let outcome = try run("0/1", files + [folder.url.path + "/gone.jsonl"])
    #expect(outcome.code == 74 && outcome.errors.contains("gone.jsonl"))
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test func badLinesAreCountedAndMayHaveRows() throws {
    let bad = try folder.write("bad.jsonl", "{\"text\":\"Rain.\"}\nnonsense\n")
    #expect(try run("0/1", [bad]).code == 65)
    #expect(try lines(0).count == 1 && note(0)["failed"]?.int == 1)
    #expect(try run("0/1", [bad]).code == 65)
    #expect(try run("0/1", [bad], "--errors", "rows").code == 0)
    #expect(try lines(0).count == 2 && lines(0)[1]["schema"]?.string == "linecaster-error/1")
  }

  @Test func packedPartsAreInputsAgain() throws {
    _ = try run("0/2", files)
    let outcome = try BuiltCommand.run("process", pipeline, "\(out)/part-0.jsonl.zst")
    #expect(outcome.code == 0 && outcome.records.count == 6)
  }

  @Test(arguments: ["2/2", "-1/2", "x/2", "1", "1/0", "0/1/2"]) func aShardIsANumberBelowTheirCount(shard: String)
    throws
  {
    #expect(try run(shard, files).code == 64)
  }

  @Test func shardAndOutBelongTogether() throws {
    #expect(try BuiltCommand.run("pipe", "--shard", "0/2", pipeline, files[0]).code == 64)
    #expect(try BuiltCommand.run("pipe", pipeline, files[0]).code == 64)
  }

  @Test func keysAreThoseThatAreAskedFor() throws {
    let input = Array("{\"title\":\"T\",\"text\":\"Rain.\"}\n".utf8)
    let outcome = try BuiltCommand.run(["pipe", pipeline, "--keys", "title,text"], input: input)
    #expect(outcome.records[0]["title"]?.string == "T" && outcome.records[0]["text"]?.string == "Rain.")
    #expect(outcome.records[0]["sentences"] == nil && outcome.records[0]["id"] != nil)
    #expect(try BuiltCommand.run(["pipe", pipeline, "--keys", "title,txt"], input: input).code == 64)
  }

  @Test func theVersionSaysWhatALogWantsToKnow() throws {
    let plain = try JSONValue(parsing: Array(BuiltCommand.run("version", "--json").output.utf8))
    #expect(plain["version"]?.string == "0.1.0" && plain["digest"] == nil)
    let outcome = try BuiltCommand.run("version", "--json", pipeline)
    let record = try BuiltCommand.run(["pipe", pipeline], input: Array("{\"text\":\"Rain.\"}\n".utf8)).records[0]
    let digest = try JSONValue(parsing: Array(outcome.output.utf8))["digest"]?.string
    #expect(digest != nil && digest == record["pipeline"]?["digest"]?.string)
  }
}
