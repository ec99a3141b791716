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
  static func texts(
    in path: String, _ form: LabelForm = .records, trust: LabelledText.Trust
  ) throws(InputError) -> [LabelledText] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let group = String(name.prefix(while: { $0 != "." }))
    var texts: [LabelledText] = []
    try AnnotatedFiles.forEachRow(of: path, form) { row, place throws(InputError) in
      texts.append(try text(row, place, trust: trust, group: group))
    }
    return texts
  }

  /// Articles with the names that a model finds in them, so that a fit keeps those.
  static func kept(in path: String, by base: BaseModel) throws(InputError) -> [LabelledText] {
    var texts: [LabelledText] = []
    try forEachRow(of: path) { row, place throws(InputError) in
      guard let text = row["text"]?.string else { throw fail(place, "the row has no ‘text’") }
      let article = try article(text, row, place, group: "kept")
      do throws(StageError) {
        texts.append(try base.labelled(article, group: "what the base finds in articles to keep"))
      } catch {
        throw fail(place, error.message)
      }
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
    let labels =
      entities.contains { $0["mentions"] != nil }
      ? try mentions(of: entities, row, place) : try labels(of: entities, row, place)
    let offsets = row["pipeline"]?["offsets"]?.string == "utf8" ? Array(0...text.utf8.count) : byteOffsets(of: text)
    var names: [(span: ByteSpan, label: LabelledText.Label)] = []
    for label in labels {
      guard label.start < label.end, label.start >= 0, label.end < offsets.count else {
        throw fail(place, "\(label.place) is no [start, end, label] inside the text")
      }
      names.append((ByteSpan(offsets[label.start], offsets[label.end]), label.kind.map { .name($0) } ?? .other))
    }
    if trust == .full || trust == .partial { try check(names, Array(text.utf8), place) }
    let article = try article(text, row, place, group: group)
    return LabelledText(article: article, names: names, trust: trust, group: group)
  }

  /// A label of a row: offsets as the row has them, and `nil` for what is no name.
  private struct Label {
    var place: String
    var start: Int
    var end: Int
    var kind: Entity.Kind?
  }

  private static func labels(
    of entities: [JSONValue], _ row: JSONValue, _ place: String
  ) throws(InputError) -> [Label] {
    var labels: [Label] = []
    for (index, entity) in entities.enumerated() {
      let name = "entity \(index + 1)"
      guard let (start, end, type) = parts(of: entity) else {
        throw fail(place, "\(name) is no [start, end, label] inside the text")
      }
      var label = type
      if case .array(let coarse)? = row["coarse"], index < coarse.count { label = coarse[index].string ?? "" }
      labels.append(Label(place: name, start: start, end: end, kind: try kind(label, name, place)))
    }
    return labels
  }

  /// Of a record that linecaster wrote: all mentions of its names.
  private static func mentions(
    of entities: [JSONValue], _ row: JSONValue, _ place: String
  ) throws(InputError) -> [Label] {
    if row["pipeline"]?["offsets"]?.string == "utf16" {
      throw fail(place, "the record's offsets count UTF-16: write records with ‘outbox: {offsets: codepoints}’")
    }
    var labels: [Label] = []
    for (index, entity) in entities.enumerated() {
      let name = "entity \(index + 1)"
      let kind = try kind(entity["type"]?.string ?? "", name, place)
      // Dates and amounts are found by rules.
      if kind == nil { continue }
      for mention in entity["mentions"]?.array ?? [] {
        labels.append(
          Label(place: name, start: mention["start"]?.int ?? -1, end: mention["end"]?.int ?? -1, kind: kind))
      }
    }
    return labels
  }

  private static func kind(_ label: String, _ name: String, _ place: String) throws(InputError) -> Entity.Kind? {
    if let kind = kinds[label] { return kind }
    guard others.contains(label) else {
      throw fail(place, "\(name): ‘\(label)’ is no label that can be learned; write PERSON, ORG, LOC or MISC")
    }
    return nil
  }

  private static func check(
    _ names: [(span: ByteSpan, label: LabelledText.Label)], _ text: [UInt8], _ place: String
  ) throws(InputError) {
    func shown(_ span: ByteSpan) -> String { "‘\(String(decoding: text[span.range], as: UTF8.self))’" }
    var before: ByteSpan?
    for (span, _) in names.sorted(by: { $0.span < $1.span }) {
      if let before, span.start < before.end {
        throw fail(place, "the labels of \(shown(before)) and \(shown(span)) overlap: a word has one label")
      }
      if span.start > 0, isWord(text[span.start - 1]), isWord(text[span.start]) {
        throw fail(
          place, "the label of \(shown(span)) begins inside a word: offsets count code points, from 0")
      }
      before = span
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit }

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

  /// Labels of common collections for what is no name, or is none of the four.
  private static let others: Set<String> = [
    "", "O", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "EVENT", "WORK_OF_ART", "LAW",
    "LANGUAGE",
    "PRODUCT", "OTHER", "corporation", "creative-work", "product", "group", "other",
  ]

  /// The labels of common collections.
  private static let kinds: [String: Entity.Kind] = [
    "PERSON": .person, "PER": .person, "person": .person, "ORG": .organization, "organization": .organization,
    "LOC": .location, "GPE": .location, "FAC": .location, "location": .location, "MISC": .miscellaneous,
    "NORP": .miscellaneous,
  ]
}
