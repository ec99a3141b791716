import Bytes
import OutboxReading
import RecordReading

/// Finds the article that a record takes the place of, and moves it to `history`.
struct Replacing {
  private struct Earlier {
    var article: Int64
    var seq: Int64?
    var outbox: String
  }

  private let byID: Statement
  private let bySeq: Statement
  private let byRevision: Statement
  private let insertion: Statement
  /// What goes with an article, in this order.
  private let moves: [Statement]
  private let speakers: Statement
  private let article: Statement

  init(_ database: Database) throws(SQLiteError) {
    let earlier = "SELECT article, seq, outbox FROM articles JOIN loaded USING (file) WHERE"
    byID = try database.prepare("\(earlier) id = ? AND pipeline = ?")
    bySeq = try database.prepare("\(earlier) seq = ? AND outbox = ?")
    byRevision = try database.prepare("\(earlier) revision_of = ? AND outbox = ?")
    insertion = try database.prepare(
      """
      INSERT INTO history (article, replaced_by, id, seq, pipeline, outlet, received, published, url, title, text, quotes,
        file, line)
      VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    speakers = try database.prepare(
      "SELECT speaker, count(*) FROM quotes WHERE article = ? AND speaker IS NOT NULL GROUP BY speaker")
    article = try database.prepare("SELECT site, cluster, coalesce(quotes, 0) FROM articles WHERE article = ?")
    moves = [
      try database.prepare(
        """
        INSERT INTO history (article, replaced_by, id, seq, pipeline, outlet, received, published, url, title, text, quotes,
          file, line)
        SELECT article, ?2, id, seq, pipeline, outlet, received, published, url, title, text,
          (SELECT coalesce(json_group_array(json_array(kind, speaker, text)), '[]') FROM quotes WHERE article = ?1), file, line
        FROM articles WHERE article = ?1
        """),
      try database.prepare(
        """
        INSERT INTO quotes_fts (quotes_fts, rowid, text, speaker)
        SELECT 'delete', quote, text, speaker FROM quotes WHERE article = ?1
        """),
      try database.prepare(
        """
        INSERT INTO articles_fts (articles_fts, rowid, title, text)
        SELECT 'delete', article, title, text FROM articles WHERE article = ?1
        """),
      try database.prepare("DELETE FROM quotes WHERE article = ?1"),
      try database.prepare("DELETE FROM mentions WHERE entity IN (SELECT entity FROM entities WHERE article = ?1)"),
      try database.prepare("DELETE FROM entities WHERE article = ?1"),
      try database.prepare("DELETE FROM articles WHERE article = ?1"),
    ]
  }

  /// Moves what a record replaces.
  ///
  /// - Parameter number: of the record's article.
  /// - Returns: whether a later record of its article is there already; it is then in `history` itself.
  func isOutdated(
    _ record: Record, by number: Int64, _ origin: Writer.Origin, _ counts: inout Counts
  ) throws(SQLiteError) -> Bool {
    byID.bind(1, record.string(record.id))
    byID.bind(2, record.string(record.pipeline))
    var replaced = try rows(byID)
    // In one spool the higher number is the later one; between spools the one that is sent later.
    if let seq = record.seq,
      let later = replaced.first(where: { $0.outbox == origin.file.outbox && ($0.seq ?? -1) > Int64(seq) })
    {
      try write(record, replacedBy: later.article, origin)
      return true
    }
    if let seq = record.seq {
      byRevision.bind(1, seq)
      byRevision.bind(2, origin.file.outbox)
      if let later = try rows(byRevision).first {
        try write(record, replacedBy: later.article, origin)
        return true
      }
    }
    if let revision = record.revisionOf {
      bySeq.bind(1, revision)
      bySeq.bind(2, origin.file.outbox)
      for each in try rows(bySeq) where !replaced.contains(where: { $0.article == each.article }) {
        replaced.append(each)
      }
    }
    for each in replaced { try move(each.article, replacedBy: number, &counts) }
    return false
  }

  private func rows(_ statement: Statement) throws(SQLiteError) -> [Earlier] {
    var all: [Earlier] = []
    while try statement.step() {
      all.append(
        Earlier(article: statement.integer(0), seq: statement.optionalInteger(1), outbox: statement.text(2)))
    }
    statement.reset()
    return all
  }

  private func move(_ number: Int64, replacedBy other: Int64, _ counts: inout Counts) throws(SQLiteError) {
    speakers.bind(1, number)
    while try speakers.step() { counts.remove(speaker: speakers.text(0), quotes: speakers.integer(1)) }
    speakers.reset()
    article.bind(1, number)
    if try article.step() {
      if let site = article.optionalText(0) { counts.sites[site, default: 0] -= 1 }
      if let cluster = article.optionalText(1) { counts.touch(cluster: cluster) }
      counts.quotes -= Int(article.integer(2))
      counts.articles -= 1
    }
    article.reset()
    for (place, statement) in moves.enumerated() {
      statement.bind(1, number)
      if place == 0 { statement.bind(2, other) }
      try statement.finish()
    }
  }

  private func write(_ record: Record, replacedBy article: Int64, _ origin: Writer.Origin) throws(SQLiteError) {
    try record.bytes.lend { bytes throws(SQLiteError) in
      insertion.bind(1, article)
      insertion.bind(2, bytes, record.id)
      insertion.bind(3, record.seq)
      insertion.bind(4, bytes, record.pipeline)
      insertion.bind(5, origin.outlet)
      insertion.bind(6, bytes, record.received)
      insertion.bind(7, bytes, record.published)
      insertion.bind(8, bytes, record.url)
      insertion.bind(9, bytes, record.title)
      insertion.bind(10, bytes, record.text)
      insertion.bind(11, copied: record.quoteList)
      insertion.bind(12, origin.file.number)
      insertion.bind(13, origin.line)
      try insertion.finish()
    }
  }
}
