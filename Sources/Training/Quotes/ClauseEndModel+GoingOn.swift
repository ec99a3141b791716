import Quotes
import StageKit

extension ClauseEndModel {
  /// What a fit finds clauses with: the file's weights, or none where they are missing or of another state of the program.
  ///
  /// - Returns: with why they cannot be used.
  package static func goingOn(from file: ModelFile) -> (model: ClauseEndModel, lacking: [StageError]) {
    do throws(StageError) {
      return (try ClauseEndModel(file), [])
    } catch {
      return (ClauseEndModel(weights: Array(repeating: 0, count: ClauseEndGroup.total)), [error])
    }
  }
}
