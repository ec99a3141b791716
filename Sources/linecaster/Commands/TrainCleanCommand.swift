import ArgumentParser
import ArticleIO
import Clean
import StageKit

struct TrainCleanCommand: ParsableCommand {
  enum HoldOut: String, ExpressibleByArgument, CaseIterable { case domain, none }

  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Fit the labeller of the stage clean to pages with their article texts.",
    discussion: """
      Reads JSON Lines, also with .gz: `text` (a plain-text dump) or `html`, `gold_text`, and optionally `source`, \
      `domain` and `style`. A front end is fitted where there are pages for it. Half of the domains are held out at \
      first; the fit ends when the score on them grows no more. Then all pages are fitted for as many epochs, and the \
      weights are written as Swift files. Rows of other sources than those named are never learned from, only \
      measured; a row without a source counts as of the source ‘own’. The score is F1 of four-word sequences.

      EXAMPLES
        linecaster train clean --data pages/*.jsonl.gz --out Plugins/Clean/Labelling
        linecaster train clean --data mine.jsonl --source own
      """)

  @Option(parsing: .upToNextOption, help: "The annotated pages.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String]

  @Option(help: "A source whose rows may be learned from; repeat it for more.")
  var source: [String] = ["scrapinghub", "naeb", "magic-html", "fundus", "wcxb"]

  @Option(help: "What is held out as a whole: domain or none.")
  var holdOutBy = HoldOut.domain

  @Option(help: "The most epochs.")
  var epochs = 20

  @Option(help: "The number that the order of the pages comes from.")
  var seed: UInt64 = 1

  @Option(help: "Where the weight files go; without it none is written.", completion: .directory)
  var out: String?

  func validate() throws {
    if epochs < 1 { throw ValidationError("--epochs must be 1 or more.") }
  }

  func run() throws {
    var pages: [TrainingPage] = []
    for path in data {
      do {
        pages += try Self.pages(in: path)
      } catch {
        StandardError.write("linecaster: \(error.message)\n")
        throw ExitCode.badInput
      }
    }
    var options = CleanTraining.Options(sources: source)
    options.epochs = epochs
    options.seed = seed
    options.holdsOutDomains = holdOutBy == .domain
    var wasFitted = false
    for frontEnd in CleanTraining.FrontEnd.allCases {
      guard let training = try CleanTraining(frontEnd, pages, options: options) else { continue }
      wasFitted = true
      let result = try training.run { Self.show($0, frontEnd, of: epochs) }
      if StandardError.isTerminal { StandardError.write("\n") }
      Self.show(result, frontEnd)
      if let out { try TrainingOutput.write(Array(result.file.utf8), to: "\(out)/\(frontEnd.fileName)") }
    }
    if !wasFitted {
      StandardError.write(
        "linecaster: no row to learn from: none is of the sources \(source.joined(separator: ", "))\n")
      throw ExitCode.badInput
    }
  }

  // MARK: Reading

  private static func pages(in path: String) throws(InputError) -> [TrainingPage] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var pages: [TrainingPage] = []
    try LabelledFile.forEachRow(of: path) { row, place throws(InputError) in
      guard let text = row["html"]?.string ?? row["text"]?.string else {
        throw InputError("training", "\(place): the row has neither ‘text’ nor ‘html’")
      }
      guard let gold = row["gold_text"]?.string else {
        throw InputError("training", "\(place): the row has no ‘gold_text’")
      }
      let group = name.prefix(while: { $0 != "." }) + (row["style"]?.string.map { " " + $0 } ?? "")
      pages.append(
        TrainingPage(
          text: Array(text.utf8), isMarkup: row["html"]?.string != nil, gold: Array(gold.utf8),
          source: row["source"]?.string ?? "own", domain: row["domain"]?.string ?? place, group: String(group)))
    }
    return pages
  }

  // MARK: Writing

  private static func show(_ progress: CleanTraining.Progress, _ frontEnd: CleanTraining.FrontEnd, of epochs: Int) {
    let held = progress.heldOut.map { ", held out \(decimals($0.f1 * 100, 2))" } ?? ""
    let line = "\(frontEnd): epoch \(progress.epoch) of \(epochs), loss \(decimals(progress.loss, 3))\(held)"
    StandardError.write(StandardError.isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
  }

  private static func show(_ result: CleanTraining.Result, _ frontEnd: CleanTraining.FrontEnd) {
    var lines = ["\(frontEnd): fitted to \(result.pagesLearnedFrom) pages in \(result.epochs) epochs"]
    for (title, scores) in [("domains held out", result.heldOut), ("in sample", result.inSample)] {
      for (group, score) in scores {
        let figures = [score.precision, score.recall, score.f1].map { decimals($0 * 100, 2) }
        lines.append(
          "  \(title), \(group): precision \(figures[0]), recall \(figures[1]), F1 \(figures[2]), "
            + "\(score.pages) pages")
      }
    }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}
