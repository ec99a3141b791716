import ArticleIO
import Bytes
import StageKit

/// What a condition can ask of an article, declared once: the parser, the checks at load, the evaluation and the
/// documentation read `ConditionField.all`.
public struct ConditionField: Sendable {
  public enum Kind: Sendable, Equatable {
    case number
    case text
    /// `2017-05-08`
    case day
    /// `en`
    case language
    /// One of some words.
    case choice([String])
  }

  /// From when on it is known.
  public enum Standing: Sendable, Equatable {
    /// The input gives it; the first stage of the chain that provides one of these layers puts it right.
    case input(settledBy: [Layer])
    /// Once a stage provided the layer; before that, and where the stage did not run, there is none.
    case layer(Layer)
    /// Behind the last stage.
    case chain
    /// When the article is committed, in the order of arrival.
    case decision
  }

  /// One value of a field.
  enum Atom {
    case number(Int)
    /// Days too: in ISO 8601 the order of the bytes is theirs.
    case text([UInt8])
    /// The place among the choices.
    case choice(Int)
  }

  public let name: String
  public let kind: Kind
  /// Whether an article may have several.
  public let isList: Bool
  public let standing: Standing
  /// A sentence.
  public let help: String
  /// Whether one of the values that the article has passes a test; `false` where it has none. The status is the one
  /// that is supposed; a number need not be told apart from others beyond `most`.
  let contains: @Sendable (_ article: Article, Duplicates.Status?, _ most: Int, (Atom) -> Bool) -> Bool

  static func named(_ name: String) -> ConditionField? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

extension ConditionField {
  /// In the order of the record.
  public static let all: [ConditionField] = [
    .text("id", .source, "The input’s own id, else hex digits over name, line and content.") { $0.id },
    .text("source.name", .source, "The file’s name, without folders.") { $0.source.name },
    .text("source.path", .source, "The file’s path from the inbox, where the folders below it are read.") {
      $0.source.path
    },
    .number("source.line", .source, "The line or item, in a file with many articles.") { $0.source.line },
    .choice("source.format", formats, .source, "What the input was.") { article, test in
      formats.firstIndex(of: article.source.format).map(test) ?? false
    },
    .text("source.encoding", .source, "The character set it was decoded from, in small letters.") {
      Array($0.source.encoding.utf8)
    },
    .number("source.bytes", .source, "Bytes of the raw article.") { $0.source.byteCount },
    .text("url", .body, "The article’s address.") { $0.metadata.url },
    .text("title", .body, "The headline.") { $0.metadata.title },
    .texts("byline", .body, "The authors.") { $0.metadata.byline.contains(where: $1) },
    .text("dateline.place", .body, "The place of the dateline.") { $0.metadata.dateline?.place },
    .text("dateline.agency", .body, "The agency of the dateline.") { $0.metadata.dateline?.agency },
    .init("published", .day, .body, "The day of publication.") { article, _, _, test in
      article.metadata.published.map { test(.text($0)) } ?? false
    },
    .init(
      "language", .language, .input(settledBy: [.body, .sentences]),
      "The language, without its region: an article in en-GB is in en."
    ) { article, _, _, test in
      guard let tag = article.metadata.language else { return false }
      // Two or three small letters are a code as they are.
      for byte in tag where !byte.isLower { return test(.text(LanguageTag.language(of: tag))) }
      return test(.text(tag))
    },
    .texts("tags", .body, "The page’s own tags, and its folders’ names where the inbox makes tags of them.") {
      $0.metadata.tags.contains(where: $1) || $0.addedTags.contains(where: $1)
    },
    .text("text", .body, "The body.") { $0.text },
    .init("words", .number, .body, "Words of the body: what white space parts.") { article, _, most, test in
      test(.number(article.text.span.wordCount(upTo: most)))
    },
    .number("paragraphs.count", .layer(.paragraphs), "Paragraphs.") { $0.paragraphs?.count },
    .number("sentences.count", .layer(.sentences), "Sentences.") { $0.segmentation?.sentences.count },
    .number("entities.count", .layer(.entities), "People, places, organisations and values.") { $0.entities?.count },
    .choice(
      "entities.type", kinds.map(\.rawValue), isList: true, .layer(.entities), "What they are."
    ) { article, test in
      any(article.entities) { kinds.firstIndex(of: $0[$1].kind).map(test) ?? false }
    },
    .texts("entities.name", .layer(.entities), "The fullest forms of their names.") { article, test in
      any(article.entities) { test($0[$1].name) }
    },
    .texts("entities.link", .layer(.entities), "Their ids in your own list of names.") { article, test in
      any(article.entities) { $0[$1].link.map(test) ?? false }
    },
    .number("quotes.count", .layer(.quotes), "Quotations.") { $0.quotes?.count },
    .choice(
      "quotes.kind", quoteKinds.map(\.rawValue), isList: true, .layer(.quotes), "How they quote."
    ) { article, test in
      any(article.quotes) { quoteKinds.firstIndex(of: $0[$1].kind).map(test) ?? false }
    },
    .texts("quotes.speaker", .layer(.quotes), "Names of the speakers, as far as they are known.") { article, test in
      guard let entities = article.entities else { return false }
      return any(article.quotes) { quotes, at in
        guard let entity = quotes[at].speaker?.entity, entities.indices.contains(entity) else { return false }
        return test(entities[entity].name)
      }
    },
    .init(
      "duplicates.status", .choice(statuses.map(\.rawValue)), .decision, "What of earlier articles it repeats."
    ) { _, status, _, test in
      status.flatMap(statuses.firstIndex).map { test(.choice($0)) } ?? false
    },
    .number("errors.count", .chain, "What went wrong without costing the article.") { $0.errors.count },
    .texts("errors.stage", .chain, "The stages that say so.") { article, test in
      article.errors.contains { $0.stage.map { test(Array($0.utf8)) } ?? false }
    },
    .texts("errors.class", .chain, "Its classes, as in docs/failures.md.") { article, test in
      article.errors.contains { test(Array($0.class.utf8)) }
    },
  ]

