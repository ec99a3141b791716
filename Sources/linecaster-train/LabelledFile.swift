import ArticleIO
import Bytes
import Entities
import Glibc
import Segment
import StageKit
import Training

/// Reads labelled articles from JSON Lines.
enum LabelledFile {
  /// - Throws: naming the line that is wrong, and what is wrong with it.
  static func texts(in path: String, trust: LabelledText.Trust) throws(InputError) -> [LabelledText] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let group = String(name.prefix(while: { $0 != "." }))
    var texts: [LabelledText] = []
    try forEachRow(of: path) { row, place throws(InputError) in
      texts.append(try text(row, place, trust: trust, group: group))
    }
    return texts
  }

  static func fail(_ place: String, _ message: String) -> InputError {
    InputError(.training, "\(place): \(message)")
  }

  /// Calls `body` with each row and its place, as messages name it.
  static func forEachRow(
    of path: String, _ body: (JSONValue, _ place: String) throws(InputError) -> Void
  ) throws(InputError) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fail(path, "cannot be opened: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    guard let kind = try? InputKind(fileName: Array(name.utf8)), kind.format.isCutInLines else {
      throw fail(path, "training data is JSON Lines: the name should end in .jsonl or .jsonl.gz")
    }
    let largest = 256 << 20
    var feed = ArticleFeed(DescriptorSource(descriptor), kind: kind, limit: largest, lineLimit: largest)
    while true {
      let item: ArticleFeed.Item?
      do { item = try feed.next() } catch { throw fail(path, error.message) }
      switch item {
      case nil: return
      case .badLine(let line, let error): throw fail("\(path), line \(line)", error.message)
      case .article(let raw):
        let place = "\(path), line \(raw.line ?? 1)"
        let row: JSONValue
        do { row = try JSONValue(parsing: raw.bytes) } catch { throw fail(place, error.message) }
        try body(row, place)
      }
    }
  }

  private static func text(
    _ row: JSONValue, _ place: String, trust: LabelledText.Trust, group: String
  ) throws(InputError) -> LabelledText {
    guard let text = row["text"]?.string else { throw fail(place, "the row has no ‘text’") }
    guard case .array(let entities)? = row["entities"] else { throw fail(place, "the row has no list ‘entities’") }
    let offsets = byteOffsets(of: text)
    var names: [(span: ByteSpan, label: LabelledText.Label)] = []
    for (index, entity) in entities.enumerated() {
      guard let (start, end, type) = parts(of: entity), start < end, start >= 0, end < offsets.count else {
        throw fail(place, "entity \(index + 1) is no [start, end, label] inside the text")
      }
      var label = type
      if case .array(let coarse)? = row["coarse"], index < coarse.count { label = coarse[index].string ?? "" }
      names.append((ByteSpan(offsets[start], offsets[end]), kinds[label].map { .name($0) } ?? .other))
    }
    let article = try article(text, row, place, group: group)
    return LabelledText(article: article, names: names, trust: trust, group: group)
  }

  /// The article of a row, segmented, whatever its language.
  static func article(
    _ text: String, _ row: JSONValue, _ place: String, group: String
  ) throws(InputError) -> Article {
    var article = Article(
      source: Article.Source(
        name: Array(group.utf8), line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
      id: Array((row["id"]?.string ?? place).utf8), text: Array(text.utf8))
    var options = SegmentStage.Options()
    options.languages = []
    do throws(StageError) {
      try SegmentStage(options: options, context: StageContext()).process(&article, deadline: .none)
    } catch {
      throw fail(place, error.message)
    }
    return article
  }

  private static func parts(of entity: JSONValue) -> (start: Int, end: Int, label: String)? {
    func number(_ value: JSONValue?) -> Int? { if case .number(let text)? = value { Int(text) } else { nil } }
    let values: [JSONValue?]
    if case .array(let items) = entity {
      values = items
    } else {
      values = [entity["start"], entity["end"], entity["label"] ?? entity["type"]]
    }
    guard values.count >= 3, let start = number(values[0]), let end = number(values[1]), let label = values[2]?.string
    else { return nil }
    return (start, end, label)
  }

  /// Of each code point, and of the end.
  static func byteOffsets(of text: String) -> [Int] {
    var offsets: [Int] = []
    var at = 0
    for byte in text.utf8 {
      if byte & 0xC0 != 0x80 { offsets.append(at) }
      at += 1
    }
    return offsets + [at]
  }

  /// The labels of common collections.
  private static let kinds: [String: Entity.Kind] = [
    "PERSON": .person, "PER": .person, "person": .person, "ORG": .organization, "organization": .organization,
    "LOC": .location, "GPE": .location, "FAC": .location, "location": .location, "MISC": .miscellaneous,
    "NORP": .miscellaneous,
  ]
}
