import ArticleIO
import Foundation
import Testing

@Suite struct PipeTests {
  private let chain = "name: cut\nstages: [segment]\n"

  private func pipe(_ input: String, pipeline: String? = nil, _ flags: String...) throws -> BuiltCommand.Outcome {
    let folder = try Folder()
    let path = try folder.write("p.yaml", pipeline ?? chain)
    return try BuiltCommand.run(["pipe", path] + flags, input: Array(input.utf8))
  }

  @Test func keepsOrderIdsAndUnknownKeys() throws {
    let lines = (0..<500).map { #"{"id":"a\#($0)","text":"Rain fell on day \#($0). It stopped.","desk":{"n":\#($0)}}"# }
    let outcome = try pipe(lines.joined(separator: "\n"))
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
    let records = outcome.records
    #expect(records.map { $0["id"]?.string } == (0..<500).map { "a\($0)" })
    for (place, record) in records.enumerated() {
      expectGood(record)
      #expect(record["meta"]?["desk"]?["n"]?.int == place)
      #expect(record["sentences"]?.array?.count == 2)
    }
  }

  @Test func aLineThatIsNoArticleCostsOnlyItself() throws {
    let outcome = try pipe("{\"text\":\"One.\"}\n{\"text\":\n\n[1]\n{\"body\":\"x\"}\n{\"text\":\"Two.\"}\n")
    #expect(outcome.code == 65)
    #expect(outcome.records.map { $0["text"]?.string } == ["One.", "Two."])
    let messages = outcome.errors.split(separator: "\n")
    #expect(messages.count == 3)
    #expect(messages[0].contains("line 2") && messages[0].contains("JSON"))
    #expect(messages[1].contains("line 4"))
    #expect(messages[2].contains("line 5") && messages[2].contains("‘text’"))
  }

  @Test func strictStopsAtTheFirstBadLine() throws {
    let outcome = try pipe("{\"text\":\"One.\"}\nnonsense\n{\"text\":\"Two.\"}\n", "--strict")
    #expect(outcome.code == 65)
    #expect(outcome.records.map { $0["text"]?.string } == ["One."])
  }

  @Test func markupWithoutCleanSaysWhatToDo() throws {
    let outcome = try pipe(#"{"html":"<p>One."}"#)
    #expect(outcome.code == 65)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("put `clean` first"))
  }

  @Test func invalidUTF8IsNamedByItsByte() throws {
    let folder = try Folder()
    let path = try folder.write("p.yaml", chain)
    let outcome = try BuiltCommand.run("pipe", path, input: Array("{\"text\":\"".utf8) + [0xFF] + Array("\"}\n".utf8))
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("byte 10 is not UTF-8"))
  }

  @Test func workersDoNotChangeTheOutput() throws {
    let input = (0..<300).map {
      #"{"text":"Line \#($0) says “no”, Dr. Ode said. \#(String(repeating: "x ", count: $0))"}"#
    }
    .joined(separator: "\n")
    let one = try pipe(input, "--workers", "1")
    let many = try pipe(input, "--workers", "5")
    #expect(one.output == many.output)
    #expect(one.records.count == 300)
  }

  /// The same limit as of a file that the daemon reads.
  @Test func aLineHasItsLimit() throws {
    func line(_ bytes: Int) -> String { #"{"text":"Rain."}"# + String(repeating: " ", count: bytes - 16) }
    let outcome = try pipe(
      [line(1 << 20), line(1 << 20 + 1), line(16)].joined(separator: "\n"),
      pipeline: "name: news\ninbox: {max_input: 1MiB}\nstages: [segment]\n")
    #expect(outcome.code == 65)
    #expect(outcome.records.compactMap { $0["source"]?["line"]?.int } == [1, 3])
    #expect(outcome.errors.contains("line 2: the line is longer than 1048576 bytes"), "\(outcome.errors)")
  }

  @Test func emptyInputGivesEmptyOutput() throws {
    let outcome = try pipe("")
    #expect(outcome.code == 0)
    #expect(outcome.output == "")
  }
}
