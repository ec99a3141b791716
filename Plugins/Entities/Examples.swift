import StageKit

extension Entities {
  static let examples: [StageExample] = []
}
