import Bytes
import StageKit

/// What a line of the outbox says, as far as it is sent on: texts lie in one run of bytes, and lists that all records have
/// many of in one list each, so that a record that is read into again costs no memory.
public struct Record: Sendable {
  public enum Schema: Sendable { case record, discarded }

  public struct Entity: Sendable, Equatable {
    public var type: ByteSpan
    public var name: ByteSpan
    public var link: ByteSpan?
    /// A JSON list; `nil` where it is empty.
    public var roles: ByteSpan?
    public var value: ByteSpan?
    public var amount: Double?
    public var unit: ByteSpan?
    /// Its places in `Record.mentions`.
    public var mentions: Range<Int>
    /// How many of these are names.
    public var names: Int
  }

  public struct Mention: Sendable, Equatable {
    public enum Kind: Sendable { case name, pronoun, description }
    public var span: ByteSpan
    public var kind: Kind
  }

  public struct Quote: Sendable, Equatable {
    public var kind: ByteSpan
    public var text: ByteSpan
    public var hull: ByteSpan
    /// Places in `Record.spans`.
    public var spans: Range<Int>
    public var quoted: Range<Int>
    public var heading: Bool
    /// The place of the quotation that it stands in.
    public var within: Int?
    public var speaker: ByteSpan?
    public var speakerText: ByteSpan?
    /// The speaker's place among the entities, and its name.
    public var entity: Int?
    public var speakerName: ByteSpan?
    public var cue: ByteSpan?
    public var confidence: Double?
  }

  /// The texts, with escapes resolved; spans of texts and of JSON point in here.
  public internal(set) var bytes: [UInt8] = []

  public internal(set) var schema = Schema.record
  public internal(set) var id = ByteSpan(0, 0)
  public internal(set) var seq: Int?
  public internal(set) var received: ByteSpan?
  public internal(set) var sourceName: ByteSpan?
  public internal(set) var sourcePath: ByteSpan?
  public internal(set) var pipeline = ByteSpan(0, 0)
  /// What spans into `text` count in the line. Those of this record count code points.
  public internal(set) var offsets = OffsetUnit.codepoints
  public internal(set) var revisionOf: Int?
  public internal(set) var url: ByteSpan?
  public internal(set) var title: ByteSpan?
  /// The authors.
  public internal(set) var byline: [ByteSpan] = []
  public internal(set) var place: ByteSpan?
  public internal(set) var agency: ByteSpan?
  public internal(set) var published: ByteSpan?
  public internal(set) var publishedAt: ByteSpan?
  public internal(set) var language: ByteSpan?
  public internal(set) var tags: [ByteSpan] = []
  public internal(set) var text = ByteSpan(0, 0)
  public internal(set) var sentences: [ByteSpan] = []
  /// `nil` where the stage did not run.
  public internal(set) var entities: [Entity]?
  public internal(set) var mentions: [Mention] = []
  public internal(set) var quotes: [Quote]?
  public internal(set) var spans: [ByteSpan] = []
  public internal(set) var status: ByteSpan?
  public internal(set) var copyOf: ByteSpan?
  public internal(set) var cluster: ByteSpan?
  /// To the best match.
  public internal(set) var similarity: Double?
  public internal(set) var containment: Double?
  /// A JSON list; `nil` where it is empty.
  public internal(set) var errors: ByteSpan?
  /// Of a discarded article.
  public internal(set) var reason: ByteSpan?
  /// What records have and this line has not: keys that a pipeline left out.
  public internal(set) var missing: RecordKeys = []

  public init() {}

  /// Makes it empty again, and keeps its memory.
  mutating func clear() {
    var empty = Record()
    swap(&empty.bytes, &bytes)
    swap(&empty.sentences, &sentences)
    swap(&empty.mentions, &mentions)
    swap(&empty.spans, &spans)
    swap(&empty.byline, &byline)
    swap(&empty.tags, &tags)
    empty.bytes.removeAll(keepingCapacity: true)
    empty.sentences.removeAll(keepingCapacity: true)
    empty.mentions.removeAll(keepingCapacity: true)
    empty.spans.removeAll(keepingCapacity: true)
    empty.byline.removeAll(keepingCapacity: true)
    empty.tags.removeAll(keepingCapacity: true)
    self = empty
  }

  public func string(_ span: ByteSpan) -> String { String(decoding: bytes[span.range], as: UTF8.self) }
  public func string(_ span: ByteSpan?) -> String? { span.map { string($0) } }
}

/// Keys that a pipeline may leave out of its records, as far as somebody here needs them.
public struct RecordKeys: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let text = Self(rawValue: 1)
  public static let entities = Self(rawValue: 2)
  public static let quotes = Self(rawValue: 4)
  public static let title = Self(rawValue: 8)
  public static let published = Self(rawValue: 16)
  public static let duplicates = Self(rawValue: 32)
  public static let sentences = Self(rawValue: 64)
  public static let url = Self(rawValue: 128)

  public static let all: Self = [.text, .entities, .quotes, .title, .published, .duplicates, .sentences, .url]

  /// As a pipeline has them.
  public var names: [String] {
    let names: [(Self, String)] = [
      (.url, "url"), (.title, "title"), (.published, "published"), (.text, "text"), (.sentences, "sentences"),
      (.entities, "entities"), (.quotes, "quotes"), (.duplicates, "duplicates"),
    ]
    return names.filter { contains($0.0) }.map(\.1)
  }
}
