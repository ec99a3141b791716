import ArgumentParser
import ArticleIO
import Clean
import StageKit

struct TrainTitlesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "titles",
    abstract: "Fit the choice of the headline in plain-text pages, of the stage clean.",
    discussion: """
      Reads JSON Lines, also with .gz: `text` (a plain-text dump), `gold_text`, `gold_title`, and optionally `source`, \
      `domain` and `style`. The domains are dealt out to five folds, each held out once to measure; then all pages are \
      fitted, and the weights are written as a Swift file. Rows of other sources than those named are never learned from, only measured.

      EXAMPLES
        linecaster train titles --data pages/*.jsonl.gz --out Plugins/Clean/Metadata
      """)

  @Option(parsing: .upToNextOption, help: "The annotated pages.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String]

  @Option(help: "A source whose rows may be learned from; repeat it for more.")
  var source: [String] = ["scrapinghub", "naeb", "magic-html", "fundus", "wcxb"]

  @Option(help: "How often each page is seen.")
  var epochs = 8

  @Option(help: "The number that the order of the pages comes from.")
  var seed: UInt64 = 1

  @Option(help: "Where the weight file goes; without it none is written.", completion: .directory)
  var out: String?

  func validate() throws {
    if epochs < 2 { throw ValidationError("--epochs must be 2 or more.") }
  }

  func run() throws {
    var pages: [TrainingPage] = []
    for path in data {
      do {
        pages += try TrainCleanCommand.pages(in: path)
      } catch {
        StandardError.write("linecaster: \(error.message)\n")
        throw ExitCode.badInput
      }
    }
    guard let fit = try TitleFit(pages, sources: source, seed: seed) else {
      StandardError.write("linecaster: no row to learn from: none of these sources has ‘text’ and ‘gold_title’\n")
      throw ExitCode.badInput
    }
    let result = fit.run(epochs: epochs)
    TrainingOutput.show(result, "titles", epochs: epochs)
    if let out { try TrainingOutput.write(Array(result.file.utf8), to: "\(out)/TitleWeights.swift") }
  }
}
