import Foundation
import StageKit
import Testing

/// `simulate`, and the commands that find a pipeline of their own.
@Suite struct SimulateTests {
  private static let story =
    "Norwegian Prime Minister Karl Dahl said on Monday that the ferry to Holmvik would sail again. “We agree,” he said."

  private static let pipeline = """
    name: p
    outbox: {route: [{when: quotes.speaker != null, to: quoted}]}
    discard: [{when: words < 5, reason: too short}]
    stages:
      - clean
      - segment
      - entities: {when: language == "de"}
      - quotes: {when: language == "en"}
      - dedupe

    """

  private func simulate(_ text: String, _ arguments: String...) throws -> BuiltCommand.Outcome {
    let folder = try Folder()
    try folder.write("p.yaml", Self.pipeline)
    try folder.write("a.txt", text)
    return try BuiltCommand.run(["simulate", "p.yaml", "a.txt"] + arguments, in: folder.url)
  }

  @Test func everyStageIsTold() throws {
    let outcome = try simulate(Self.story, "--format", "json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let told = try JSONValue(parsing: Array(outcome.output.utf8))
    let stages = told["stages"]?.array ?? []
    #expect(stages.map { $0["stage"]?.string } == ["clean", "segment", "entities", "quotes", "dedupe"])
    #expect(stages.map { $0["ran"] } == [.bool(true), .bool(true), .bool(false), .bool(false), .bool(true)])
    #expect(stages[2]["when"]?.string == #"language == "de""#)
    #expect(stages[0]["added"]?["language"]?.string == "en" && stages[1]["added"]?["sentences"]?.array?.count == 2)
    #expect(stages[2]["added"] == .object([]) && stages[4]["added"]?["duplicates"]?["status"]?.string == "unique")
    #expect(
      told["discard"]?.array?.first?["held"] == .bool(false) && told["route"]?.array?.first?["held"] == .bool(false))
    #expect(told["outcome"]?.string == "record" && told["outlet"] == .null)
    #expect(told["record"]?["text"]?.string == Self.story)
  }

  @Test func aPersonReadsIt() throws {
    let outcome = try simulate(Self.story, "--color", "never")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      lines.contains { $0.hasPrefix("entities  left out  when language == \"de\": did not hold") }, "\(outcome.output)")
    #expect(lines.contains("  sentences   2") && lines.last?.hasPrefix("record    ") == true)
    #expect(lines.last?.hasSuffix("bytes, to the outbox") == true && !outcome.output.contains("\u{1B}"))
    #expect(try simulate(Self.story, "--color", "always").output.contains("\u{1B}[1m"))
  }

  @Test func whatGetsNoRecordSaysWhy() throws {
    let short = try simulate("The ferry is late.", "--color", "never")
    #expect(short.code == 0 && short.output.contains("discarded too short"), "\(short.output)")
    let empty = try simulate("", "--color", "never")
    #expect(empty.code == 65, "\(empty.output)\(empty.errors)")
    let wrong = try BuiltCommand.run("simulate", "p.yaml")
    #expect(wrong.code == 64 && wrong.errors.contains("name one file"), "\(wrong.errors)")
  }

  @Test func withoutAPipelineItIsTheShippedOne() throws {
    let folder = try Folder()
    try folder.write("a.txt", Self.story)
    for command in ["simulate", "process", "show"] {
      let outcome = try BuiltCommand.run([command, "a.txt"], in: folder.url)
      #expect(
        outcome.code == 0 && outcome.output.contains("Karl Dahl"), "\(command): \(outcome.output)\(outcome.errors)")
    }
    let piped = try BuiltCommand.run(["pipe"], input: Array(#"{"text": "Rain fell on Tolmar."}"#.utf8), in: folder.url)
    #expect(piped.code == 0 && piped.records.first?["pipeline"]?["name"]?.string == "news", "\(piped.errors)")
    let lonely = try BuiltCommand.run("process", "pipelines/news.yaml")
    #expect(lonely.code == 64 && lonely.errors.contains("name the files"), "\(lonely.errors)")
  }
}
