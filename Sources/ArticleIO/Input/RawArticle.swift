import Bytes
import StageKit

/// The bytes of one article before anything is known of them but their format: all that a decoder needs.
public struct RawArticle: Sendable {
  public var bytes: [UInt8]
  /// The number of the line or item, from 1; `nil` where the file is one article.
  public var line: Int?
  public var format: InputFormat
  /// The file's character set where `bytes` are UTF-8 already because the file had to be decoded to cut it.
  public var encoding: String?
  /// Whether an article without an id of its own gets one of its content alone.
  public var hasContentID = false

  public init(bytes: [UInt8], line: Int?, format: InputFormat, encoding: String? = nil) {
    self.bytes = bytes
    self.line = line
    self.format = format
    self.encoding = encoding
  }

  /// “line 12”, “item 3”; `nil` where the file is one article.
  public var place: String? { line.map { "\(format.part) \($0)" } }

  /// Decodes the raw bytes into an article that no stage has seen yet.
  ///
  /// - Parameters:
  ///   - name: the file's name, part of the id.
  ///   - path: the same from the inbox, where its folders count.
  public func decode(name: [UInt8], path: [UInt8]? = nil) throws(InputError) -> Article {
    try format.decode(self, SourceName(name: name, path: path))
  }
}

/// What the file is called that an article came from.
struct SourceName {
  var name: [UInt8]
  /// From the inbox, where its folders count.
  var path: [UInt8]?
}

// MARK: - What decoders share

extension RawArticle {
  func decodedText(_ declaration: DecodedText.Declaration) throws(InputError) -> DecodedText {
    if let encoding { return DecodedText(text: bytes, encoding: encoding) }
    return try DecodedText(bytes, declaration)
  }

  /// The text of a file that is text throughout.
  func page(_ declaration: DecodedText.Declaration) throws(InputError) -> DecodedText {
    let decoded = try decodedText(declaration)
    if decoded.isBlank { throw InputError(.empty, "the file holds no text") }
    if decoded.text.prefix(4096).contains(0) {
      throw InputError(.binary, "the file is not text: it holds zero bytes")
    }
    return decoded
  }

  /// - Parameter id: the input's own; without one, or with an empty one, the article gets one over its name, line and
  ///   content.
  func article(
    name: SourceName, encoding: String, id: [UInt8]? = nil, text: [UInt8], markup: Article.Markup? = nil,
    metadata: Article.Metadata = Article.Metadata()
  ) -> Article {
    let source = Article.Source(
      name: name.name, path: name.path, line: line, format: format.sourceName, encoding: encoding,
      byteCount: bytes.count, sha256: SHA256.digest(bytes))
    let own = id.flatMap { $0.isEmpty ? nil : $0 }
    return Article(
      source: source, id: own ?? (hasContentID ? Self.contentID(of: source) : Self.id(of: source)), text: text,
      markup: markup, metadata: metadata)
  }

  /// 24 hex digits of the content's SHA-256.
  private static func contentID(of source: Article.Source) -> [UInt8] { Array(Hex.encode(source.sha256).prefix(24)) }

  /// 24 hex digits of SHA-256 over name, line number and the content's own SHA-256, so that content is hashed once.
  private static func id(of source: Article.Source) -> [UInt8] {
    var hash = SHA256()
    hash.update(source.name)
    hash.update([0])
    hash.update(Array(String(source.line ?? 0).utf8))
    hash.update([0])
    hash.update(source.sha256)
    return Array(Hex.encode(hash.finish()).prefix(24))
  }
}
