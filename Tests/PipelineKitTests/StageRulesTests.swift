import ArticleIO
import PipelineKit
import StageKit
import Testing

@Suite struct StageRulesTests {
  private func record(_ stages: String, _ input: String = #"{"text":"Ann came."}"#) throws -> JSONValue {
    let loaded = load(["name: a\nstages:\n" + stages])
    try #require(loaded.diagnostics == [])
    let caster = Caster(pipeline: try #require(loaded.pipelines.first))
    let raw = RawArticle(bytes: Array(input.utf8), line: 1, format: .jsonLines)
    return try JSONValue(
      parsing: try caster.cast(raw, name: Array("a.jsonl".utf8)).get().line(caster.chain.makeDecider()))
  }

  @Test func aStageRunsWhereItsConditionHolds() throws {
    let chain = "- cut\n- names: {when: words > 2}\n"
    #expect(try record(chain)["entities"] == .null)
    #expect(try record(chain)["errors"] == .array([]))
    #expect(try record(chain, #"{"text":"Ann came by."}"#)["entities"] == .array([]))
  }

  /// `speech` would fail the article without its layers.
  @Test func whatNeedsALayerThatWasLeftOutIsLeftOutToo() throws {
    let record = try record("- cut: {when: words > 2}\n- names\n- speech\n")
    #expect(record["sentences"] == .null && record["entities"] == .null && record["quotes"] == .null)
    #expect(record["errors"] == .array([]))
  }

  @Test func anArticleThatIsLeftOutIsNotRemembered() throws {
    #expect(try record("- seen: {when: words > 2}\n")["duplicates"] == .null)
    #expect(try record("- seen: {when: words > 1}\n")["duplicates"]?["status"]?.string == "unique")
  }

  @Test func aPageThatIsLeftAPageFails() throws {
    let error = #expect(throws: CastingError.self) {
      try record("- body: {when: source.line > 1}\n", #"{"html":"<p>Ann"}"#)
    }
    #expect(error?.class == "needs_clean")
    #expect(error?.message == "the article is HTML, and ‘body’ did not turn it into text, by its ‘when’ or ‘on_error’")
    #expect(try record("- body: {when: source.line > 1}\n")["text"]?.string == "Ann came.")
  }

  /// What a stage throws, what it notes, and the rule: whether the article fails, and how many entries it has in `errors`.
  @Test(arguments: [
    (StageError.Effect.failsArticle, StageRules.ErrorRule?.none, Int?.none), (.skipsLayer, nil, 1),
    (.limitsLayer, nil, 1),
    (.failsArticle, .fail, nil), (.skipsLayer, .fail, nil), (.limitsLayer, .fail, nil), (.failsArticle, .skip, 1),
    (.skipsLayer, .skip, 1), (.limitsLayer, .skip, 1),
  ])
  func onErrorSaysWhatAnErrorCosts(effect: StageError.Effect, rule: StageRules.ErrorRule?, entries: Int?) throws {
    var rules = StageRules()
    rules.onError = rule
    let cut = ChainLink(StageKind(Cut.self), rules: rules, processor: Stumbling(effect: effect))
    let names = try ChainLink(StageKind(Names.self), context: StageContext())
    let speech = try ChainLink(StageKind(Speech.self), context: StageContext())
    let chain = Chain(effect == .limitsLayer ? [cut] : rule == .skip ? [cut, names, speech] : [cut, names])
    var article = try RawArticle(bytes: Array(#"{"text":"t"}"#.utf8), line: 1, format: .jsonLines).decode(name: [])
    do throws(StageError) {
      try chain.process(&article, deadline: .none)
      #expect(article.errors.map(\.stage) == Array(repeating: "cut", count: entries ?? -1))
    } catch {
      #expect(entries == nil && error.stage == "cut" && error.class == "odd")
    }
  }

  @Test(arguments: [
    ("- cut\n- names: {when: wrods > 5}", ["4:17-4:22 unknown field ‘wrods’; did you mean ‘words’?"]),
    (
      "- cut\n- names:\n    when: words > 5 and\n      language == en",
      ["6:19-6:21 ‘language’ is a language code, which stands in quotation marks, as in \"en\""]
    ),
    (
      "- cut\n- names: {when: 'title == ''a'' or title == 5'}",
      ["4:45-4:46 ‘title’ is a text, which stands in quotation marks, as in \"Holmvik\""]
    ),
    (
      "- cut\n- names:\n    when: >\n      words > 5\n      and x",
      ["7:11-7:12 unknown field ‘x’: linecaster list conditions names all that there are"]
    ),
    ("- cut\n- names: {when: \"title == \\\"é\\\" x\"}", ["4:33-4:34 ‘and’ or ‘or’ is wanted before ‘x’"]),
    ("- cut\n- names: {when: }", ["4:17-4:17 ‘when’ has no value; it takes condition, as in ‘words > 50’"]),
    (
      "- cut\n- names: {when: [words]}",
      ["4:17-4:24 a single value is wanted here: condition, as in ‘words > 50’"]
    ),
    (
      "- cut: {when: words > 5}\n- body",
      [
        "3:15-3:20 ‘words’ is known behind ‘body’: move ‘body’ before ‘cut’",
        "4:3-4:7 ‘body’ replaces the text that ‘cut’ has worked on: put ‘body’ before ‘cut’",
      ]
    ),
    (
      "- cut: {when: language == \"en\"}",
      ["3:15-3:23 ‘language’ is what ‘cut’ itself finds: a stage can only ask for what is known before it"]
    ),
    (
      "- cut\n- names: {when: quotes.count > 1}\n- speech",
      ["4:17-4:29 ‘quotes.count’ is known behind ‘speech’: move ‘speech’ before ‘names’"]
    ),
    (
      "- cut: {when: entities.count > 1}",
      ["3:15-3:29 no stage of the chain gives ‘entities.count’: put ‘names’ before it"]
    ),
    (
      "- cut\n- seen: {when: duplicates.status == \"near\" or errors.count > 1}",
      [
        "4:16-4:33 ‘duplicates.status’ is decided when an article is committed, behind all stages: only ‘route’ can ask for it",
        "4:47-4:59 ‘errors.count’ is known behind the last stage: a stage cannot ask for it",
      ]
    ),
    ("- cut: {on_error: skp}", ["3:19-3:22 ‘skp’ is not one of fail, skip; did you mean ‘skip’?"]),
    ("- cut: {wen: words > 1}", ["3:9-3:12 unknown key ‘wen’ in ‘cut’; did you mean ‘when’?"]),
  ])
  func whatIsWrongIsSaidAtItsPlace(stages: String, found: [String]) { #expect(chainProblems(stages) == found) }

  @Test func whatStandsFromTheStartCanBeAskedBeforeClean() {
    #expect(
      chainProblems("- body: {when: source.format == \"html\"}\n- cut: {when: language == null or words > 1}") == [])
  }

  @Test func theRulesCountInTheDigestAndStandInTheSchema() throws {
    let digests = [
      "cut", "cut: {when: words > 1}", "cut: {when: words > 2}", "cut: {on_error: skip}", "cut: {on_error: fail}",
    ]
    .map { load(["name: a\nstages:\n  - \($0)"]).pipelines.first?.digest }
    #expect(Set(digests).count == 5 && !digests.contains(nil))
    let text = String(decoding: PipelineSchema.schema(of: registry).encoded, as: UTF8.self)
    #expect(text.contains(#""on_error":{"description":"#) && text.contains(#""enum":["fail","skip"]"#))
  }
}

private struct Stumbling: ArticleProcessor {
  let effect: StageError.Effect

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    let error = StageError(effect, ownClass: "odd", "It went wrong.")
    if effect != .limitsLayer { throw error }
    article.errors.append(error)
  }
}
