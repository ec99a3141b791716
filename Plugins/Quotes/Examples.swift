import StageKit

extension Quotes {
  static let examples: [StageExample] = []
}
