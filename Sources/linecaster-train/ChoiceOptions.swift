import ArgumentParser
import Clean
import StageKit
import Terminal
import Training

/// What the commands that fit a choice among a page's candidates ask for, and what they do with the fit.
struct ChoiceOptions: ParsableArguments {
  @OptionGroup var pages: PageOptions

  @OptionGroup var files: ModelOptions

  func validate() throws {
    try pages.validate(leastEpochs: 2)
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
    let rows = try pages.read()
    let former = try files.former(of: CleanModel.stage)
    let (model, lacking) = CleanModel.goingOn(from: former, fitting: [section])
    files.tell(lacking)
    guard let fit = try fit(rows, pages.source, model, pages.seed) else {
      complain("no row to learn from: none of these sources has \(missing)")
      throw ExitCode.badInput
    }
    let epochs = pages.epochs ?? usual
    let result = fit(epochs)
    TrainingOutput.show(result, name, epochs: epochs)
    try files.write([result.section], into: former)
  }
}
