/// The name of something a stage adds to an article, for the order check of a chain.
public struct Layer: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  /// The article's body in place of the raw page. Only a stage that provides it may replace the text.
  public static let body: Layer = "body"
  public static let paragraphs: Layer = "paragraphs"
  public static let sentences: Layer = "sentences"
  public static let tokens: Layer = "tokens"
  public static let entities: Layer = "entities"
  public static let quotes: Layer = "quotes"
  public static let duplicates: Layer = "duplicates"
}
