import OutboxReading

/// What puts rows into the tables, prepared once.
struct RowStatements {
  let file: Statement
  let refusal: Statement
  let discarded: Statement
  let article: Statement
  let articleText: Statement
  let entity: Statement
  let mention: Statement
  let quote: Statement
  let quoteText: Statement

  init(_ database: Database) throws(SQLiteError) {
    file = try FilePosition.insertion(database)
    refusal = try database.prepare("INSERT INTO refused (file, line, message) VALUES (?, ?, ?)")
    discarded = try database.prepare(
      "INSERT INTO discarded (id, seq, pipeline, received, source, reason, file, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    article = try database.prepare(
      """
      INSERT INTO articles (article, id, seq, pipeline, outlet, arrival, received, published, published_at, source, site,
        url, title, byline, place, agency, language, tags, status, copy_of, similarity, containment, cluster, revision_of,
        errors, first_entity, entities, first_quote, quotes, text, file, line, "offset", bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    articleText = try database.prepare("INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)")
    entity = try database.prepare(
      """
      INSERT INTO entities (entity, article, type, name, link, roles, value, amount, unit, mentions)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    mention = try database.prepare("INSERT OR IGNORE INTO mentions (entity, start, \"end\", kind) VALUES (?, ?, ?, ?)")
    quote = try database.prepare(
      """
      INSERT INTO quotes (quote, article, kind, speaker, text, entity, start, "end", spans, quoted, speaker_start,
        speaker_end, cue_start, cue_end, sentence_start, sentence_end, heading, within, confidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    quoteText = try database.prepare("INSERT INTO quotes_fts (rowid, text, speaker) VALUES (?, ?, ?)")
  }
}
