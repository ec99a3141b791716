import ArgumentParser
import Training

struct TrainTitlesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "titles",
    abstract: "Fit the choice of the headline in plain-text pages, of the stage clean.",
    discussion: """
      Reads JSON Lines, also with .gz: `text` (a plain-text dump), `gold_text`, `gold_title`, and optionally `source`, \
      `domain` and `style`. The domains are dealt out to five folds, each held out once to measure; \
      then all pages are fitted, and the section `titles` of the model is written anew. Rows of other sources than those named are \
      never learned from, only measured.

      EXAMPLES
        linecaster train titles --data pages/*.jsonl.gz --out models/clean.model
      """)

  @OptionGroup var options: ChoiceOptions

  func run() throws {
    try options.run("titles", section: "titles", missing: "‘text’ and ‘gold_title’", epochs: 8) {
      try TitleFit($0, sources: $1, model: $2, seed: $3)?.run
    }
  }
}