  /// Whether something holds of one of the elements, by its place: an element itself would be copied with all that it holds.
  private static func any<Element>(_ elements: [Element]?, _ holds: ([Element], Int) -> Bool) -> Bool {
    guard let elements else { return false }
    for at in elements.indices where holds(elements, at) { return true }
    return false
  }

  private static let formats = InputFormat.sourceNames
  private static let kinds = Entity.Kind.allCases
  private static let quoteKinds = Quote.Kind.allCases
  private static let statuses = Duplicates.Status.allCases
}

extension ConditionField.Kind {
  /// With its article, for messages and docs.
  public var description: String {
    switch self {
    case .number: "a number"
    case .text: "a text"
    case .day: "a day"
    case .language: "a language code"
    case .choice: "a word of a list"
    }
  }

  /// A value as an expression has it.
  public var example: String {
    switch self {
    case .number: "50"
    case .text: "\"Holmvik\""
    case .day: "\"2017-05-08\""
    case .language: "\"en\""
    case .choice(let names): "\"\(names.first ?? "")\""
    }
  }

  /// The comparisons that fit it.
  public var relations: [String] {
    switch self {
    case .number, .day: ["==", "!=", "<", ">", "<=", ">=", "in"]
    case .text: ["==", "!=", "in", "matches"]
    case .language, .choice: ["==", "!=", "in"]
    }
  }
}

extension ConditionField.Standing {
  fileprivate static let source = Self.input(settledBy: [])
  fileprivate static let body = Self.input(settledBy: [.body])
}

extension ConditionField {
  fileprivate init(
    _ name: String, _ kind: Kind, isList: Bool = false, _ standing: Standing, _ help: String,
    contains: @escaping @Sendable (Article, Duplicates.Status?, Int, (Atom) -> Bool) -> Bool
  ) {
    self.init(name: name, kind: kind, isList: isList, standing: standing, help: help, contains: contains)
  }

  fileprivate static func number(
    _ name: String, _ standing: Standing, _ help: String, get: @escaping @Sendable (Article) -> Int?
  ) -> Self {
    Self(name, .number, standing, help) { article, _, _, test in get(article).map { test(.number($0)) } ?? false }
  }

  fileprivate static func text(
    _ name: String, _ standing: Standing, _ help: String, get: @escaping @Sendable (Article) -> [UInt8]?
  ) -> Self {
    Self(name, .text, standing, help) { article, _, _, test in get(article).map { test(.text($0)) } ?? false }
  }

  fileprivate static func texts(
    _ name: String, _ standing: Standing, _ help: String,
    contains: @escaping @Sendable (Article, ([UInt8]) -> Bool) -> Bool
  ) -> Self {
    Self(name, .text, isList: true, standing, help) { article, _, _, test in contains(article) { test(.text($0)) } }
  }

  fileprivate static func choice(
    _ name: String, _ choices: [String], isList: Bool = false, _ standing: Standing, _ help: String,
    contains: @escaping @Sendable (Article, (Int) -> Bool) -> Bool
  ) -> Self {
    Self(name, .choice(choices), isList: isList, standing, help) { article, _, _, test in
      contains(article) { test(.choice($0)) }
    }
  }
}
