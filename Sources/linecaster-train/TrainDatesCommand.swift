import ArgumentParser
import Training

struct TrainDatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dates",
    abstract: "Fit the choice of the day of publication among the days on a page, of the stage clean.",
    discussion: """
      Reads JSON Lines, also with .gz: `text` (a plain-text dump) or `html`, `gold_text`, `gold_date` (`2017-05-08`), \
      and optionally `url`, `source`, `domain` and `style`. The domains are dealt out to five folds, each held out once to measure; \
      then all pages are fitted, and the section `days` of the model is written anew. Rows of other sources than those named are \
      never learned from, only measured.

      EXAMPLES
        linecaster train dates --data pages/*.jsonl.gz --out models/clean.model
      """)

  @OptionGroup var options: ChoiceOptions

  func run() throws {
    try options.run("dates", section: "days", missing: "‘text’ or ‘html’ and ‘gold_date’", epochs: 12) {
      try DateFit($0, sources: $1, model: $2, seed: $3)?.run
    }
  }
}
