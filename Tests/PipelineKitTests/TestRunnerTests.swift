import PipelineKit
import StageKit
import Testing

@Suite struct TestRunnerTests {
  private func failures(_ expect: String, input: String = "Ann came.") throws -> [String] {
    let text = "name: a\nstages: [cut, names, seen]\ntests: [{name: t, input: '\(input)', expect: \(expect)}]"
    let loaded = load([text])
    let pipeline = try #require(loaded.pipelines.first, "\(loaded.diagnostics)")
    let test = try #require(pipeline.tests.first)
    return test.verdict(on: Caster(pipeline: pipeline).outcome(of: test)).messages
  }

  @Test(arguments: [
    "{text: Ann came., sentences: [{start: 0}], entities: [], quotes: null}", "{seq: null, title: ~}",
    "{duplicates: {status: unique, of: null, matches: []}, pipeline: {name: a}}", "{source: {bytes: 9.0}}", "{}",
    "{\"schema\": \"linecaster/1\"}",
  ])
  func passes(expect: String) throws { #expect(try failures(expect) == []) }

  @Test(arguments: [
    ("{text: Bob}", [#"text: expected "Bob", found "Ann came.""#]),
    ("{text: null}", [#"text: expected null, found "Ann came.""#]),
    ("{sentences: [{start: 1, end: 9}]}", ["sentences[0].start: expected 1, found 0"]),
    ("{sentences: [{start: \"0\"}]}", [#"sentences[0].start: expected "0", found 0"#]),
    ("{sentences: []}", [#"sentences: expected 0 in the list, found 1: [{"start":0,"end":9}]"#]),
    ("{quotes: []}", ["quotes: expected a list of 0, found null"]),
    ("{entities: {}}", ["entities: expected a mapping, found []"]),
    ("{entitis: []}", ["entitis: the record has no such key; did you mean ‘entities’?"]),
    ("{duplicates: {sttus: near}}", ["duplicates.sttus: ‘duplicates’ has no such key; did you mean ‘status’?"]),
    ("{text: Bob, seq: 3}", [#"text: expected "Bob", found "Ann came.""#, "seq: expected 3, found null"]),
  ])
  func saysWhereAndWhat(expect: String, expected: [String]) throws { #expect(try failures(expect) == expected) }

  @Test func anArticleThatFailsIsToldWithItsStage() throws {
    #expect(try failures("{}", input: "<p>Ann</p>").first?.hasPrefix("the article failed in ‘cut’: ") == true)
    #expect(try failures("{}", input: " ").first?.contains("(empty)") == true)
  }

  @Test func examplesRunThroughWhatTheyNeed() {
    #expect(PipelineKit.failures(of: Body.declaration.examples[0], of: StageKind(Body.self), in: registry) == [])
    #expect(PipelineKit.failures(of: Names.declaration.examples[0], of: StageKind(Names.self), in: registry) == [])
    #expect(PipelineKit.failures(of: Speech.declaration.examples[0], of: StageKind(Speech.self), in: registry) == [])
    #expect(PipelineKit.failures(of: Seen.declaration.examples[0], of: StageKind(Seen.self), in: registry) == [])
  }

  @Test func examplesCanFail() {
    #expect(
      PipelineKit.failures(of: Names.declaration.examples[1], of: StageKind(Names.self), in: registry) == [
        "entities: expected null, found []"
      ])
    #expect(
      PipelineKit.failures(of: Names.declaration.examples[2], of: StageKind(Names.self), in: registry) == [
        "options:1:2: unknown key ‘limt’ in ‘names’; did you mean ‘limit’?"
      ])
    #expect(
      PipelineKit.failures(
        of: Speech.declaration.examples[0], of: StageKind(Speech.self), in: StageRegistry([StageKind(Body.self)])) == [
          "no stage provides sentences, which ‘speech’ needs"
        ])
    #expect(
      PipelineKit.failures(
        of: StageExample("bad YAML", input: "Ann", expect: "{a: 1"), of: StageKind(Cut.self), in: registry) == [
          "expect:1:1: ‘{’ is never closed: add ‘}’"
        ])
  }
}
