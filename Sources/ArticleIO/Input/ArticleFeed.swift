/// The bytes of one article before anything is known of them.
public struct RawArticle: Sendable {
  public var bytes: [UInt8]
  /// The line of JSON Lines, or the number of the item in XML, from 1; `nil` where the file is one article.
  public var line: Int?
  public var content: InputKind.Content
  /// The file's character set where `bytes` are UTF-8 already because the file had to be decoded to cut it.
  public var encoding: String?

  public init(bytes: [UInt8], line: Int?, content: InputKind.Content, encoding: String? = nil) {
    self.bytes = bytes
    self.line = line
    self.content = content
    self.encoding = encoding
  }

  /// “line 12”, “item 3”; `nil` where the file is one article.
  public var place: String? { line.map { "\(content == .xml ? "item" : "line") \($0)" } }
}

/// Cuts an input into raw articles: a file is one, or each line of JSON Lines, or each item of an XML feed. Holds one
/// article in memory; of XML the whole file.
public struct ArticleFeed {
  public enum Item: Sendable {
    case article(RawArticle)
    /// A line that cannot be an article; the feed goes on behind it.
    case badLine(Int, InputError)
  }

  /// Bytes of the longest line of a JSON Lines file.
  public static let maximumLine = 16 << 20

  private var source: any ByteSource
  private let content: InputKind.Content
  private let limit: Int
  private let lineLimit: Int
  private var buffer: [UInt8] = []
  private var consumed = 0
  /// Up to here no line end was found.
  private var searched = 0
  private var line = 0
  private var atEnd = false
  private var isDone = false
  private var items: XMLItems?
  private var encoding = ""

  /// - Parameters:
  ///   - limit: bytes an article may have, after expansion.
  ///   - lineLimit: bytes a line of JSON Lines may have.
  public init(_ source: some ByteSource, kind: InputKind, limit: Int, lineLimit: Int = maximumLine) {
    self.source = kind.gzipped ? GzipSource(source) : source
    content = kind.content
    self.limit = limit
    self.lineLimit = min(limit, lineLimit)
  }

  /// - Throws: where the file as a whole is no input: unreadable, too large, damaged.
  public mutating func next() throws(InputError) -> Item? {
    if isDone { return nil }
    switch content {
    case .jsonLines: return try nextLine()
    case .xml: return try nextItem()
    case .text, .html, .json:
      isDone = true
      try readWhole()
      return .article(RawArticle(bytes: buffer, line: nil, content: content))
    }
  }

  private mutating func readWhole() throws(InputError) {
    while try source.read(into: &buffer, upTo: min(1 << 18, limit + 1)) > 0 {
      if buffer.count > limit {
        throw InputError("too_large", "the article is larger than max_input, \(limit) bytes")
      }
    }
  }

  // MARK: XML

  /// Whether an XML file holds a number of articles, which then have numbers.
  public mutating func hasItems() throws(InputError) -> Bool {
    guard content == .xml else { return false }
    return try !openItems().isOne
  }

  private mutating func openItems() throws(InputError) -> XMLItems {
    if let items { return items }
    try readWhole()
    let decoded = try DecodedText(buffer, .xml)
    let found = try XMLItems(decoded.text)
    items = found
    encoding = decoded.encoding
    // The text of a document with many takes the buffer's place.
    if !found.isOne { buffer = decoded.text }
    return found
  }

  private mutating func nextItem() throws(InputError) -> Item? {
    if try openItems().isOne {
      isDone = true
      return .article(RawArticle(bytes: buffer, line: nil, content: .xml))
    }
    guard let span = items?.next() else {
      isDone = true
      return nil
    }
    line += 1
    var raw = RawArticle(bytes: Array(buffer[span.range]), line: line, content: .xml)
    raw.encoding = encoding
    return .article(raw)
  }

  // MARK: JSON Lines

  private mutating func nextLine() throws(InputError) -> Item? {
    if line == 0 { try refuseWideCharacters() }
    while true {
      if let end = try lineEnd() {
        line += 1
        var bytes = Array(buffer[consumed..<end])
        consumed = min(end + 1, buffer.count)
        searched = consumed
        if bytes.last == 0x0D { bytes.removeLast() }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        return .article(RawArticle(bytes: bytes, line: line, content: .jsonLines))
      }
      if isDone { return nil }
      line += 1
      try skipRestOfLine()
      return .badLine(line, InputError("too_large", "the line is longer than \(lineLimit) bytes"))
    }
  }

  /// Lines cannot be told apart in UTF-16 by their bytes: such a file is refused whole, and not line by line.
  private mutating func refuseWideCharacters() throws(InputError) {
    while buffer.count < 4, !atEnd { try fill() }
    let head = Array(buffer.prefix(4))
    let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0, 0, 0xFE, 0xFF]]
    // Without a mark, a first ASCII character has zeros beside it.
    let hasZero = head.contains(0) && head.contains { $0 != 0 }
    guard hasZero || marks.contains(where: head.starts(with:)) else { return }
    let isLong = head.count(where: { $0 == 0 }) > 2 || head == [0xFF, 0xFE, 0, 0] || head.starts(with: marks[2])
    throw InputError(
      "not_utf8",
      "the file is in UTF-\(isLong ? 32 : 16), and JSON Lines are read in UTF-8: convert it whole, for example: "
        + "iconv -f utf-\(isLong ? 32 : 16) -t utf-8 FILE")
  }

  /// The offset of the next line end; `nil` where the line is too long or nothing is left (then `isDone`).
  private mutating func lineEnd() throws(InputError) -> Int? {
    while true {
      let end = buffer.span.firstOffset(of: 0x0A, in: searched..<buffer.count)
      if end < buffer.count { return end - consumed > lineLimit ? nil : end }
      searched = buffer.count
      if buffer.count - consumed > lineLimit { return nil }
      if atEnd {
        if consumed < buffer.count { return buffer.count }
        isDone = true
        return nil
      }
      try fill()
    }
  }

  private mutating func skipRestOfLine() throws(InputError) {
    while true {
      let end = buffer.span.firstOffset(of: 0x0A, in: searched..<buffer.count)
      if end < buffer.count {
        consumed = end + 1
        searched = consumed
        return
      }
      consumed = buffer.count
      searched = consumed
      if atEnd { return }
      try fill()
    }
  }

  private mutating func fill() throws(InputError) {
    if consumed > 0 {
      buffer.removeFirst(consumed)
      searched -= consumed
      consumed = 0
    }
    if try source.read(into: &buffer, upTo: 1 << 17) == 0 { atEnd = true }
  }
}
