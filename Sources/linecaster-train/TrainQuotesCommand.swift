import ArgumentParser
import ArticleIO
import Entities
import PipelineKit
import Quotes
import StageKit
import Terminal
import Training

struct TrainQuotesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quotes",
    abstract: "Fit the ends of reported speech, and the confidence, of the stage quotes.",
    discussion: """
      Reads JSON Lines, also with .gz: `text`, and `quotes`, a list of objects with `start`, `end`, `speaker` ([start, \
      end] or null), and optionally `source_spans` (more places of the speaker) and `speech` (false for what somebody \
      only thinks, which is not counted); offsets are half-open and count code points. Where content \
      clauses end is learned first; then the stage runs on the articles, and the share of right quotations of each \
      construction and form of speaker is counted. Both are sections of the model, `ends` and `confidence`. Articles of --measure are not learned \
      from: on them the ends are compared with those of the rules, and the shares with what the table foretells.

      EXAMPLES
        linecaster train quotes --data half.jsonl.gz --measure other.jsonl.gz --out models/quotes.model
      """)

  @Option(
    parsing: .upToNextOption, help: "Articles with their quotations.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String]

  @Option(
    parsing: .upToNextOption, help: "Articles that are measured only; without them, those of --data are.",
    completion: .file(extensions: ["jsonl", "gz"]))
  var measure: [String] = []

  @OptionGroup var files: ModelOptions

  func run() throws {
    let former = try files.former(of: QuotesModel.stage)
    let articles: [[LabelledQuotes]]
    let ends: ClauseEndFit
    let fit: ConfidenceFit
    do {
      let entities = try EntitiesStage(options: Self.entitiesOptions, context: ResourceSearch.installed.context)
      articles = try [data, measure].map { paths in
        try paths.flatMap { try LabelledFile.quotes(in: $0, entities: entities) }
      }
      let (formerEnds, lacking) = ClauseEndModel.goingOn(from: former)
      files.tell(lacking)
      ends = try ClauseEndFit(articles[0], measured: articles[1], former: formerEnds)
      fit = try ConfidenceFit(articles[0], measured: articles[1], ends: ends.model)
    } catch let error as InputError {
      complain(error.message)
      throw ExitCode.badInput
    } catch let error as StageError {
      complain(error.message)
      throw ExitCode.badInput
    }
    show(ends, fit, learned: articles[0].count, measured: articles[1].count)
    try files.write([ends.section, fit.section], into: former)
  }

  /// Labelled articles are read whatever language they look like.
  private static var entitiesOptions: EntitiesStage.Options {
    var options = EntitiesStage.Options()
    options.languages = []
    return options
  }

  private func show(_ ends: ClauseEndFit, _ fit: ConfidenceFit, learned: Int, measured: Int) {
    var lines = ["quotes: learned from \(learned) articles, measured \(measured == 0 ? learned : measured)"]
    for (title, score) in [("by the rules", ends.ruled), ("fitted", ends.fitted)] {
      lines.append("  ends of clauses \(title): \(score.exact) of \(score.clauses) exact, \(score.near) nearly")
    }
    for row in fit.rows where row.count > 0 {
      let shares = [row.withContent, row.right].map { decimals(Double($0) * 100 / Double(row.count), 1) }
      lines.append("  \(row.construction): \(row.count), content right \(shares[0]) %, both right \(shares[1]) %")
    }
    let reliability = fit.reliability
    for (tenth, bin) in reliability.bins.enumerated() where bin.count > 0 {
      let mean = decimals(bin.sum / Double(bin.count), 3)
      let share = decimals(Double(bin.right) / Double(bin.count), 3)
      lines.append("  confidence from 0.\(tenth): \(bin.count), mean \(mean), right \(share)")
    }
    lines.append("  expected calibration error \(decimals(reliability.expectedError, 3)) of \(reliability.count)")
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}
