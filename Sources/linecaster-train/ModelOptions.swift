import ArgumentParser
import ArticleIO
import PipelineKit
import StageKit
import Terminal

/// The model that a fit goes on from, and where it goes with what was fitted.
struct ModelOptions: ParsableArguments {
  @Option(
    help: "The model to go on from, the name of an installed file or a path; what is not fitted is taken over.",
    completion: .file(extensions: ["model"]))
  var model: String?

  @Option(help: "Where the model goes; without it none is written.", completion: .file(extensions: ["model"]))
  var out: String?

  /// The model to go on from.
  ///
  /// - Returns: an empty one where none is named and the program has none yet.
  /// - Throws: the exit code of bad input, after its message.
  func former(of stage: String) throws -> ModelFile {
    let name = model ?? "\(stage).model"
    do throws(StageError) {
      return try ModelFile(ResourceSearch.installed.find(name), of: stage)
    } catch {
      if model == nil, error.class == FailureClass.noResource.rawValue { return ModelFile(of: stage, path: name) }
      complain(error.message)
      throw ExitCode.badInput
    }
  }

  /// Says what a fit has to do without.
  func tell(_ lacking: [StageError]) {
    for error in lacking { complain("\(error.message); the fit does without it") }
  }

  /// Writes the model with these sections in place of those it had.
  func write(_ sections: [ModelFile.Section], into former: ModelFile) throws {
    guard let out else { return }
    var file = former
    for section in sections { file.put(section) }
    try TrainingOutput.write(file.bytes, to: out)
  }
}
