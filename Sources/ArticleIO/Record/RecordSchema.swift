import StageKit

/// The record of schema `linecaster/1`, declared once.
public enum RecordSchema {
  static let record = Shape.object([
    Shape.Field("schema", .oneOf([RecordWriter.schema]), "Name and version of this schema."),
    Shape.Field(
      "id", .keyword,
      "The input's own id, else 24 hex digits of SHA-256 over name, line and the SHA-256 of the content."),
    Shape.Field("seq", .nullable(.integer(from: 0)), "Number in the spool, never repeated; null outside a spool."),
    Shape.Field("received", .nullable(.keyword), "When the input was claimed, RFC 3339 in UTC."),
    Shape.Field("source", source, "Where the article came from."),
    Shape.Field(
      "pipeline",
      .object([
        Shape.Field("name", .keyword, "The pipeline's name."),
        Shape.Field("digest", .keyword, "Over the resolved YAML, the program's version and all models and lists."),
      ]), "What made this record."),
    Shape.Field("url", .nullable(.keyword), "The article's address."),
    Shape.Field("title", .nullable(.text), "The headline."),
    Shape.Field("byline", .list(.keyword), "The authors, one each."),
    Shape.Field("dateline", .nullable(dateline), "“MOSCOW (Sputnik) —”"),
    Shape.Field("published", .nullable(.day), "Day of publication."),
    Shape.Field("published_at", .nullable(.keyword), "Instant of publication, ISO 8601."),
    Shape.Field("language", .nullable(.keyword), "ISO 639-1."),
    Shape.Field("captions", .list(.text), "Picture captions."),
    Shape.Field("credits", .list(.text), "Picture credits."),
    Shape.Field("tags", .list(.keyword), "The page's own tags."),
    Shape.Field("text", .text, "The body; all offsets point into it."),
    Shape.Field(
      "paragraphs", .nullable(.list(spanned("kind", .oneOf(cases(Paragraph.Kind.self)), "Kind."))), "Paragraphs."),
    Shape.Field("sentences", .nullable(.list(span)), "Sentences."),
    Shape.Field("tokens", .nullable(.list(span)), "Tokens, where the segment stage is told to list them."),
    Shape.Field("entities", .nullable(.list(entity)), "Names and values; `id` is the place in this list."),
    Shape.Field("quotes", .nullable(.list(quote)), "Quotations and reported speech."),
    Shape.Field("duplicates", .nullable(duplicates), "Earlier articles that this one repeats."),
    Shape.Field("layers", .any, "Layers of plugins, by name."),
    Shape.Field(
      "alignment", .nullable(.list(.list(.integer(from: 0)))),
      "[start, end, source start, source end]; the source side counts UTF-8 bytes."),
    Shape.Field("where", .nullable(places), "Where title, byline, captions, credits and date stood in the source."),
    Shape.Field(
      "errors",
      .list(
        .object([
          Shape.Field("stage", .keyword, "The stage."),
          Shape.Field("class", .keyword, "A short name that stays the same across versions."),
          Shape.Field("message", .text, "A sentence."),
        ])), "What went wrong without costing the article."),
    Shape.Field("meta", .nullable(.any), "Keys of a JSON input that mean nothing here."),
  ])

  private static let source = Shape.object([
    Shape.Field("name", .keyword, "File name; U+FFFD where its bytes are not UTF-8."),
    Shape.Field("name_b64", .nullable(.keyword), "The name's bytes in Base64, where they are not UTF-8."),
    Shape.Field("line", .nullable(.integer(from: 1)), "Line of a JSON Lines input, number of the item in an XML one."),
    Shape.Field("format", .oneOf(["text", "html", "json", "xml"]), "What the input was."),
    Shape.Field("encoding", .keyword, "The character set it was decoded from."),
    Shape.Field("bytes", .integer(from: 0), "Bytes of the raw article, expanded where it was compressed."),
    Shape.Field("sha256", .keyword, "Of the raw article."),
  ])

  private static let start = Shape.Field("start", .integer(from: 0), "Half-open, into `text`.")
  private static let end = Shape.Field("end", .integer(from: 0), "Half-open, into `text`.")
  private static let span = Shape.object([start, end])
  private static let quotation = Shape.object([start, end, Shape.Field("text", .text, "As written.")])

  private static let place = Shape.list(.integer(from: 0))
  private static let places = Shape.object([
    Shape.Field("title", .nullable(place), "[start, end] in UTF-8 bytes of the source, as all in here."),
    Shape.Field("byline", .list(place), "One for each name; empty where the input gave the names."),
    Shape.Field("captions", .list(place), "One for each caption."),
    Shape.Field("credits", .list(place), "One for each credit."),
    Shape.Field("date", .nullable(place), "Of the day of publication."),
  ])

  private static func spanned(_ name: String, _ shape: Shape, _ help: String) -> Shape {
    .object([start, end, Shape.Field(name, shape, help)])
  }

  private static func cases<Kind: CaseIterable & RawRepresentable<String>>(_ kind: Kind.Type) -> [String] {
    kind.allCases.map(\.rawValue)
  }

  private static let dateline = Shape.object([
    Shape.Field("place", .nullable(.keyword), "The place."),
    Shape.Field("agency", .nullable(.keyword), "The agency."),
    Shape.Field("date", .nullable(.keyword), "ISO 8601, where it has a date."),
    start, end,
  ])

