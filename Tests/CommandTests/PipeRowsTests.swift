import Foundation
import StageKit
import Testing

/// `pipe` in a cluster: a line out for each line in, and ids that do not hang on the place.
@Suite struct PipeRowsTests {
  private static let pipeline = "name: news\ndiscard: [{when: words < 3, reason: too short}]\nstages: [segment]\n"

  private func pipe(_ lines: [String], _ arguments: String...) throws -> (
    rows: [JSONValue], outcome: BuiltCommand.Outcome
  ) {
    let folder = try Folder()
    let path = try folder.write("news.yaml", Self.pipeline)
    let input = Array((lines.joined(separator: "\n") + "\n").utf8)
    let outcome = try BuiltCommand.run(["pipe", path] + arguments, input: input)
    return (try outcome.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }, outcome)
  }

  @Test func eachLineHasOneInItsPlace() throws {
    let lines = [
      #"{"id":"a","text":"Rain fell on Tolmar."}"#, "nonsense", #"{"id":"b","text":"Short."}"#,
      #"{"id":"c","html":"<p>Not text yet.</p>"}"#, #"{"text":"The river rose again."}"#,
    ]
    let (rows, outcome) = try pipe(lines, "--errors", "rows")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(
      rows.map { $0["schema"]?.string } == [
        "linecaster/1", "linecaster-error/1", "linecaster-discarded/1", "linecaster-error/1", "linecaster/1",
      ])
    #expect(rows[1]["line"]?.int == 2 && rows[1]["id"] == .null && rows[1]["class"]?.string == "not_json")
    #expect(rows[3]["line"]?.int == 4 && rows[3]["id"]?.string == "c" && rows[3]["class"]?.string == "needs_clean")
    #expect(rows[3]["message"]?.string?.isEmpty == false)
  }

  @Test func idsOfContentAreTheSameEverywhere() throws {
    let lines = [
      #"{"text":"Rain fell on Tolmar."}"#, #"{"text":"The river rose again."}"#, #"{"id":"own","text":"It is so."}"#,
    ]
    let one = try pipe(lines, "--ids", "content").rows.map { $0["id"]?.string }
    let other = try pipe(lines.reversed(), "--ids", "content").rows.map { $0["id"]?.string }
    #expect(one == other.reversed() && one[2] == "own" && one[0]?.count == 24 && Set(one).count == 3)
    let places = try pipe(lines).rows.map { $0["id"]?.string }
    #expect(places[0] != one[0])
  }

  @Test func memoryWithoutAnIndexIsTold() throws {
    let folder = try Folder()
    let path = try folder.write("news.yaml", "name: news\nstages: [dedupe]\n")
    let input = Array(#"{"text":"Rain fell on Tolmar."}"#.utf8)
    let outcome = try BuiltCommand.run(["pipe", path], input: input)
    #expect(outcome.code == 0 && outcome.errors.contains("only copies within this input are found"))
    let kept = try BuiltCommand.run(["pipe", path, "--index", folder.url.path + "/index"], input: input)
    #expect(kept.errors.isEmpty, "\(kept.errors)")
  }

  @Test func strictAndRowsContradict() throws {
    #expect(try BuiltCommand.run("pipe", "--strict", "--errors", "rows").code == 64)
  }
}
