import ArticleIO
import BuiltinStages
import PipelineKit
import StageKit

/// What one condition of one article costs, on one core.
struct ConditionCost: Encodable {
  var condition: String
  var nanoseconds: Double

  /// Cheap ones and dear ones: those that count words look at the whole text.
  private static let conditions = [
    #"language == "en""#, #"title matches "*harbour*""#, "words > 50", #"language == "en" and words > 50"#,
    #"tags in ["sport", "culture"] or source.format == "html""#, #"entities.name == "Nobody""#,
  ]

  static func measure(_ inputs: [RawArticle], runs: Int) throws -> [ConditionCost] {
    let rules = conditions.map { "  - {when: '\($0)', reason: r}\n" }.joined()
    let text = "name: bench\nstages: [clean, segment, entities, quotes]\ndiscard:\n\(rules)"
    let loaded = Pipeline.load(
      [SourceFile(path: "bench", bytes: Array(text.utf8))], registry: .builtin, context: .installed)
    guard let pipeline = loaded.pipelines.first else { throw BenchError("\(loaded.diagnostics)") }
    let articles = try inputs.map { raw in
      var article = try raw.decode(name: [])
      try pipeline.chain.process(&article, deadline: .none)
      return article
    }
    let rounds = max(1, 100_000 / articles.count)
    return pipeline.routing.discards.map { rule in
      var held = 0
      let times = (0..<runs).map { _ in
        seconds {
          for _ in 0..<rounds { for article in articles where rule.when.holds(of: article) { held += 1 } }
        }
      }
      keep(held)
      return ConditionCost(
        condition: rule.when.text, nanoseconds: times.median / Double(rounds * articles.count) * 1e9)
    }
  }
}
