/// The keys of a record, in their order.
public enum RecordKey: String, CaseIterable, Sendable {
  case schema, id, seq, received, source, pipeline
  case revisionOf = "revision_of"
  case url, title, byline, dateline, published
  case publishedAt = "published_at"
  case language, captions, credits, tags, text
  case paragraphs, sentences, tokens, entities, quotes, duplicates
  case layers, alignment
  case places = "where"
  case errors, meta

  /// Whether every record has it, whatever a pipeline leaves out: by these `why`, `put --wait`, `dedupe` and whoever takes
  /// corrections find a record again.
  public var isAlwaysThere: Bool {
    switch self {
    case .schema, .id, .seq, .received, .source, .pipeline, .revisionOf: true
    default: false
    }
  }
}
