import ArgumentParser
import Clean
import StageKit
import Terminal
import Training

/// What the commands that fit a choice among a page's candidates ask for, and what they do with the fit.
struct ChoiceOptions: ParsableArguments {
  @Option(parsing: .upToNextOption, help: "The annotated pages.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String]

  @Option(help: "A source whose rows may be learned from; repeat it for more.")
  var source: [String] = ["scrapinghub", "naeb", "magic-html", "fundus", "wcxb"]

  @Option(help: "How often each page is seen (default: 8 for titles, 12 for dates).")
  var epochs: Int?

  @Option(help: "The number that the order of the pages comes from.")
  var seed: UInt64 = 1

  @OptionGroup var files: ModelOptions

  func validate() throws {
    if let epochs, epochs < 2 { throw ValidationError("--epochs must be 2 or more.") }
  }

  /// - Parameters:
  ///   - missing: what no row has, where there is none to learn from.
  ///   - section: of the model, that is fitted.
  ///   - usual: epochs where none are asked for.
  ///   - fit: `nil` where there is none to learn from.
  func run(
    _ name: String, section: String, missing: String, epochs usual: Int,
    fit: ([TrainingPage], [String], CleanModel, UInt64) throws -> ((_ epochs: Int) -> ChoiceFit.Result)?
  ) throws {
    let pages = try TrainCleanCommand.pages(inAll: data)
    let former = try files.former(of: CleanModel.stage)
    let (model, lacking) = CleanModel.goingOn(from: former, fitting: [section])
    files.tell(lacking)
    guard let fit = try fit(pages, source, model, seed) else {
      complain("no row to learn from: none of these sources has \(missing)")
      throw ExitCode.badInput
    }
    let epochs = epochs ?? usual
    let result = fit(epochs)
    TrainingOutput.show(result, name, epochs: epochs)
    try files.write([result.section], into: former)
  }
}
