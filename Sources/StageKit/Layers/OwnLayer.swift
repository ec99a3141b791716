/// A layer that is not of the built-in set: a stage's own, with a type of its own. Its key stands under `layers` in the
/// record. Declare it once, as a constant of the stage:
///
/// ```swift
/// static let keywords = OwnLayer<[Keyword]>(
///   "keywords", help: "Words that tell what the article is about.", .list(.span(.init("score", .ratio, "0 to 1."))),
///   write: { writer, keywords in writer.list(keywords) { … } },
///   read: { node, reader throws(RecordProblem) in try node.list { … } })
/// ```
///
/// and get and set it with `article[Self.keywords]`.
public struct OwnLayer<Value: Sendable>: Sendable {
  public let layer: Layer

  /// - Parameters:
  ///   - problems: what of its promises the value breaks; empty where it keeps them.
  public init(
    _ key: String, help: String, _ shape: Shape, standsOnText: Bool = true,
    write: @escaping @Sendable (inout ArticleWriter, Value) -> Void,
    read: @escaping @Sendable (RecordNode, LayerReader) throws(RecordProblem) -> Value,
    problems: @escaping @Sendable (Value, Article) -> [String] = { _, _ in [] }
  ) {
    layer = Layer(
      key: key, help: help, place: .layers, shape: shape, standsOnText: standsOnText,
      isPresent: { $0.ownLayers.has(key) },
      write: { writer in
        if let value: Value = writer.article.ownLayers.value(of: key) {
          write(&writer, value)
        } else {
          writer.json.raw("null")
        }
      },
      read: { node, reader, article throws(RecordProblem) in
        article.ownLayers.set(try read(node, reader), key, standsOnText: standsOnText)
      },
      findProblems: { article in
        guard let value: Value = article.ownLayers.value(of: key) else { return [] }
        return problems(value, article)
      })
  }
}

extension Article {
  /// A layer of a stage's own; `nil` where the stage did not run or failed.
  public subscript<Value>(layer: OwnLayer<Value>) -> Value? {
    get { ownLayers.value(of: layer.layer.key) }
    set { ownLayers.set(newValue, layer.layer.key, standsOnText: layer.layer.standsOnText) }
  }
}

/// The values of own layers by key. Each key has one declaration, and so one type.
struct OwnLayers: Sendable {
  private var values: [String: (value: any Sendable, standsOnText: Bool)] = [:]

  var isAnyOnText: Bool { values.values.contains(where: \.standsOnText) }

  func has(_ key: String) -> Bool { values[key] != nil }

  func value<Value: Sendable>(of key: String) -> Value? { values[key]?.value as? Value }

  mutating func set<Value: Sendable>(_ value: Value?, _ key: String, standsOnText: Bool) {
    values[key] = value.map { ($0, standsOnText) }
  }
}
