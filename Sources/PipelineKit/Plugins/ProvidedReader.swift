import ArticleIO
import StageKit
import YAML

/// Reads `provides:` of a manifest.
struct ProvidedReader {
  let plugin: String

  func read(_ node: Node?, into reader: inout SettingsReader) -> (
    layers: [Layer], metadata: [PluginManifest.MetadataKey]
  ) {
    guard let node, !node.isNull else { return plugin.isEmpty ? ([], []) : ([own(plugin, help: "", .any)], []) }
    var layers: [Layer] = []
    var metadata: [PluginManifest.MetadataKey] = []
    let items: [(key: Node, value: Node?)]
    if let pairs = node.mapping {
      items = pairs.map { ($0.key, $0.value.isNull ? nil : $0.value) }
    } else if let names = node.sequence {
      items = names.map { ($0, nil) }
    } else {
      reader.report(node, "a list of layers is wanted here: write [\(node.scalar?.text ?? plugin)]")
      return ([], [])
    }
    for (key, value) in items {
      let name = key.scalar?.text ?? ""
      let standard = Layer.builtin.first { $0.key == name && $0.place == .record }
      let data = PluginManifest.MetadataKey(rawValue: name)
      if let value, standard != nil || data != nil {
        reader.report(value, "‘\(name)’ has its shape already, that of the record: write the name alone")
      }
      if let standard {
        layers.append(standard)
      } else if let data {
        metadata.append(data)
      } else if name == Layer.duplicates.key || name == Layer.body.key || RecordKey(rawValue: name) != nil
        || name == "error"
      {
        reader.report(key, "a plugin cannot provide ‘\(name)’: choose another name")
      } else if name.isEmpty {
        reader.report(key, "a layer is written ‘NAME: {help: …, shape: …}’")
      } else if let layer = layer(name, value, &reader) {
        layers.append(layer)
      }
    }
    return (layers, metadata)
  }

  private func layer(_ name: String, _ node: Node?, _ reader: inout SettingsReader) -> Layer? {
    guard let node else { return own(name, help: "", .any) }
    struct Row: StageOptions {
      var help = ""
      static let table = OptionTable<Row>([.text("help", \.help, help: "One sentence.")])
    }
    let row = reader.read(node, as: Row.table, owner: name, prefix: nil, sections: ["shape"])
    guard let shape = row.nodes["shape"] else { return own(name, help: row.values.help, .any) }
    return shapeOf(shape, &reader).map { own(name, help: row.values.help, $0) }
  }

  private func own(_ name: String, help: String, _ shape: Shape) -> Layer {
    OwnLayer<JSONValue>(
      name, help: help.isEmpty ? "What the plugin ‘\(plugin)’ found." : help, json: shape
    ).layer
  }

  private static let words: [(String, Shape)] = [
    ("text", .text), ("keyword", .keyword), ("integer", .integer(from: Int.min)), ("number", .number),
    ("ratio", .ratio), ("bool", .bool), ("day", .day), ("any", .any),
  ]

  private func shapeOf(_ node: Node, _ reader: inout SettingsReader) -> Shape? {
    if let pairs = node.mapping {
      let names = pairs.map { $0.key.scalar?.text ?? "" }
      let isSpan = names.contains("start") && names.contains("end")
      let fields = pairs.map { pair -> Shape.Field? in
        let name = pair.key.scalar?.text ?? ""
        guard let shape = shapeOf(pair.value, &reader) else { return nil }
        if isSpan, shape == .integer(from: Int.min) {
          if name == "start" { return Shape.start }
          if name == "end" { return Shape.end }
        }
        return Shape.Field(name, shape, "")
      }
      return fields.contains(nil) ? nil : .object(fields.compactMap(\.self))
    }
    if let items = node.sequence {
      if items.count == 1, let inner = shapeOf(items[0], &reader) { return .list(inner) }
      if items.count != 1 { reader.report(node, "a list has one shape for all of its elements: write [SHAPE]") }
      return nil
    }
    let text = node.scalar?.text ?? ""
    let (word, isNullable) = text.hasSuffix("?") ? (String(text.dropLast()), true) : (text, false)
    if let shape = Self.words.first(where: { $0.0 == word })?.1 { return isNullable ? .nullable(shape) : shape }
    let names = Self.words.map(\.0)
    reader.report(
      node,
      nearest(to: word, among: names).map { "unknown shape ‘\(word)’; did you mean ‘\($0)’?" }
        ?? "unknown shape ‘\(word)’: write one of \(names.joined(separator: ", ")), [SHAPE] or {KEY: SHAPE}")
    return nil
  }
}