  private static let entity = Shape.object([
    Shape.Field("id", .integer(from: 0), "Place in the list."),
    Shape.Field("type", .oneOf(cases(Entity.Kind.self)), "As CoNLL-2003 has them, and value types by rule."),
    Shape.Field("name", .keyword, "The fullest form."),
    Shape.Field("link", .nullable(.keyword), "Canonical id of a user's list."),
    Shape.Field("roles", .list(.text), "As written: “Russian Foreign Minister”."),
    Shape.Field("value", .nullable(.keyword), "ISO 8601 or TIMEX3 of dates and times."),
    Shape.Field("amount", .nullable(.number), "Of MONEY, PERCENT and QUANTITY."),
    Shape.Field("unit", .nullable(.keyword), "Currency code or unit."),
    Shape.Field("mentions", .list(quotation), "Every place where it is named."),
    Shape.Field(
      "references",
      .list(
        .object([
          start, end, Shape.Field("text", .text, "As written."),
          Shape.Field("kind", .oneOf(["pronoun", "description"]), "Kind."),
        ])), "Pronouns and descriptions that stand for it."),
  ])

  private static let quote = Shape.object([
    Shape.Field("id", .integer(from: 0), "Place in the list."),
    Shape.Field("kind", .oneOf(cases(Quote.Kind.self)), "direct: all verbatim; mixed: in part; indirect: none."),
    start, end,
    Shape.Field("spans", .list(span), "The content, without cue, speaker and outer marks."),
    Shape.Field("text", .text, "The spans joined by “ … ”."),
    Shape.Field("quoted", .list(span), "The verbatim stretches."),
    Shape.Field("heading", .bool, "Whether it stands in a heading."),
    Shape.Field("within", .nullable(.integer(from: 0)), "Id of the enclosing quotation."),
    Shape.Field(
      "speaker",
      .nullable(
        .object([
          start, end, Shape.Field("text", .text, "As written."),
          Shape.Field("entity", .nullable(.integer(from: 0)), "Id in `entities`."),
          Shape.Field("name", .nullable(.keyword), "The entity's name."),
        ])), "Who said it."),
    Shape.Field("cue", .nullable(quotation), "The words that say so: “said”."),
    Shape.Field("confidence", .ratio, "How sure this is."),
  ])

  private static let duplicates = Shape.object([
    Shape.Field("status", .oneOf(cases(Duplicates.Status.self)), "The strongest match."),
    Shape.Field("of", .nullable(.keyword), "Id of the best match."),
    Shape.Field("cluster", .keyword, "Id of the cluster's first article."),
    Shape.Field("revision_of", .nullable(.integer(from: 0)), "`seq` of the article with this id and other content."),
    Shape.Field(
      "matches",
      .list(
        .object([
          Shape.Field("id", .keyword, "The earlier article."),
          Shape.Field("seq", .nullable(.integer(from: 0)), "Its number in the spool."),
          Shape.Field("similarity", .ratio, "Jaccard over word 5-grams."),
          Shape.Field("containment", .ratio, "Shared 5-grams over the shorter one's."),
          Shape.Field("share_of_this", .ratio, "Share of this article that is in the other."),
          Shape.Field("share_of_match", .ratio, "Share of the other that is in this one."),
        ])), "Best first, at most 20."),
  ])
}

extension RecordSchema {
  /// JSON Schema, draft 2020-12, one line.
  public static var jsonSchema: [UInt8] {
    guard case .object(let members) = record.schema(help: "One article as Linecaster writes it.") else { return [] }
    let head: [JSONValue.Member] = [
      .init(key: "$schema", value: .string("https://json-schema.org/draft/2020-12/schema")),
      .init(key: "title", value: .string(RecordWriter.schema)),
    ]
    return JSONValue.object(head + members).encoded
  }

  /// For DuckDB: `read_json('…', columns = COLUMNS)`.
  public static var duckDBColumns: String {
    guard case .object(let fields) = record else { return "" }
    return "{" + fields.map { "\"\($0.name)\": '\($0.shape.duckDBType)'" }.joined(separator: ", ") + "}"
  }

  /// For OpenSearch: the body of `PUT /INDEX`.
  public static var openSearchMapping: [UInt8] {
    JSONValue.object([.init(key: "mappings", value: record.openSearchMapping)]).encoded
  }

  /// What is wrong with a record; empty for a good one. Checks types, key order, and that every span lies in the text
  /// and says what it holds. For records whose offsets count code points.
  public static func problems(in record: JSONValue) -> [String] {
    var problems = [String]()
    Self.record.validate(record, at: "", into: &problems)
    let text = Array((record["text"]?.string ?? "").unicodeScalars)
    checkSpans(record, at: "", text: text, into: &problems)
    return problems
  }

  private static func checkSpans(
    _ value: JSONValue, at path: String, text: [Unicode.Scalar], into problems: inout [String]
  ) {
    switch value {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        checkSpans(element, at: "\(path)[\(index)]", text: text, into: &problems)
      }
    case .object(let members):
      if let start = value["start"]?.int, let end = value["end"]?.int {
        if start > end || end > text.count {
          problems.append("\(path): \(start)..<\(end) is no span of a text of \(text.count) code points")
        } else if value["spans"] == nil, let words = value["text"]?.string,
          !words.unicodeScalars.elementsEqual(text[start..<end])
        {
          problems.append("\(path): the text at \(start)..<\(end) is not “\(words)”")
        }
      }
      for member in members where member.key != "layers" && member.key != "meta" {
        checkSpans(member.value, at: path.isEmpty ? member.key : "\(path).\(member.key)", text: text, into: &problems)
      }
    default: break
    }
  }
}
