/// What the feed and an article's page show.
struct Articles {
  let archive: Archive

  /// A row of a list, as JSON.
  static let row = """
    json_object('article', a.article, 'id', a.id, 'arrival', a.arrival, 'title', a.title, 'site', a.site, \
    'source', a.source, 'published', a.published, 'published_at', a.published_at, 'received', a.received, \
    'language', a.language, 'status', a.status, 'cluster', a.cluster, 'copies', c.articles, 'quotes', a.quotes, \
    'pipeline', a.pipeline, 'revision_of', a.revision_of, 'begins', substr(a.text, 1, 180), 'errors', json(a.errors))
    """
  static let from = "FROM articles a LEFT JOIN clusters c ON c.cluster = a.cluster"

  /// The newest that came, before an arrival.
  func feed(before: Int64?, words: String?, limit: Int) throws(ArchiveProblem) -> String {
    if let words {
      // Full-text hits come in the order of their numbers, which is that of their days.
      return try archive.list(
        """
        SELECT \(Self.row) FROM articles_fts f JOIN articles a ON a.article = f.rowid
        LEFT JOIN clusters c ON c.cluster = a.cluster
        WHERE articles_fts MATCH ?1 AND f.rowid < ?2 ORDER BY f.rowid DESC LIMIT ?3
        """, [.text(fullText(words)), .number(before ?? .max), .number(Int64(limit))])
    }
    return try archive.list(
      "SELECT \(Self.row) \(Self.from) WHERE a.arrival < ?1 ORDER BY a.arrival DESC LIMIT ?2",
      [.number(before ?? .max), .number(Int64(limit))])
  }

  /// Those that came after an arrival, the oldest first, each with its arrival.
  func arrived(after arrival: Int64, limit: Int, _ connection: ArchiveConnection) throws(ArchiveProblem) -> [[String?]]
  {
    try connection.rows(
      "SELECT \(Self.row), a.arrival \(Self.from) WHERE a.arrival > ?1 ORDER BY a.arrival LIMIT ?2",
      [.number(arrival), .number(Int64(limit))], .seconds(5))
  }

  func newestArrival(_ connection: ArchiveConnection) throws(ArchiveProblem) -> Int64 {
    let rows = try connection.rows("SELECT max(arrival) FROM articles", [], .seconds(5))
    return rows.first?.first.flatMap { $0 }.flatMap { Int64($0) } ?? 0
  }

  /// All of an article, by its number or its id. Offsets count code points.
  ///
  /// - Returns: `nil` where it is not there.
  func article(_ name: String) throws(ArchiveProblem) -> String? {
    let found = try archive.number(
      "SELECT article FROM articles WHERE article = ?1 OR id = ?2 ORDER BY article DESC LIMIT 1",
      [.number(Int64(name) ?? -1), .text(name)])
    guard let found else { return nil }
    let key = [SQLValue.number(found)]
    let article =
      try archive.rows(
        """
        SELECT json_object('row', \(Self.row), 'text', a.text, 'url', a.url, 'byline', a.byline, 'place', a.place,
          'agency', a.agency, 'tags', json(a.tags), 'copy_of', a.copy_of, 'similarity', a.similarity,
          'containment', a.containment, 'line', a.line, 'file', l.name)
        \(Self.from) LEFT JOIN loaded l ON l.file = a.file WHERE a.article = ?1
        """, key
      ).first?.first ?? nil
    guard let article else { return nil }
    let entities = try archive.list(
      """
      SELECT json_object('entity', e.entity, 'type', e.type, 'name', e.name, 'link', e.link, 'roles', json(e.roles),
        'value', e.value, 'mentions',
        (SELECT json_group_array(json_array(m.start, m."end", m.kind)) FROM mentions m WHERE m.entity = e.entity))
      FROM entities e WHERE e.article = ?1 ORDER BY e.entity
      """, key)
    let quotes = try archive.list(
      """
      SELECT json_object('quote', quote, 'kind', kind, 'speaker', speaker, 'entity', entity, 'text', text, 'start', start,
        'end', "end", 'spans', json(spans), 'cue_start', cue_start, 'cue_end', cue_end, 'speaker_start', speaker_start,
        'speaker_end', speaker_end, 'heading', heading, 'confidence', confidence)
      FROM quotes WHERE article = ?1 ORDER BY start
      """, key)
    let copies = try archive.list(
      """
      SELECT \(Self.row) FROM articles b JOIN articles a ON a.cluster = b.cluster
      LEFT JOIN clusters c ON c.cluster = a.cluster WHERE b.article = ?1 ORDER BY a.arrival LIMIT 100
      """, key)
    let history = try archive.list(
      """
      SELECT json_object('received', received, 'title', title, 'seq', seq) FROM history WHERE replaced_by = ?1
      ORDER BY history DESC LIMIT 20
      """, key)
    return """
      {"article":\(article),"entities":\(entities),"quotes":\(quotes),"copies":\(copies),"history":\(history)}
      """
  }

  /// How much there is.
  func totals() throws(ArchiveProblem) -> String {
    try archive.rows("SELECT json_group_object(name, number) FROM totals").first?.first.flatMap { $0 } ?? "{}"
  }
}

/// What a person types, as a question to FTS5: all words, "words in quotes" side by side, word* for its beginnings.
///
/// - Parameter column: in which alone they are looked for.
func fullText(_ words: String, column: String? = nil) -> String {
  var parts: [String] = []
  for (index, piece) in words.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
    if index % 2 == 1 {
      if piece.contains(where: { $0.isLetter || $0.isNumber }) { parts.append("\"\(piece)\"") }
      continue
    }
    for word in piece.split(whereSeparator: \.isWhitespace) where word.contains(where: { $0.isLetter || $0.isNumber }) {
      let isBeginning = word.hasSuffix("*")
      parts.append("\"\(isBeginning ? word.dropLast() : word)\"" + (isBeginning ? "*" : ""))
    }
  }
  // Nothing that could be found: a word that no text has.
  let all = parts.isEmpty ? "\"\u{E000}\"" : parts.joined(separator: " ")
  return column.map { "{\($0)} : (\(all))" } ?? all
}
