import Bytes

/// What a transaction changes of counts that are kept, so that nobody counts millions of rows.
struct Counts {
  struct Speaker {
    var quotes: Int64
    var newest: Int64
  }

  var articles = 0
  var quotes = 0
  var sites: [String: Int64] = [:]
  private var speakers: [String: Speaker] = [:]
  private var clusters: Set<String> = []
  /// The name before: quotations of one speaker often follow each other.
  private var name: [UInt8] = []
  private var same = Speaker(quotes: 0, newest: 0)

  mutating func addSpeaker(_ bytes: UnsafeBufferPointer<UInt8>, _ span: ByteSpan, quote: Int64) {
    let text = bytes[span.range]
    if !text.elementsEqual(name) {
      flush()
      name = Array(text)
    }
    same.quotes += 1
    same.newest = max(same.newest, quote)
  }

  private mutating func flush() {
    if same.quotes > 0 {
      var speaker = speakers[String(decoding: name, as: UTF8.self)] ?? Speaker(quotes: 0, newest: 0)
      speaker.quotes += same.quotes
      speaker.newest = max(speaker.newest, same.newest)
      speakers[String(decoding: name, as: UTF8.self)] = speaker
    }
    same = Speaker(quotes: 0, newest: 0)
  }

  mutating func remove(speaker: String, quotes: Int64) {
    speakers[speaker, default: Speaker(quotes: 0, newest: 0)].quotes -= quotes
  }

  /// Has the articles of a cluster counted at the end.
  mutating func touch(cluster: String) { clusters.insert(cluster) }

  /// Writes all, and begins anew.
  mutating func write(into database: Database, arrivals: Int64) throws(SQLiteError) {
    flush()
    let total = try database.prepare("UPDATE totals SET number = number + ? WHERE name = ?")
    for (name, number) in [("articles", Int64(articles)), ("quotes", Int64(quotes)), ("arrivals", arrivals)] {
      total.bind(1, number)
      total.bind(2, name)
      try total.finish()
    }
    let speaker = try database.prepare(
      """
      INSERT INTO speakers (name, quotes, newest) VALUES (?, ?, ?) ON CONFLICT DO UPDATE
      SET quotes = quotes + excluded.quotes, newest = max(newest, excluded.newest)
      """)
    for (name, change) in speakers {
      speaker.bind(1, name)
      speaker.bind(2, change.quotes)
      speaker.bind(3, change.newest)
      try speaker.finish()
    }
    if speakers.values.contains(where: { $0.quotes < 0 }) { try database.run("DELETE FROM speakers WHERE quotes <= 0") }
    let site = try database.prepare(
      "INSERT INTO sites (site, articles) VALUES (?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles"
    )
    for (name, change) in sites {
      site.bind(1, name)
      site.bind(2, change)
      try site.finish()
    }
    try writeClusters(into: database)
    self = Counts()
  }

  private func writeClusters(into database: Database) throws(SQLiteError) {
    let count = try database.prepare("SELECT count(*), max(article) FROM articles WHERE cluster = ?")
    let insertion = try database.prepare("INSERT OR REPLACE INTO clusters (cluster, articles, newest) VALUES (?, ?, ?)")
    let removal = try database.prepare("DELETE FROM clusters WHERE cluster = ?")
    for cluster in clusters {
      count.bind(1, cluster)
      _ = try count.step()
      let (articles, newest) = (count.integer(0), count.integer(1))
      count.reset()
      let statement = articles > 1 ? insertion : removal
      statement.bind(1, cluster)
      if articles > 1 {
        statement.bind(2, articles)
        statement.bind(3, newest)
      }
      try statement.finish()
    }
  }
}
