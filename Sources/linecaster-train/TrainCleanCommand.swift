import ArgumentParser
import ArticleIO
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

  @Option(parsing: .upToNextOption, help: "The annotated pages.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String]

  @Option(help: "A source whose rows may be learned from; repeat it for more.")
  var source: [String] = ["scrapinghub", "naeb", "magic-html", "fundus", "wcxb"]

  @Option(help: "Parts that the domains are dealt out to, each to be held out once; 0 measures on no unseen site.")
  var folds = 5

  @Flag(help: "Print the scores of each source too.")
  var bySource = false

  @Option(help: "How often the fit goes through all pages (default: 20, for HTML 32).")
  var epochs: Int?

  @Option(help: "The number that the order of the pages comes from.")
  var seed: UInt64 = 1

  @OptionGroup var files: ModelOptions

  func validate() throws {
    if let epochs, epochs < 1 { throw ValidationError("--epochs must be 1 or more.") }
    if folds < 0 { throw ValidationError("--folds must be 0 or more.") }
  }

  func run() throws {
    let pages = try Self.pages(inAll: data)
    let former = try files.former(of: CleanModel.stage)
    let (model, lacking) = CleanModel.goingOn(
      from: former, fitting: CleanTraining.FrontEnd.allCases.map(\.rawValue))
    files.tell(lacking)
    var sections: [ModelFile.Section] = []
    var options = CleanTraining.Options(sources: source)
    options.epochs = epochs
    options.seed = seed
    options.folds = folds
    for frontEnd in CleanTraining.FrontEnd.allCases {
      guard let training = try CleanTraining(frontEnd, pages, model: model, options: options) else { continue }
      let result = try training.run { Self.show($0, frontEnd, of: epochs ?? frontEnd.epochs) }
      if StandardError.isTerminal { StandardError.write("\n") }
      show(result, frontEnd)
      sections.append(result.section)
    }
    if sections.isEmpty {
      complain("no row to learn from: none is of the sources \(source.joined(separator: ", "))")
      throw ExitCode.badInput
    }
    try files.write(sections, into: former)
  }

  // MARK: Reading

  /// - Throws: the exit code of bad input, after its message.
  static func pages(inAll paths: [String]) throws -> [TrainingPage] {
    var pages: [TrainingPage] = []
    for path in paths {
      do {
        pages += try Self.pages(in: path)
      } catch {
        complain(error.message)
        throw ExitCode.badInput
      }
    }
    return pages
  }

  private static func pages(in path: String) throws(InputError) -> [TrainingPage] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var pages: [TrainingPage] = []
    try LabelledFile.forEachRow(of: path) { row, place throws(InputError) in
      guard let text = row["html"]?.string ?? row["text"]?.string else {
        throw InputError(.training, "\(place): the row has neither ‘text’ nor ‘html’")
      }
      guard let gold = row["gold_text"]?.string else {
        throw InputError(.training, "\(place): the row has no ‘gold_text’")
      }
      let group = name.prefix(while: { $0 != "." }) + (row["style"]?.string.map { " " + $0 } ?? "")
      var page = TrainingPage(
        text: Array(text.utf8), isMarkup: row["html"]?.string != nil, gold: Array(gold.utf8),
        source: row["source"]?.string ?? "own", domain: row["domain"]?.string ?? place, group: String(group))
      page.goldTitle = row["gold_title"]?.string.map { Array($0.utf8) }
      page.goldDay = row["gold_date"]?.string.map { Array($0.utf8) }
      // A dump seldom comes with its address.
      if page.isMarkup { page.address = row["url"]?.string.map { Array($0.utf8) } }
      pages.append(page)
    }
    return pages
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
