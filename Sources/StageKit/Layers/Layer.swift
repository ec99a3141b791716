/// Something that a stage adds to an article, declared once. The order of a chain, the record and its schemas, what reads
/// records back and what checks stages all read this declaration.
public struct Layer: Sendable {
  /// Where the record has it.
  public enum Place: Sendable, Equatable {
    /// In `text` itself.
    case text
    /// Under a key of its own that every record has.
    case record
    /// The same, but filled in when the article is committed, in the order of arrival.
    case decision
    /// Under `layers`.
    case layers
  }

  /// As messages and the record name it.
  public let key: String
  /// One sentence.
  public let help: String
  public let place: Place
  /// Of the value, where there is one.
  public let shape: Shape
  /// Whether its spans point into the text, which then must not change any more.
  public let standsOnText: Bool

  let isPresent: @Sendable (Article) -> Bool
  /// Writes the value, or `null`.
  let write: @Sendable (inout ArticleWriter) -> Void
  let read: @Sendable (RecordNode, LayerReader, inout Article) throws(RecordProblem) -> Void
  let findProblems: @Sendable (Article) -> [String]
}

extension Layer {
  /// A layer of the built-in set, which has a property of its own.
  ///
  /// - Parameters:
  ///   - get: the article's value; `nil` where its stage did not run or failed.
  ///   - problems: what of its promises the value breaks; empty where it keeps them.
  init<Value>(
    _ key: String, help: String, _ shape: Shape, standsOnText: Bool = true,
    get: @escaping @Sendable (Article) -> Value?, set: @escaping @Sendable (inout Article, Value) -> Void,
    write: @escaping @Sendable (inout ArticleWriter, Value) -> Void,
    read: @escaping @Sendable (RecordNode, LayerReader, Article) throws(RecordProblem) -> Value,
    problems: @escaping @Sendable (Value, Article) -> [String]
  ) {
    self.init(
      key: key, help: help, place: .record, shape: shape, standsOnText: standsOnText,
      isPresent: { get($0) != nil },
      write: { writer in
        if let value = get(writer.article) { write(&writer, value) } else { writer.json.raw("null") }
      },
      read: { node, reader, article throws(RecordProblem) in set(&article, try read(node, reader, article)) },
      findProblems: { article in get(article).map { problems($0, article) } ?? [] })
  }

  /// The article's body in place of the raw page. Only a stage that provides it may replace the text.
  public static let body = Layer(
    key: "body", help: "The text of the article in place of the raw page.", place: .text, shape: .text,
    standsOnText: false, isPresent: { !$0.isMarkup }, write: { $0.json.string($0.article.text) },
    read: { _, _, _ in }, findProblems: { _ in [] })

  /// Those that every record has, in its order.
  public static let builtin: [Layer] = [paragraphs, sentences, tokens, entities, quotes, duplicates]
}

extension Layer: Hashable {
  public static func == (a: Layer, b: Layer) -> Bool { a.key == b.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension Article {
  public func has(_ layer: Layer) -> Bool { layer.isPresent(self) }

  /// Takes a layer from the JSON that it is written as.
  ///
  /// - Throws: what is wrong with it, and where.
  public mutating func read(_ layer: Layer, from node: RecordNode, _ reader: LayerReader) throws(RecordProblem) {
    try layer.read(node, reader, &self)
  }

  /// What of a layer's promises does not hold; empty where it is not there.
  public func problems(in layer: Layer) -> [String] { layer.findProblems(self).map { "\(layer.key): \($0)" } }
}

extension ArticleWriter {
  /// The layer's value, or `null`.
  public mutating func write(_ layer: Layer) { layer.write(&self) }
}
