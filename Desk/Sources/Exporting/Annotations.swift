import Bytes
import RecordReading

/// What of a record an annotation tool shows: labelled stretches of its text, and what they are to each other.
public struct Annotations: Sendable {
  public struct Label: Sendable, Equatable {
    public var type: String
    /// In code points, in the order of the text.
    public var spans: [ByteSpan]
  }

  public struct Relation: Sendable, Equatable {
    public var type: String
    /// Places among the labels.
    public var from: Int
    public var to: Int
  }

  /// The words of a record's names are labelled with their types; these are the others.
  public static let (speaker, cue, reference) = ("Speaker", "Cue", "Reference")
  public static let kinds = ["direct": "Direct", "mixed": "Mixed", "indirect": "Indirect"]
  /// Who said it, what says so, whose mention it is, and that two name the same.
  public static let (saidBy, cuedBy, isEntity, same) = ("SaidBy", "CuedBy", "Is", "Same")

  public private(set) var labels: [Label] = []
  public private(set) var relations: [Relation] = []
  public let text: [UInt8]
  /// Where each code point begins, and the end.
  public let offsets: [Int]

  public init(_ record: Record) {
    text = Array(record.bytes[record.text.range])
    var starts: [Int] = []
    starts.reserveCapacity(text.count + 1)
    for at in text.indices where text[at] & 0xC0 != 0x80 { starts.append(at) }
    offsets = starts + [text.count]
    let firsts = addEntities(record)
    for quote in record.quotes ?? [] { add(quote, record, firsts) }
  }

  /// - Returns: of each entity, the label of its first mention.
  private mutating func addEntities(_ record: Record) -> [Int?] {
    (record.entities ?? []).map { entity in
      var first: Int?
      for place in entity.mentions {
        let mention = record.mentions[place]
        let type = mention.kind == .name ? record.string(entity.type) : Self.reference
        let label = add(type, [mention.span])
        if let first { relations.append(Relation(type: Self.same, from: label, to: first)) }
        first = first ?? label
      }
      return first
    }
  }

  private mutating func add(_ quote: Record.Quote, _ record: Record, _ firsts: [Int?]) {
    let kind = record.string(quote.kind)
    let spans = quote.spans.isEmpty ? [quote.hull] : Array(record.spans[quote.spans])
    let content = add(Self.kinds[kind] ?? kind, spans)
    if let span = quote.speaker {
      let speaker = add(Self.speaker, [span])
      relations.append(Relation(type: Self.saidBy, from: content, to: speaker))
      if let entity = quote.entity, firsts.indices.contains(entity), let first = firsts[entity] {
        relations.append(Relation(type: Self.isEntity, from: speaker, to: first))
      }
    }
    if let span = quote.cue {
      relations.append(Relation(type: Self.cuedBy, from: content, to: add(Self.cue, [span])))
    }
  }

  private mutating func add(_ type: String, _ spans: [ByteSpan]) -> Int {
    labels.append(Label(type: type, spans: spans))
    return labels.count - 1
  }

  /// The words of a stretch.
  public func words(_ span: ByteSpan) -> ArraySlice<UInt8> {
    // A record's spans lie inside of its text.
    text[Range(from: offsets[min(span.start, offsets.count - 1)], upTo: offsets[min(span.end, offsets.count - 1)])]
  }
}
