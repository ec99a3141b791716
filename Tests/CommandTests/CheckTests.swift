import ArticleIO
import Foundation
import StageKit
import Testing

@Suite struct CheckTests {
  private func check(_ yaml: String, _ flags: String...) throws -> BuiltCommand.Outcome {
    let folder = try Folder()
    try folder.write("news.yaml", yaml)
    return try BuiltCommand.run(["check"] + flags + ["news.yaml"], in: folder.url)
  }

  @Test func theReadyPipelinesAreRight() throws {
    let outcome = try BuiltCommand.run("check", "pipelines")
    #expect(outcome.code == 0, "\(outcome.output)")
    let tests = try BuiltCommand.run("test", "pipelines")
    #expect(tests.code == 0, "\(tests.output)")
  }

  @Test func errorsLookLikeACompilers() throws {
    let outcome = try check("name: news\nstages:\n  - clean\n  - segmnt\n")
    #expect(outcome.code == 78)
    #expect(
      outcome.output == """
        news.yaml:4:5: error: unknown stage ‘segmnt’; did you mean ‘segment’?
          4 |   - segmnt
            |     ^~~~~~

        """)
  }

  @Test func allErrorsComeAtOnce() throws {
    let outcome = try check(
      """
      name: news
      inbox: {setle: 5s, max_input: lots}
      stages:
        - quotes: {kinds: [mixde]}
        - segment: {tokens: perhaps}
        - segment
      colour: red
      """)
    #expect(outcome.code == 78)
    for part in [
      "2:9", "‘setle’", "settle", "2:31", "‘lots’", "4:5", "4:22", "mixed", "5:23", "6:5", "7:1", "‘colour’",
    ] {
      #expect(outcome.output.contains(part), "\(part) is missing in:\n\(outcome.output)")
    }
  }

  @Test func jsonForEditors() throws {
    let outcome = try check("name: news\nstages: [claen]\n", "--format", "json")
    #expect(outcome.code == 78)
    let found = try JSONValue(parsing: Array(outcome.output.utf8)).array
    #expect(found?.first?["line"]?.int == 2)
    #expect(found?.first?["column"]?.int == 10)
    #expect(found?.first?["end_column"]?.int == 15)
  }

  @Test func digestsTellWhichStageAChangeTouches() throws {
    let chain = "name: news\nstages:\n  - clean\n  - segment\n  - entities"
    func digests(_ yaml: String) throws -> [JSONValue] {
      let outcome = try check(yaml, "--digests", "--format", "json")
      #expect(outcome.code == 0, "\(outcome.output)")
      let found = try JSONValue(parsing: Array(outcome.output.utf8))
      #expect(found["diagnostics"]?.array?.isEmpty == true)
      let pipeline = try #require(found["pipelines"]?.array?.first)
      return [pipeline["digest"]].compactMap(\.self) + (pipeline["stages"]?.array ?? [])
    }
    let (before, after) = (try digests(chain), try digests(chain + ": {types: [ORG]}"))
    #expect(before.dropFirst().map { $0["stage"]?.string } == ["clean", "segment", "entities"])
    #expect(zip(before, after).map { $0 == $1 } == [false, true, true, false])
    let text = try check(chain, "--digests").output.split(separator: "\n")
    #expect(text.count == 5 && text[0] == "news.yaml: ok")
    #expect(text[4].hasPrefix("  entities  ") && text[4].utf8.count == 36, "\(text)")
  }

  @Test func anotherModelIsAnotherDigest() throws {
    let folder = try Folder()
    let model = try String(
      contentsOf: BuiltCommand.checkout.appendingPathComponent("models/quotes.model"), encoding: .utf8)
    try folder.write("mine.model", model)
    func digests(_ option: String) throws -> [Substring] {
      try folder.write("news.yaml", "name: news\nstages: [segment, entities, {quotes: {model: \(option)}}]\n")
      let outcome = try BuiltCommand.run("check", "--digests", "news.yaml", in: folder.url)
      #expect(outcome.code == 0, "\(outcome.output)")
      return outcome.output.split(separator: "\n")
    }
    let (installed, same) = (try digests("quotes.model"), try digests("./mine.model"))
    #expect(zip(installed, same).map { $0 == $1 } == [true, false, true, true, false])
    // One figure of the model is another.
    try folder.write("mine.model", model.replacing("= ends: ", with: "= ends: not "))
    let refused = try BuiltCommand.run("check", "news.yaml", in: folder.url)
    #expect(refused.code == 78)
    #expect(refused.output.contains("‘quotes’ cannot start: "), "\(refused.output)")
    #expect(refused.output.contains("mine.model is damaged or cut short"), "\(refused.output)")
  }

  @Test(arguments: [
    "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
    "name: news\n\tstages: [clean]\n", "name: news\nname: olds\nstages: [clean]\n", "name: [news]\nstages: {a: b}\n",
    "stages: clean\n", "", "- a\n- b\n", "name: \"news\nstages: [clean]\n", "name: n\u{0}ews\n",
    "name: news\nstages: [clean]\n---\nname: more\n", "<<: {a: b}\n", "name: !!python/object x\nstages: [clean]\n",
    "name: news\nstages: []\n",
  ])
  func hostileYAMLGetsAPlainError(yaml: String) throws {
    let outcome = try check(yaml)
    #expect(outcome.code == 78)
    #expect(outcome.output.contains("error: "))
    #expect(outcome.errors == "")
  }

  @Test func deepNestingGetsAPlainError() throws {
    let outcome = try check(String(repeating: "[", count: 100_000))
    #expect(outcome.code == 78)
    #expect(outcome.output.contains("error: "))
  }

  @Test func bytesThatAreNoUTF8AreNamedByLine() throws {
    let folder = try Folder()
    try folder.write("bad.yaml", Array("name: news\nstages: [cl".utf8) + [0xC3, 0x28] + Array("]\n".utf8))
    let outcome = try BuiltCommand.run("check", "bad.yaml", in: folder.url)
    #expect(outcome.code == 78)
    #expect(outcome.output.contains("bad.yaml:2:12: error: "))
  }

  @Test func aFileThatIsNotThereIsSaid() throws {
    let outcome = try BuiltCommand.run("check", "nowhere.yaml")
    #expect(outcome.code == 78)
    #expect(outcome.output.contains("nowhere.yaml"))
    let pipe = try BuiltCommand.run("pipe", "nowhere.yaml")
    #expect(pipe.code == 78)
    #expect(pipe.errors.contains("nowhere.yaml"))
  }

  /// Only the workers make the stages; what is wrong with one is told as `check` tells it.
  @Test func aListThatIsNotThereIsToldByWhoeverRunsTheChain() throws {
    let spool = try CommandSpool()
    let text = "name: news\ninbox: {path: inbox}\nstages:\n  - segment\n  - entities: {gazetteers: [none.tsv]}\n"
    _ = try spool.folder.write("bad.yaml", text)
    let expected = "bad.yaml:5:5: error: ‘entities’ cannot start: "
    for arguments in [["check", "bad.yaml"], ["pipe", "bad.yaml"], ["process", "bad.yaml", "bad.yaml"]] {
      let outcome = try BuiltCommand.run(arguments, in: spool.folder.url)
      #expect(outcome.code == 78, "\(arguments)")
      #expect((outcome.output + outcome.errors).contains(expected), "\(arguments)")
    }
    let run = try BuiltCommand.run(["run", "bad.yaml", "--root", spool.root.path, "--once"], in: spool.folder.url)
    #expect(run.code == 78 && run.errors.contains(expected))
  }
}
