import Bytes
import StageKit

/// The record of schema `linecaster/1`, declared once.
public struct RecordSchema: Sendable {
  /// With its version.
  public let name: String
  let record: Shape

  /// Of the lines about articles that a pipeline discards.
  public static let discarded = RecordSchema(discarded: ())

  private init(discarded: Void) {
    name = RecordWriter.discardedSchema
    var fields = Self.head(offsets: OffsetUnit.allCases).filter { field in
      RecordKey(rawValue: field.name)?.isAlwaysThere == true
    }
    fields[0] = Shape.Field("schema", .oneOf([name]), "Name and version of this schema.")
    record = .object(fields + [Shape.Field("reason", .text, "Why, as the pipeline says.")])
  }

  /// Of the records of any pipeline.
  ///
  /// - Parameter ownLayers: what may stand under `layers`; other keys there may hold anything.
  public init(ownLayers: [Layer] = []) {
    name = RecordWriter.schema
    let known = ownLayers.map { Shape.Field($0.key, .nullable($0.shape), $0.help) }
    record = Self.record(
      keys: RecordKey.allCases, offsets: OffsetUnit.allCases, layers: Layer.builtin.map(Self.field),
      own: known.isEmpty ? .any : .open(known), alignment: .nullable(Self.runs), places: .nullable(Self.places))
  }

  /// Of the records of one pipeline, and no others.
  public init(_ form: RecordForm) {
    name = RecordWriter.schema
    let layers = Layer.builtin.map { layer in
      form.layers.contains(layer) ? Self.field(layer) : Shape.Field(layer.key, .absent(layer.shape), layer.help)
    }
    let own = form.ownLayers.map { Shape.Field($0.key, .nullable($0.shape), $0.help) }
    record = Self.record(
      keys: form.keys, offsets: [form.offsets], layers: layers, own: .object(own),
      alignment: form.alignment ? Self.runs : .absent(Self.runs),
      places: form.alignment ? .nullable(Self.places) : .absent(Self.places))
  }

  private static func field(_ layer: Layer) -> Shape.Field {
    Shape.Field(layer.key, .nullable(layer.shape), layer.help)
  }

  private static func record(
    keys: [RecordKey], offsets: [OffsetUnit], layers: [Shape.Field], own: Shape, alignment: Shape, places: Shape
  ) -> Shape {
    let tail = [
      Shape.Field("layers", own, "Layers of stages that are not of the built-in set, by name."),
      Shape.Field(
        "alignment", alignment, "[start, end, source start, source end]; the source side counts UTF-8 bytes."),
      Shape.Field("where", places, "Where title, byline, captions, credits and date stood in the source."),
      Shape.Field(
        "errors",
        .list(
          .object([
            Shape.Field("stage", .keyword, "The stage."),
            Shape.Field("class", .keyword, "A short name that stays the same across versions."),
            Shape.Field("message", .text, "A sentence."),
          ])), "What went wrong without costing the article."),
      Shape.Field("meta", .nullable(.any), "What else the input says: keys of JSON, fields of a mail."),
    ]
    let names = Set(keys.map(\.rawValue))
    return .object((head(offsets: offsets) + layers + tail).filter { names.contains($0.name) })
  }

  /// Up to the text.
  private static func head(offsets: [OffsetUnit]) -> [Shape.Field] {
    [
      Shape.Field("schema", .oneOf([RecordWriter.schema]), "Name and version of this schema."),
      Shape.Field(
        "id", .keyword,
        "The input's own id, else 24 hex digits of SHA-256 over name, line and the SHA-256 of the content."),
      Shape.Field("seq", .nullable(.integer(from: 0)), "Number in the spool, never repeated; null outside a spool."),
      Shape.Field("received", .nullable(.instant), "When the input was claimed, RFC 3339 in UTC."),
      Shape.Field("source", source, "Where the article came from."),
      Shape.Field(
        "pipeline",
        .object([
          Shape.Field("name", .keyword, "The pipeline's name."),
          Shape.Field("digest", .keyword, "Over the resolved YAML, the program's version and all models and lists."),
          Shape.Field("offsets", .oneOf(offsets.map(\.rawValue)), "What offsets into `text` count."),
        ]), "What made this record."),
      Shape.Field(
        "revision_of", .nullable(.integer(from: 0)),
        "`seq` of the earlier article that this one corrects, or of which only a part was there."),
      Shape.Field("url", .nullable(.keyword), "The article's address."),
      Shape.Field("title", .nullable(.text), "The headline."),
      Shape.Field("byline", .list(.keyword), "The authors, one each."),
      Shape.Field("dateline", .nullable(dateline), "“MOSCOW (Sputnik) —”"),
      Shape.Field("published", .nullable(.day), "Day of publication."),
      Shape.Field("published_at", .nullable(.keyword), "Instant of publication, ISO 8601."),
      Shape.Field("language", .nullable(.keyword), "ISO 639-1; of an input that says it itself, its tag: “en-GB”."),
      Shape.Field("captions", .list(.text), "Picture captions."),
      Shape.Field("credits", .list(.text), "Picture credits."),
      Shape.Field(
        "tags", .list(.keyword), "The page's own tags, and its folders' names where the pipeline asks for them."),
      Shape.Field("text", .text, "The body; all offsets point into it."),
    ]
  }

