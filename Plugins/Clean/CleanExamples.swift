import StageKit

extension CleanStage {
  static let examples: [StageExample] = []
}
