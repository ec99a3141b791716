import ArticleIO
import Bytes
import StageKit

/// Holds one record against every invariant. Offsets must count code points.
public struct RecordCheck {
  /// What there is to know of a record besides itself.
  public struct Origin: Sendable {
    /// The text or markup of the input as UTF-8, which alignment and places point into; `nil` where it is not at hand.
    public var source: [UInt8]?
    /// Of the chain that made the record.
    public var stages: [String]

    public init(source: [UInt8]?, stages: [String]) {
      self.source = source
      self.stages = stages
    }
  }

  let record: JSONValue
  let origin: Origin
  /// The record's text, which spans count in.
  let text: [Unicode.Scalar]
  private(set) var violations: [Violation] = []

  private init(_ record: JSONValue, _ origin: Origin) {
    self.record = record
    self.origin = origin
    text = Array((record["text"]?.string ?? "").unicodeScalars)
  }

  /// What a line breaks; empty for a good one.
  ///
  /// - Parameter line: with its line end.
  public static func violations(ofLine line: [UInt8], _ origin: Origin) -> [Violation] {
    guard line.last == 0x0A, !line.dropLast().contains(0x0A) else {
      return [Violation(invariant: .schema, message: "the record is not one line")]
    }
    do throws(JSONError) {
      return violations(of: try JSONValue(parsing: line), origin)
    } catch {
      return [Violation(invariant: .schema, message: "byte \(error.offset): \(error.message)")]
    }
  }

  /// What a record breaks; empty for a good one.
  public static func violations(of record: JSONValue, _ origin: Origin) -> [Violation] {
    let problems = RecordSchema().problems(in: record)
    // The other checks read spans and types without a second look.
    guard problems.isEmpty else { return problems.map { Violation(invariant: .schema, message: $0) } }
    var check = RecordCheck(record, origin)
    check.checkLayers()
    check.checkMetadata()
    check.checkStructure()
    check.checkEntities()
    check.checkQuotations()
    check.checkSource()
    check.checkDuplicates()
    return check.violations
  }

  mutating func report(_ invariant: Invariant, _ message: String) {
    violations.append(Violation(invariant: invariant, message: message))
  }

  // MARK: Small checks

  private mutating func checkLayers() {
    let layers = [
      "segment": ["paragraphs", "sentences"], "entities": ["entities"], "quotes": ["quotes"], "dedupe": ["duplicates"],
    ]
    let told = Set((record["errors"]?.array ?? []).compactMap { $0["stage"]?.string })
    for stage in origin.stages where !told.contains(stage) {
      for layer in layers[stage] ?? [] where record[layer] == .null {
        report(.layers, "\(layer) is null, and no entry in errors says why")
      }
    }
  }

  private mutating func checkMetadata() {
    if let language = record["language"]?.string, !LanguageCode.isWellFormed(language) {
      report(.metadata, "language ‘\(language)’ is no code")
    }
    if let day = record["published"]?.string, !DateShape.isDay(day) {
      report(.metadata, "published ‘\(day)’ is no day")
    }
    if let instant = record["published_at"]?.string, !DateShape.isInstant(instant) {
      report(.metadata, "published_at ‘\(instant)’ is no instant")
    }
    if let day = record["dateline"]?["date"]?.string, !DateShape.isDay(day), !DateShape.isDayOfAnyYear(day) {
      report(.metadata, "dateline.date ‘\(day)’ is no day")
    }
  }

  private mutating func checkDuplicates() {
    guard let duplicates = record["duplicates"], duplicates != .null else { return }
    let matches = duplicates["matches"]?.array ?? []
    if matches.count > 20 { report(.duplicates, "\(matches.count) matches") }
    let best = matches.first?["id"] ?? .null
    if duplicates["of"] != best { report(.duplicates, "‘of’ is not the first of the matches") }
    if (duplicates["status"]?.string == "unique") != matches.isEmpty {
      report(.duplicates, "the status is \(duplicates["status"]?.string ?? "") with \(matches.count) matches")
    }
    if duplicates["cluster"]?.string?.isEmpty != false { report(.duplicates, "the cluster has no name") }
  }
}

/// A span of code points, which the schema has found to lie in the text.
struct TextSpan: Hashable, Comparable {
  var start: Int
  var end: Int

  init(_ start: Int, _ end: Int) { (self.start, self.end) = (start, end) }

  init(_ value: JSONValue) { self.init(value["start"]?.int ?? 0, value["end"]?.int ?? 0) }

  var isEmpty: Bool { start == end }
  func holds(_ other: TextSpan) -> Bool { start <= other.start && other.end <= end }
  func overlaps(_ other: TextSpan) -> Bool { start < other.end && other.start < end }

  static func < (a: TextSpan, b: TextSpan) -> Bool { a.start != b.start ? a.start < b.start : a.end < b.end }
}

extension JSONValue {
  /// The spans of a list of objects.
  var spans: [TextSpan] { (array ?? []).map(TextSpan.init) }
}

extension Unicode.Scalar {
  /// White space as Unicode has it, U+FEFF, and the separators U+001C to U+001F.
  var isSpace: Bool { UTF8Scalar.isSpace(value) || 0x1C...0x1F ~= value }

  /// Whether a reader sees nothing of it by itself: white space, controls, formats.
  var isUnseen: Bool {
    if isSpace { return true }
    switch properties.generalCategory {
    case .control, .format: return true
    default: return false
    }
  }
}
