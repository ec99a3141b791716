import StageKit

/// What a file holds, by the end of its name.
public struct InputKind: Sendable, Equatable {
  public enum Content: String, Sendable, Equatable {
    case text, html, json, jsonLines, xml

    public var name: String { rawValue }
    public init?(name: String) { self.init(rawValue: name) }
  }

  public var content: Content
  public var gzipped: Bool

  /// Whether every such file is one article.
  public var isOneArticle: Bool { content != .jsonLines && content != .xml }

  /// What the articles of a file with many are called, by the file's name: “line” or “item”.
  public static func part(ofFile name: [UInt8]) -> String {
    (try? InputKind(fileName: name))?.content == .xml ? "item" : "line"
  }

  public init(_ content: Content, gzipped: Bool = false) {
    self.content = content
    self.gzipped = gzipped
  }

  private static let endings: [(ending: String, content: Content)] = [
    (".txt", .text), (".html", .html), (".htm", .html), (".json", .json), (".jsonl", .jsonLines),
    (".ndjson", .jsonLines), (".xml", .xml),
  ]

  /// - Parameter name: the file's name as bytes; upper and lower case endings are one.
  public init(fileName name: [UInt8]) throws(InputError) {
    var lowered = name.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    let gzipped = lowered.ends(with: ".gz")
    if gzipped { lowered.removeLast(3) }
    guard let match = Self.endings.first(where: { lowered.ends(with: $0.ending) }) else {
      throw InputError(
        "unknown_kind", "the name does not say what the file holds: it should end in .txt, .html, .json, .jsonl or .xml"
      )
    }
    self.init(match.content, gzipped: gzipped)
  }
}

extension [UInt8] {
  fileprivate func ends(with ending: String) -> Bool { suffix(ending.utf8.count).elementsEqual(ending.utf8) }
}
