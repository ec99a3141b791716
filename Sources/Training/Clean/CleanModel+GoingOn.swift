import Clean
import StageKit

extension CleanModel {
  /// What a fit goes on from. A section that the file lacks, or has for another state of the program, says nothing then.
  ///
  /// - Parameter fitted: the sections that are fitted.
  /// - Returns: with why such a section cannot be used, unless it is fitted.
  package static func goingOn(from file: ModelFile, fitting fitted: [String]) -> (
    model: CleanModel, lacking: [StageError]
  ) {
    var lacking: [StageError] = []
    func hundredths(_ section: String, _ shapes: [ModelFile.Shape]) -> [Int16] {
      do throws(StageError) {
        return try file.numbers(of: section, shapes)
      } catch {
        if !fitted.contains(section) { lacking.append(error) }
        return Array(repeating: 0, count: shapes.reduce(0) { $0 + $1.count })
      }
    }
    let model = CleanModel(
      lines: Weights(hundredths: hundredths("lines", Weights.shapes)),
      markup: Weights(hundredths: hundredths("markup", Weights.shapes)),
      titles: ChoiceWeights(rows: hundredths("titles", TitleFeatures.shapes)),
      days: ChoiceWeights(rows: hundredths("days", PublicationFeatures.shapes)))
    return (model, lacking)
  }
}
