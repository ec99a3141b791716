import ArticleIO
import ArticleTesting
import BuiltinStages
import PipelineKit
import StageKit
import Testing

/// Generated articles through whole chains in a debug build, whose asserts stop at what a release build clamps.
@Suite struct GeneratedArticleTests {
  private static let samples = 150

  @Test(arguments: ["pages", "texts"])
  func recordsKeepEveryInvariant(chain: String) throws {
    let seed = UInt64.random(in: 0..<1_000_000_000_000)
    print("generated articles of \(chain): seed \(seed)")
    let folder = #filePath.split(separator: "/").dropLast(2).map { "/\($0)" }.joined()
    let loaded = Pipeline.load(paths: ["\(folder)/Fuzz/\(chain).yaml"], registry: .builtin, context: .installed)
    let pipeline = try #require(loaded.pipelines.first, "\(loaded.diagnostics)")
    let caster = Caster(pipeline: pipeline)
    let decider = pipeline.chain.makeDecider()
    let generator = SampleGenerator(seeds: Self.seeds, seed: seed, limit: 2048)
    for number in 0..<Self.samples {
      let sample = generator.sample(number)
      let raw = RawArticle(bytes: sample.line, line: number + 1, format: .jsonLines)
      guard case .success(let cast) = caster.cast(raw, name: []) else { continue }
      let origin = RecordCheck.Origin(source: sample.text, stages: pipeline.chain.links.map(\.kind.name))
      let violations = RecordCheck.violations(ofLine: try cast.line(decider), origin)
      #expect(violations.isEmpty, "sample \(number) of seed \(seed): \(String(decoding: sample.line, as: UTF8.self))")
    }
  }

  private static let seeds = [
    """
    HOLMVIK, Monday (Northwire) — The harbour of Holmvik opened on May 4, 2017, after repairs that cost $5.3 million, 12 per \
    cent more than planned.

    “We sail on Monday,” said Ada Corr, the mayor of Holmvik, “and we return in May.” She told reporters that the nets \
    were torn. According to the Harbour Authority (HA), nobody was hurt at 17:30 GMT.

    Q: Why now?

    A: “Because.” Mr. Lund warned: the storm would come. Lund 2, Holm 1.
    """,
    """
    <html><body><h1>Ferry returns to Holmvik</h1><p class="byline">By Kai Moe</p><p>The ferry sails again after a winter of \
    repairs, the harbour office said on Monday.</p><p>It will cross the fjord twice a day, Ada Corr said.</p></body></html>
    """,
  ].map { Array($0.utf8) }
}