  private static let source = Shape.object([
    Shape.Field("name", .keyword, "File name; U+FFFD where its bytes are not UTF-8."),
    Shape.Field("name_b64", .nullable(.keyword), "The name's bytes in Base64, where they are not UTF-8."),
    Shape.Field(
      "path", .nullable(.keyword),
      "The file's path from the inbox, where the folders below it are read; U+FFFD where its bytes are not UTF-8."),
    Shape.Field("path_b64", .nullable(.keyword), "The path's bytes in Base64, where they are not UTF-8."),
    Shape.Field("line", .nullable(.integer(from: 1)), "Line or number of the item, in a file with many articles."),
    Shape.Field("format", .oneOf(InputFormat.sourceNames), "What the input was."),
    Shape.Field("encoding", .keyword, "The character set it was decoded from."),
    Shape.Field("bytes", .integer(from: 0), "Bytes of the raw article, expanded where it was compressed."),
    Shape.Field("sha256", .keyword, "Of the raw article."),
  ])

  private static let runs = Shape.list(.list(.integer(from: 0)))

  private static let place = Shape.list(.integer(from: 0))
  private static let places = Shape.object([
    Shape.Field("title", .nullable(place), "[start, end] in UTF-8 bytes of the source, as all in here."),
    Shape.Field("byline", .list(place), "One for each name; empty where the input gave the names."),
    Shape.Field("captions", .list(place), "One for each caption."),
    Shape.Field("credits", .list(place), "One for each credit."),
    Shape.Field("date", .nullable(place), "Of the day of publication."),
  ])

  private static let dateline = Shape.object([
    Shape.Field("place", .nullable(.keyword), "The place."),
    Shape.Field("agency", .nullable(.keyword), "The agency."),
    Shape.Field("date", .nullable(.keyword), "ISO 8601, where it has a date."),
    Shape.start, Shape.end,
  ])
}

extension RecordSchema {
  /// JSON Schema, draft 2020-12, one line.
  public var jsonSchema: [UInt8] {
    guard case .object(let members) = record.schema(help: "One article as Linecaster writes it.") else { return [] }
    let head: [JSONValue.Member] = [
      .init(key: "$schema", value: .string("https://json-schema.org/draft/2020-12/schema")),
      .init(key: "title", value: .string(name)),
    ]
    return JSONValue.object(head + members).encoded
  }

  /// For DuckDB: `read_json('…', columns = COLUMNS)`.
  public var duckDBColumns: String {
    guard case .object(let fields) = record else { return "" }
    return "{" + fields.map { "\"\($0.name)\": '\($0.shape.duckDBType)'" }.joined(separator: ", ") + "}"
  }

  /// For Spark: the schema as `from_json` and `spark.read.schema` take it.
  public var sparkColumns: String {
    guard case .object(let fields) = record else { return "" }
    return fields.map { "`\($0.name)` \($0.shape.sparkType)" }.joined(separator: ", ")
  }

  /// For OpenSearch: the body of `PUT /INDEX`.
  public var openSearchMapping: [UInt8] {
    JSONValue.object([.init(key: "mappings", value: record.openSearchMapping)]).encoded
  }

  /// What is wrong with a record; empty for a good one. Checks types, key order, and that every span lies in the text
  /// and says what it holds. For records whose offsets count code points.
  public func problems(in record: JSONValue) -> [String] {
    var problems = [String]()
    self.record.validate(record, at: "", into: &problems)
    if let text = record["text"]?.string {
      Self.checkSpans(record, at: "", text: Array(text.unicodeScalars), into: &problems)
    }
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
      for member in members where member.key != "meta" {
        checkSpans(member.value, at: path.isEmpty ? member.key : "\(path).\(member.key)", text: text, into: &problems)
      }
    default: break
    }
  }
}
