import ArgumentParser
import Clean
import StageKit
import Terminal
import Training

struct TrainCleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Fit the labeller of the stage clean to pages with their article texts.",
    discussion: """
      Reads JSON Lines, also with .gz: `text` (a plain-text dump) or `html`, `gold_text`, and optionally `source`, \
      `domain` and `style`. A front end is fitted where there are pages for it. The domains are dealt out to folds; each \
      fold's pages are scored with weights fitted to the other folds. Then all pages are fitted, and the sections \
      `lines` and `markup` of the model are written anew. Rows of other sources than those named are never learned from, only measured; a row \
      without a source counts as of the source ‘own’. The score is F1 of four-word sequences; beside it stand the \
      share of pages that reach 95 %, and of those where nothing was found.

      EXAMPLES
        linecaster train clean --data pages/*.jsonl.gz --out models/clean.model
        linecaster train clean --data mine.jsonl --source own
      """)

  @OptionGroup var pages: PageOptions

  @Option(help: "Parts that the domains are dealt out to, each to be held out once; 0 measures on no unseen site.")
  var folds = 5

  @Flag(help: "Print the scores of each source too.")
  var bySource = false

  @OptionGroup var files: ModelOptions

  func validate() throws {
    try pages.validate(leastEpochs: 1)
    if folds < 0 { throw ValidationError("--folds must be 0 or more.") }
  }

  func run() throws {
    let rows = try pages.read()
    let former = try files.former(of: CleanModel.stage)
    let (model, lacking) = CleanModel.goingOn(
      from: former, fitting: CleanTraining.FrontEnd.allCases.map(\.rawValue))
    files.tell(lacking)
    var sections: [ModelFile.Section] = []
    var options = CleanTraining.Options(sources: pages.source)
    options.epochs = pages.epochs
    options.seed = pages.seed
    options.folds = folds
    for frontEnd in CleanTraining.FrontEnd.allCases {
      guard let training = try CleanTraining(frontEnd, rows, model: model, options: options) else { continue }
      let result = try training.run { Self.show($0, frontEnd, of: pages.epochs ?? frontEnd.epochs) }
      if StandardError.isTerminal { StandardError.write("\n") }
      show(result, frontEnd)
      sections.append(result.section)
    }
    if sections.isEmpty {
      complain("no row to learn from: none is of the sources \(pages.source.joined(separator: ", "))")
      throw ExitCode.badInput
    }
    try files.write(sections, into: former)
  }

  // MARK: Writing

  private static func show(_ progress: CleanTraining.Progress, _ frontEnd: CleanTraining.FrontEnd, of epochs: Int) {
    let fold = progress.fold.map { "without fold \($0), " } ?? ""
    let line = "\(frontEnd): \(fold)epoch \(progress.epoch) of \(epochs), loss \(decimals(progress.loss, 3))"
    if StandardError.isTerminal {
      StandardError.write("\r\u{1B}[K\(line)")
    } else if progress.epoch == epochs {
      StandardError.write(line + "\n")
    }
  }

  private func show(_ result: CleanTraining.Result, _ frontEnd: CleanTraining.FrontEnd) {
    StandardOutput.write("\(frontEnd): fitted to \(result.pagesLearnedFrom) pages\n")
    for (title, scores) in [("domains held out", result.heldOut), ("in sample", result.inSample)] {
      guard let scores else { continue }
      for (group, score) in scores.byGroup {
        StandardOutput.write("  \(title), \(group): \(Self.figures(score))\n")
        guard bySource else { continue }
        for row in scores.bySource where row.group == group {
          StandardOutput.write("    \(row.source): \(Self.figures(row.score))\n")
        }
      }
    }
  }

  private static func figures(_ score: ShingleScore) -> String {
    func percent(_ share: Double, _ places: Int) -> String { decimals(share * 100, places) }
    let pages = Double(max(1, score.pages))
    return "precision \(percent(score.precision, 2)), recall \(percent(score.recall, 2)), "
      + "F1 \(percent(score.f1, 2)), \(percent(Double(score.nearlyRight) / pages, 1)) % reach 95, "
      + "\(percent(Double(score.emptyPages) / pages, 1)) % empty, \(score.pages) pages"
  }
}
