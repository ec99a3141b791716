import ArticleIO
import Foundation
import StageKit
import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    "run", "reload", "put", "process", "pipe", "check", "test", "simulate", "list",
    "show", "schema record", "schema pipeline",
  ])
  func everyCommandShowsExamples(command: String) throws {
    let outcome = try BuiltCommand.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("EXAMPLES"))
    #expect(outcome.output.contains("linecaster \(command)"))
  }

  @Test func wrongUsageIs64() throws {
    #expect(try BuiltCommand.run("proces").code == 64)
    #expect(try BuiltCommand.run("check").code == 64)
    #expect(try BuiltCommand.run("list", "segmnt").errors.contains("did you mean ‘segment’?"))
  }

  @Test(arguments: [
    (["chekc", "a.yaml"], "‘chekc’", "did you mean ‘check’?"), (["help", "proces"], "‘proces’", "‘process’"),
    (["spool", "chek", "x"], "‘spool chek’", "did you mean ‘spool check’?"),
    (["help", "dedupe", "stat"], "‘dedupe stat’", "‘dedupe stats’"), (["zzzzzzzz"], "‘zzzzzzzz’", "linecaster --help"),
    (["schema", "\u{1B}[2J"], "‘schema \u{FFFD}[2J’", "linecaster schema --help"),
  ])
  func aMistypedCommandIsNamedWithTheNearest(words: [String], name: String, mend: String) throws {
    let outcome = try BuiltCommand.run(words)
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("there is no command \(name)"), "\(outcome.errors)")
    #expect(outcome.errors.contains(mend), "\(outcome.errors)")
  }

  @Test(arguments: [["help"], ["help", "spool", "check"], ["--help"], ["spool", "--help"], ["help", "help"]])
  func helpIsThere(words: [String]) throws {
    let outcome = try BuiltCommand.run(words)
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("USAGE: linecaster"))
  }

  @Test(arguments: ["version", "-V"]) func versionIsOneLine(word: String) throws {
    let outcome = try BuiltCommand.run(word)
    #expect(outcome.code == 0)
    #expect(outcome.output.wholeMatch(of: /linecaster [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  @Test func schemasAreJSON() throws {
    for arguments in [["schema", "record"], ["schema", "pipeline"], ["schema", "record", "--for", "opensearch"]] {
      let outcome = try BuiltCommand.run(arguments)
      #expect(outcome.code == 0)
      #expect(throws: Never.self) { try JSONValue(parsing: Array(outcome.output.utf8)) }
    }
  }

  @Test func theSchemaOfAPipelineSaysWhatItLeavesOut() throws {
    let pipeline = BuiltCommand.checkout.appendingPathComponent("pipelines/annotate.yaml").path
    let outcome = try BuiltCommand.run("schema", "record", "--pipeline", pipeline)
    let properties = try JSONValue(parsing: Array(outcome.output.utf8))["properties"]
    #expect(properties?["alignment"]?["type"]?.string == "null")
    #expect(properties?["quotes"]?["anyOf"] != nil)
    let broken = try BuiltCommand.run("schema", "record", "--pipeline", "none.yaml")
    #expect(broken.code == 78 && broken.output.isEmpty)
  }

  @Test func keysThatAPipelineLeavesOutAreInNeitherRecordNorSchema() throws {
    let folder = try Folder()
    let pipeline = try folder.write("p.yaml", "name: p\noutbox: {keys: [title, text, paragraphs]}\nstages: [segment]\n")
    let outcome = try BuiltCommand.run("pipe", pipeline, input: Array(#"{"text":"Rain fell.","title":"Rain"}"#.utf8))
    #expect(outcome.code == 0 && outcome.errors == "")
    let schema = try JSONValue(parsing: Array(BuiltCommand.run("schema", "record", "--pipeline", pipeline).output.utf8))
    let record = try #require(outcome.records.first)
    guard case .object(let members) = record, case .object(let properties)? = schema["properties"] else {
      Issue.record("\(outcome.output)")
      return
    }
    #expect(members.map(\.key) == properties.map(\.key) && members.count == 10)
    #expect(record["title"]?.string == "Rain" && record["sentences"] == nil)
    let wrong = try folder.write("w.yaml", "name: p\noutbox: {keys: [titel]}\nstages: [segment]\n")
    #expect(try BuiltCommand.run("check", wrong).output.contains("did you mean ‘title’?"))
  }

  @Test(arguments: ["clean", "segment", "entities", "quotes", "dedupe"])
  func thePagesInDocsAreFresh(stage: String) throws {
    let page = BuiltCommand.checkout.appendingPathComponent("docs/reference/stages/\(stage).md")
    let written = String(decoding: try Data(contentsOf: page), as: UTF8.self)
    #expect(try BuiltCommand.run("list", stage, "--format", "markdown").output == written, "run make docs")
  }

  @Test(arguments: ["conditions", "pipeline", "commands", "metrics"]) func theOtherPagesAreFresh(page: String) throws {
    let path = BuiltCommand.checkout.appendingPathComponent("docs/reference/\(page).md")
    let written = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    let now = try BuiltCommand.run("list", page, "--format", "markdown").output
    #expect(now == written, "run make docs")
  }

  @Test func pagesAreReadInATerminalToo() throws {
    #expect(try BuiltCommand.run("list", "conditions").output.contains("duplicates.status  word"))
    #expect(try BuiltCommand.run("list", "pipeline").output.contains("inbox: settle"))
    #expect(try BuiltCommand.run("list", "commands").output.contains("linecaster spool check"))
  }

  @Test func everyStageHasAPage() throws {
    let names = try BuiltCommand.run("list").output
    for stage in ["clean", "segment", "entities", "quotes", "dedupe"] {
      #expect(names.contains(stage))
      let page = try BuiltCommand.run("list", stage)
      #expect(page.code == 0)
      #expect(page.output.contains("EXAMPLES"))
      #expect(page.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
  }
}
