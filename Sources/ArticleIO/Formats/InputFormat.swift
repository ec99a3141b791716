import StageKit

/// A format of input files: how it is told, how a file is cut into articles, how one article is decoded. All that depends
/// on what a file holds is read from here; a new format is a value of its own file, and a line in `all`.
public struct InputFormat: Sendable, CustomStringConvertible {
  /// How the articles of a file are found.
  public enum Cut: Sendable {
    /// The file is the article.
    case one
    /// Each line is an article of at most `limit` bytes. Only line ends are looked for, and the file is never held whole.
    case lines(limit: Int)
    /// Each record is an article or is passed over. They are found one after another, and the file is never held whole.
    case records(@Sendable () -> any RecordCutter)
    /// The whole file has to be looked at, expanded. One without `word` is one article; `nil` where any may hold many.
    case items(word: StaticString? = nil, ItemCut)
  }

  public typealias ItemCut = @Sendable (_ file: [UInt8]) throws(InputError) -> FileContent

  /// Unlike that of every other; it tells the format from one process to another.
  public let name: String
  /// In lower-case ASCII, with their dot, the usual one first. Each may be followed by `.gz` or `.zst`.
  public let endings: [String]
  /// What such a file holds, for a table of the docs.
  public let help: String
  /// Which part of the input is the article's id, for a table of the docs; `nil` where there is none.
  public let idHelp: String?
  /// `source.format` of its records.
  public let sourceName: String
  /// What one article of a file with many is called, in messages and names: “line”, “item”.
  public let part: String
  public let cut: Cut
  let decode: @Sendable (RawArticle, SourceName) throws(InputError) -> Article

  /// Every format. Of two endings that fit a name, the first counts.
  public static let all: [InputFormat] = [.text, .html, .json, .jsonLines, .xml, .mail, .warc]

  /// What `source.format` can be.
  public static var sourceNames: [String] {
    (all + [.document]).reduce(into: []) { names, format in
      if !names.contains(format.sourceName) { names.append(format.sourceName) }
    }
  }

  public var description: String { name }

  /// Whether a file is cut at line ends, without a look at what it holds.
  public var isCutInLines: Bool { if case .lines = cut { true } else { false } }

  /// Whether a file is cut as it is read, however large it is.
  public var isStreamed: Bool {
    switch cut {
    case .lines, .records: true
    case .one, .items: false
    }
  }

  /// Whether there are files of it with other than one article.
  public var mayHoldMany: Bool { if case .one = cut { false } else { true } }
}

extension InputFormat {
  /// The format of a name; `nil` where there is none.
  public init?(name: String) {
    guard let format = (Self.all + [.document]).first(where: { $0.name == name }) else { return nil }
    self = format
  }
}

/// What a file holds that was looked at whole.
public enum FileContent: Sendable {
  /// The file is one article.
  case one
  /// A number of articles, or none, and the character set that the file was in.
  case many(any ItemCutter, encoding: String)
}

/// Finds the articles of a file that is read from its beginning to its end.
public protocol RecordCutter: Sendable {
  /// - Parameter limit: bytes an article may have.
  /// - Returns: `nil` behind the last one.
  /// - Throws: where nothing more of the file can be read.
  mutating func next(of source: inout any ByteSource, limit: Int) throws(InputError) -> ArticleFeed.Item?
  /// Records so far that are no articles and no failures either.
  var passedOver: Int { get }
}

/// Gives the articles of a file one by one, in their order.
public protocol ItemCutter: Sendable {
  /// The next article, in UTF-8: a document of the file's format that is one article, so that it can be put back alone.
  mutating func next() -> [UInt8]?
}
