import Foundation
import StageKit
import Testing

/// `linecaster init`.
@Suite struct InitTests {
  @Test func aFirstPipelineIsWhole() throws {
    let folder = try Folder()
    let made = try BuiltCommand.run(["init"], in: folder.url)
    #expect(made.code == 0 && made.output.contains("linecaster run pipelines"), "\(made.errors)")
    let text = try String(contentsOf: folder.url.appendingPathComponent("pipelines/news.yaml"), encoding: .utf8)
    #expect(text.hasPrefix("# yaml-language-server: $schema=pipeline.schema.json\n"))
    let schema = try Data(contentsOf: folder.url.appendingPathComponent("pipelines/pipeline.schema.json"))
    #expect(Array(schema) == Array(try BuiltCommand.run("schema", "pipeline").output.utf8))
    for command in [["check", "pipelines"], ["test", "pipelines"]] {
      let outcome = try BuiltCommand.run(command, in: folder.url)
      #expect(outcome.code == 0 && !outcome.output.contains("warning"), "\(outcome.output)\(outcome.errors)")
    }
    // Every key that the reference has.
    let keys = try BuiltCommand.run("list", "pipeline").output.split(separator: "\n").filter {
      !$0.hasPrefix("stages") && !$0.hasPrefix("tests")
    }.map { $0.components(separatedBy: "  ")[0].components(separatedBy: ": ").last ?? "" }
    #expect(
      keys.count > 20 && keys.allSatisfy { text.contains("\($0):") }, "\(keys.filter { !text.contains("\($0):") })")
  }

  @Test func whatIsThereStays() throws {
    let folder = try Folder()
    try folder.write("p/news.yaml", "mine")
    let refused = try BuiltCommand.run(["init", "--directory", "p"], in: folder.url)
    #expect(refused.code == 1 && refused.errors.contains("left as it is"), "\(refused.errors)")
    #expect(try String(contentsOf: folder.url.appendingPathComponent("p/news.yaml"), encoding: .utf8) == "mine")
    #expect(try BuiltCommand.run(["init", "sport", "--directory", "p"], in: folder.url).code == 0)
    let wrong = try BuiltCommand.run(["init", "a/b"], in: folder.url)
    #expect(wrong.code == 64 && wrong.errors.contains("file names"), "\(wrong.errors)")
  }
}
