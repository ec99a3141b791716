import ArticleIO
import PipelineKit
import StageKit
import Testing

/// A stage that fails in the way its options say.
private struct Failing: Stage {
  struct Options: StageOptions {
    var effect = StageError.Effect.skipsLayer
  }
  static let declaration = StageDeclaration<Options>(
    name: "failing", summary: "Fails.", provides: [], examples: [])
  let effect: StageError.Effect
  init(options: Options, context: StageContext) { effect = options.effect }
  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    throw StageError(effect, ownClass: "odd", "It went wrong.")
  }
}

@Suite struct ChainTests {
  private func cast(
    _ json: String, _ stage: Failing, deadline: Duration? = nil
  ) -> Result<Cast, CastingError> {
    let caster = Caster(
      chain: Chain([ChainLink(StageKind(Failing.self), processor: stage)]), writer: RecordWriter(), pipelineName: "p",
      pipelineDigest: "d", deadline: deadline)
    return caster.cast(RawArticle(bytes: Array(json.utf8), line: 1, format: .jsonLines), name: [])
  }

  @Test func aSkippedLayerIsNotedInTheRecord() throws {
    var options = Failing.Options()
    let cast = try cast(#"{"text":"t"}"#, Failing(options: options, context: StageContext())).get()
    let record = try JSONValue(parsing: cast.line(nil))
    #expect(record["errors"]?.array?[0]["stage"]?.string == "failing")
    options.effect = .failsArticle
    let failed = self.cast(#"{"text":"t"}"#, Failing(options: options, context: StageContext()))
    let error = #expect(throws: CastingError.self) { try failed.get() }
    #expect(error?.stage == "failing" && error?.class == "odd" && error?.message == "It went wrong.")
    // Whoever waits for it is told which article it was.
    #expect(error?.id?.count == 24)
  }

  @Test func markupWantsAStageThatTurnsItIntoText() {
    let stage = Failing(options: Failing.Options(), context: StageContext())
    let error = #expect(throws: CastingError.self) { try cast(#"{"html":"<p>t"}"#, stage).get() }
    #expect(error?.class == "needs_clean")
  }

  @Test func anArticlePastItsDeadlineFails() {
    let stage = Failing(options: Failing.Options(), context: StageContext())
    let error = #expect(throws: CastingError.self) { try cast(#"{"text":"t"}"#, stage, deadline: .zero).get() }
    #expect(error?.class == "deadline")
  }
}
