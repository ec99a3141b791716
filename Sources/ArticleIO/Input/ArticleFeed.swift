/// Cuts an input into raw articles, as its format says. Holds one article in memory; the whole file where it has to be
/// looked at.
public struct ArticleFeed {
  public enum Item: Sendable {
    case article(RawArticle)
    /// A line that cannot be an article; the feed goes on behind it.
    case badLine(Int, InputError)
  }

  private let format: InputFormat
  private var source: any ByteSource
  private let limit: Int
  private var lines: LineCutter
  /// The file, where it was read whole and is one article.
  private var file: [UInt8] = []
  private var items: (any ItemCutter)?
  private var records: (any RecordCutter)?
  /// The file's character set, where it holds a number of articles.
  private var encoding: String?
  private var isLookedAt = false
  private var number = 0
  private var isDone = false

  /// - Parameters:
  ///   - limit: bytes an article may have, after expansion.
  ///   - lineLimit: bytes a line may have; `nil` for what the format says.
  public init(_ source: some ByteSource, kind: InputKind, limit: Int, lineLimit: Int? = nil) {
    format = kind.format
    self.source = kind.packing?.expanded(source) ?? source
    self.limit = limit
    let longest = if case .lines(let limit) = kind.format.cut { limit } else { limit }
    if case .records(let make) = kind.format.cut { records = make() }
    lines = LineCutter(limit: min(limit, lineLimit ?? longest))
  }

  /// - Throws: where the file as a whole is no input: unreadable, too large, damaged.
  public mutating func next() throws(InputError) -> Item? {
    if isDone { return nil }
    switch format.cut {
    case .one:
      try readWhole()
      return theOne()
    case .lines:
      guard let line = try lines.next(of: &source) else {
        isDone = true
        return nil
      }
      guard let bytes = line.bytes else {
        return .badLine(line.number, InputError(.tooLarge, "the line is longer than \(lines.limit) bytes"))
      }
      return .article(RawArticle(bytes: bytes, line: line.number, format: format))
    case .records:
      // Taken out, so that what it holds is not copied.
      var cutter = records
      records = nil
      defer { records = cutter }
      let item = try cutter?.next(of: &source, limit: limit)
      isDone = item == nil
      return item
    case .items(_, let cut):
      try look(cut)
      if items == nil { return theOne() }
      guard let bytes = items?.next() else {
        (items, isDone) = (nil, true)
        return nil
      }
      number += 1
      return .article(RawArticle(bytes: bytes, line: number, format: format, encoding: encoding))
    }
  }

  /// Records so far that are no articles and no failures either.
  public var passedOver: Int { records?.passedOver ?? 0 }

  /// Whether a file that has to be looked at holds a number of articles, which then have numbers.
  public mutating func hasItems() throws(InputError) -> Bool {
    guard case .items(_, let cut) = format.cut else { return false }
    try look(cut)
    return items != nil
  }

  private mutating func look(_ cut: InputFormat.ItemCut) throws(InputError) {
    if isLookedAt { return }
    try readWhole()
    isLookedAt = true
    guard case .many(let items, let encoding) = try cut(file) else { return }
    // The cutter holds the text.
    (self.items, self.encoding, file) = (items, encoding, [])
  }

  private mutating func theOne() -> Item {
    isDone = true
    return .article(RawArticle(bytes: file, line: nil, format: format))
  }

  private mutating func readWhole() throws(InputError) {
    while try source.read(into: &file, upTo: min(1 << 18, limit + 1)) > 0 {
      if file.count > limit {
        throw InputError(.tooLarge, "the article is larger than max_input, \(limit) bytes")
      }
    }
  }
}
