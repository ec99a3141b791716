import RecordReading

/// Says once of each pipeline which keys its records lack.
struct MissingKeys {
  private let wanted: RecordKeys
  private let use: String
  private var told: Set<String> = []

  /// - Parameter use: what comes of it.
  init(wanted: RecordKeys, use: String) {
    self.wanted = wanted
    self.use = use
  }

  /// - Returns: what to say; `nil` where nothing is missing, or it was said.
  mutating func message(for record: Record?) -> String? {
    guard let record else { return nil }
    let missing = record.missing.intersection(wanted)
    if missing.isEmpty { return nil }
    let pipeline = record.string(record.pipeline)
    guard told.insert(pipeline).inserted else { return nil }
    let names = missing.names.joined(separator: ", ")
    return
      "records of the pipeline ‘\(pipeline)’ have no \(names), and \(use): its ‘outbox: {keys: […]}’ should name them"
  }
}
