/// A quotation or reported speech: what was said, by whom, and the word that says so.
public struct Quote: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable { case direct, indirect, mixed }

  public struct Speaker: Sendable, Equatable {
    /// As written at the cue: “he”, “Lavrov”, “the minister”.
    public var span: ByteSpan
    /// Index into `Article.entities`, where it could be resolved.
    public var entity: Int?
    public init(_ span: ByteSpan, entity: Int? = nil) {
      self.span = span
      self.entity = entity
    }
  }

  public var kind: Kind
  /// The content, without cue, speaker and outer quotation marks; several for a split quotation. Sorted, never empty.
  public var spans: [ByteSpan]
  /// The verbatim stretches: all of a direct quotation, none of an indirect one.
  public var quoted: [ByteSpan]
  public var speaker: Speaker?
  public var cue: ByteSpan?
  /// Whether it stands in a heading.
  public var heading = false
  /// Index of the enclosing quotation.
  public var within: Int?
  /// 0...1.
  public var confidence: Double

  /// From the start of the first content span to the end of the last.
  public var hull: ByteSpan {
    ByteSpan(spans.first?.start ?? 0, spans.last?.end ?? 0)
  }

  public init(
    kind: Kind, spans: [ByteSpan], quoted: [ByteSpan], speaker: Speaker? = nil, cue: ByteSpan? = nil,
    confidence: Double
  ) {
    self.kind = kind
    self.spans = spans
    self.quoted = quoted
    self.speaker = speaker
    self.cue = cue
    self.confidence = confidence
  }
}
