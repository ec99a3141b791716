import StageKit
import YAML

/// Reads `options:` of a manifest: what the stage can be told.
struct OptionSpecReader {
  private struct Row: StageOptions {
    enum Kind: String, CaseIterable, Sendable {
      case bool, integer, number, duration, size, text, texts, choice, choices, language, languages
    }
    var type = Kind.text
    var help = ""
    var choices: [String] = []

    static let table = OptionTable<Row>([
      .choice("type", \.type, help: "What it holds."),
      .text("help", \.help, help: "One sentence."),
      .texts("choices", \.choices, help: "The words that a choice is among."),
    ])
  }

  func read(_ node: Node?, into reader: inout SettingsReader) -> [OptionSpec] {
    guard let node, !node.isNull else { return [] }
    guard let pairs = node.mapping else {
      reader.report(node, "‘options’ wants a mapping: write ‘NAME: {type: integer, default: 10, help: …}’")
      return []
    }
    return pairs.compactMap { option($0, &reader) }
  }

  private func option(_ pair: Node.Pair, _ reader: inout SettingsReader) -> OptionSpec? {
    let name = pair.key.scalar?.text ?? ""
    if StageRules.table.specs.contains(where: { $0.name == name }) {
      reader.report(pair.key, "every stage has an option ‘\(name)’: choose another name")
      return nil
    }
    let before = reader.errorCount
    let row = reader.read(
      pair.value, as: Row.table, owner: name, prefix: nil, sections: ["range", "default", "example"])
    guard reader.errorCount == before else { return nil }
    if row.values.help.isEmpty {
      reader.report(pair.key, "the option says nothing of itself: add ‘help: …’")
      return nil
    }
    guard let type = type(row.values, pair.key, row.nodes["range"], &reader) else { return nil }
    var spec = OptionSpec(
      name: name, type: type, default: nil, help: row.values.help,
      example: row.nodes["example"].flatMap(written))
    if let node = row.nodes["default"] { spec.default = reader.value(node, of: spec) }
    return spec
  }

  /// A value as YAML, for the docs.
  private func written(_ node: Node) -> String? {
    node.sequence.map { "[" + $0.compactMap(\.scalar?.text).joined(separator: ", ") + "]" } ?? node.scalar?.text
  }

  private func type(
    _ row: Row, _ key: Node, _ range: Node?, _ reader: inout SettingsReader
  ) -> OptionType? {
    if [.choice, .choices].contains(row.type), row.choices.isEmpty {
      reader.report(key, "it is a choice among nothing: add ‘choices: [A, B]’")
      return nil
    }
    switch row.type {
    case .bool: return .bool
    case .text: return .text
    case .texts: return .texts
    case .language: return .language
    case .languages: return .languages
    case .choice: return .choice(row.choices)
    case .choices: return .choices(row.choices)
    case .integer: return bounds(range, .integer(Int.min...Int.max), &reader).map { .integer($0) }
    case .duration: return bounds(range, .duration(0...Int.max), &reader).map { .duration($0) }
    case .size: return bounds(range, .size(0...Int.max), &reader).map { .size($0) }
    case .number:
      guard let range else { return .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude) }
      let ends = ends(range, .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude), &reader)
      guard ends.count == 2, case .number(let low) = ends[0], case .number(let high) = ends[1], low <= high else {
        return wrong(range, &reader)
      }
      return .number(low...high)
    }
  }

  private func bounds(_ range: Node?, _ type: OptionType, _ reader: inout SettingsReader) -> ClosedRange<Int>? {
    guard let range else {
      if case .integer = type { return Int.min...Int.max }
      return 0...Int.max
    }
    let ends = ends(range, type, &reader)
    guard ends.count == 2, case .integer(let low) = ends[0], case .integer(let high) = ends[1], low <= high else {
      return wrong(range, &reader)
    }
    return low...high
  }

  private func ends(_ range: Node, _ type: OptionType, _ reader: inout SettingsReader) -> [OptionValue] {
    let spec = OptionSpec(name: "range", type: type, default: nil, help: "")
    return (range.sequence ?? []).compactMap { reader.value($0, of: spec) }
  }

  private func wrong<T>(_ range: Node, _ reader: inout SettingsReader) -> T? {
    if !reader.isReported(range) { reader.report(range, "a range is written [LEAST, MOST]") }
    return nil
  }
}
