import StageKit
import YAML

/// What to write where settings or options are wanted by name and something else stands.
struct MappingMend {
  private let specs: [OptionSpec]

  init(_ specs: [OptionSpec]) { self.specs = specs }

  /// The end of a sentence; `nil` where nothing can be told.
  ///
  /// - Parameter owner: what the options are of; `nil` for the file itself.
  func mend(_ node: Node, owner: String?) -> String? {
    if let text = node.scalar?.text {
      guard let owner, let spec = specs.first(where: { $0.type.element == nil && reads(node, $0.type) }) else {
        return nil
      }
      return "write ‘\(owner): {\(spec.name): \(text.asYAML)}’"
    }
    guard let items = node.sequence, let owner else {
      return node.sequence == nil ? nil : "remove the ‘-’ before its keys"
    }
    if let key = items.first?.mapping?.first?.key.scalar?.text, specs.contains(where: { $0.name == key }) {
      return "remove the ‘-’ before ‘\(key)’"
    }
    let texts = items.compactMap(\.scalar?.text)
    guard texts.count == items.count, !texts.isEmpty else { return nil }
    let spec = specs.first { spec in spec.type.element.map { type in items.allSatisfy { reads($0, type) } } ?? false }
    return spec.map { "write ‘\(owner): {\($0.name): [\(texts.map(\.asYAML).joined(separator: ", "))]}’" }
  }

  private func reads(_ node: Node, _ type: OptionType) -> Bool {
    guard let scalar = node.scalar, type != .condition else { return false }
    return (try? type.read(scalar.text, plain: scalar.isPlain)) != nil
  }
}
