import ArticleIO
import PipelineKit
import StageKit
import Testing

@Suite struct RoutingTests {
  private func pipeline(_ text: String) throws -> Pipeline {
    let loaded = load(["name: a\n" + text])
    return try #require(loaded.pipelines.first, "\(loaded.diagnostics)")
  }

  private func cast(_ text: String, _ input: String) throws -> Cast {
    let raw = RawArticle(bytes: Array(input.utf8), line: 1, format: .jsonLines)
    return try Caster(pipeline: try pipeline(text)).cast(raw, name: Array("a.jsonl".utf8), tags: [[0x78]]).get()
  }

  private static let discards = """
    stages: [body, cut, names, speech, seen]
    discard:
      - {when: words < 3, reason: too short}
      - {when: 'source.line > 5 or title == "x"', reason: unwanted}
      - {when: entities.count == 0 and errors.count == 0, reason: nobody}
    """

  /// The second rule reads the title, which `body` may put right, so that all but the last are looked at behind it.
  @Test(arguments: [
    (#"{"text":"One two three.","title":"x"}"#, 1, "unwanted"), (#"{"text":"One two.","title":"x"}"#, 0, "too short"),
    (#"{"text":"One two three."}"#, 2, "nobody"), (#"{"html":"<p>One two<b class='a b c'>"}"#, 0, "too short"),
  ]) func theFirstRuleThatHoldsDiscards(input: String, place: Int, reason: String) throws {
    let cast = try cast(Self.discards, input)
    #expect(cast.destination == .discarded(reason: place))
    // Stages behind the rule did not run, and nothing is remembered.
    #expect((cast.article.segmentation == nil) == (place < 2) && cast.article.handover == nil)
    let line = try JSONValue(parsing: cast.parts.line(Decision(revisionOf: 7)))
    #expect(RecordSchema.discarded.problems(in: line) == [])
    #expect(line["reason"]?.string == reason && line["source"]?["name"]?.string == "a.jsonl")
    #expect(line["schema"]?.string == "linecaster-discarded/1" && line["revision_of"]?.int == 7 && line["text"] == nil)
    #expect(try JSONValue(parsing: RecordSchema.discarded.jsonSchema)["title"]?.string == "linecaster-discarded/1")
  }

  private static let routes = """
    stages: [cut, seen]
    outbox:
      route:
        - {when: words > 5, to: long}
        - {when: 'duplicates.status in ["exact", "near"]', to: copies}
        - {when: tags == "x" and words > 2, to: tagged}
        - {when: words > 4, to: long}
    """

  @Test func theFirstRouteThatHoldsTakesTheRecord() throws {
    let routing = try pipeline(Self.routes).routing
    #expect(routing.folders == ["long", "copies", "tagged"])
    for (text, statuses) in [
      ("1 2 3 4 5 6", ["long", "long", "long"]), ("1 2 3", ["tagged", "copies", "tagged"]),
      ("1", [nil, "copies", nil]),
    ] as [(String, [String?])] {
      let cast = try cast(Self.routes, #"{"text":"\#(text)"}"#)
      guard case .record(let table) = cast.destination else { throw Missing() }
      let found = [nil, .near, .partial].map { routing.folder(table, $0).map { routing.folders[$0] } }
      #expect(found == statuses, "\(text)")
      #expect(routing.has(cast.destination) && RouteTable(checking: table.places) == table)
    }
    #expect(try cast("stages: [cut]", #"{"text":"t"}"#).destination == .record(.main))
  }

  @Test func whatAnotherProcessSaysIsChecked() throws {
    let routing = try pipeline(Self.routes + "\ndiscard: [{when: words < 1, reason: r}]").routing
    #expect(
      routing.has(.discarded(reason: 0)) && !routing.has(.discarded(reason: 1)) && !routing.has(.discarded(reason: -1)))
    let (good, far) = (try #require(RouteTable(checking: [3])), try #require(RouteTable(checking: [0, 1, 2, 3, 4])))
    #expect(routing.has(.record(good)) && !routing.has(.record(far)) && !Routing().has(.record(good)))
    for count in [0, 2, 4, 6] { #expect(RouteTable(checking: Array(repeating: 0, count: count)) == nil) }
  }

  @Test(arguments: [
    ("discard: {when: words > 1}", ["3:10-3:27 ‘discard’ wants a list of rules, each with ‘when’ and ‘reason’"]),
    ("discard: [{when: words > 1}]", ["3:11-3:11 the rule has no ‘reason’"]),
    ("discard: [{reason: x}]", ["3:11-3:11 the rule has no ‘when’"]),
    (
      "discard: [{when: wrods > 1, reason: ''}]",
      ["3:18-3:23 unknown field ‘wrods’; did you mean ‘words’?", "3:37-3:39 the reason is empty"]
    ),
    (
      "discard: [{when: words > 1, reson: x}]",
      ["3:11-3:11 the rule has no ‘reason’", "3:29-3:34 unknown key ‘reson’ in ‘discard’; did you mean ‘reason’?"]
    ),
    (
      "discard: [{when: entities.count > 1, reason: x}]",
      ["3:18-3:32 no stage of the chain gives ‘entities.count’: put ‘names’ into it"]
    ),
    (
      "discard: [{when: duplicates.status == \"near\", reason: x}]",
      [
        "3:18-3:35 ‘duplicates.status’ is decided of articles that are not discarded: ask for it in a ‘route’, or let ‘dedupe’ "
          + "set copies aside (action: set_aside)"
      ]
    ),
    (
      "outbox: {route: [{when: duplicates.status == \"near\", to: x}]}",
      ["3:25-3:42 no stage of the chain gives ‘duplicates.status’: put ‘seen’ into it"]
    ),
    (
      "outbox: {route: [{when: words > 1, to: duplicates}]}",
      ["3:40-3:50 ‘duplicates’ takes other lines: give the folder another name"]
    ),
    (
      "outbox: {route: [{when: words > 1, to: a/b}]}",
      [
        "3:40-3:43 the name becomes a folder of the outbox: use 1 to 64 of a-z, A-Z, 0-9, ‘-’ and ‘_’, and start with a letter "
          + "or digit"
      ]
    ),
  ]) func whatIsWrongIsSaidAtItsPlace(rules: String, found: [String]) {
    #expect(problems("name: a\nstages: [cut]\n" + rules) == found)
  }

  @Test func theRulesCountInTheDigestAndStandInTheSchema() throws {
    let digests = [
      "", "discard: [{when: words > 1, reason: x}]", "discard: [{when: words > 1, reason: y}]",
      "discard: [{when: words > 2, reason: x}]", "outbox: {route: [{when: words > 1, to: x}]}",
      "outbox: {route: [{when: words > 1, to: y}]}",
    ].map { load(["name: a\nstages: [cut]\n\($0)"]).pipelines.first?.digest }
    #expect(Set(digests).count == digests.count && !digests.contains(nil))
    let properties = PipelineSchema.schema(of: registry)["properties"]
    #expect(properties?["discard"]?["items"]?["required"] == .array([.string("when"), .string("reason")]))
    #expect(properties?["outbox"]?["properties"]?["route"]?["items"]?["properties"]?["to"] != nil)
  }

  @Test func aTestMayExpectThatAnArticleIsDiscarded() throws {
    func failures(_ input: String, _ expect: String) throws -> [String] {
      let pipeline = try pipeline(
        "stages: [cut]\ndiscard: [{when: words < 3, reason: too short}]\ntests: [{name: t, input: \(input), expect: \(expect)}]"
      )
      let test = try #require(pipeline.tests.first)
      return test.verdict(on: Caster(pipeline: pipeline).outcome(of: test)).messages
    }
    #expect(try failures("One two.", "{reason: too short}") == [])
    #expect(
      try failures("One two.", "{text: One two.}") == [
        "the article was discarded: too short", "text: the record has no such key",
      ])
    #expect(try failures("One two three.", "{reason: too short}") == ["reason: the record has no such key"])
  }
}

private struct Missing: Error {}
