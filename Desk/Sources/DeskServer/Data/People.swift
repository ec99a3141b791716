import HTTP

/// Speakers, and where a name stands.
struct People {
  let archive: Archive

  /// Those with most quotations, or those whose names have the words in them.
  func list(_ words: String?, from offset: Int, limit: Int) throws(ArchiveProblem) -> String {
    let row =
      "json_object('name', name, 'quotes', quotes, 'day', (newest >> \(RowNumbers.partBits)) + \(RowNumbers.firstDay))"
    let page = [SQLValue.number(Int64(limit)), .number(Int64(offset))]
    guard let words else {
      return try archive.list("SELECT \(row) FROM speakers ORDER BY quotes DESC, name LIMIT ?1 OFFSET ?2", page)
    }
    return try archive.list(
      "SELECT \(row) FROM speakers WHERE instr(lower(name), lower(?3)) ORDER BY quotes DESC, name LIMIT ?1 OFFSET ?2",
      page + [.text(words)])
  }

  /// How many of the newest quotations and articles of a person are looked at for the sources and the company.
  static let looked = 500

  func person(_ name: String) throws(ArchiveProblem) -> String {
    let key = [SQLValue.text(name)]
    let days = try archive.list(
      """
      SELECT json_array((quote >> \(RowNumbers.partBits)) + \(RowNumbers.firstDay), count(*)) FROM quotes WHERE speaker = ?1
      GROUP BY quote >> \(RowNumbers.partBits) ORDER BY 1
      """, key)
    let sources = try archive.list(
      """
      SELECT json_array(site, count(*)) FROM
        (SELECT a.site FROM quotes q JOIN articles a ON a.article = q.article WHERE q.speaker = ?1
         ORDER BY q.quote DESC LIMIT \(Self.looked))
      GROUP BY site ORDER BY count(*) DESC LIMIT 20
      """, key)
    let company = try archive.list(
      """
      SELECT json_object('name', e.name, 'type', e.type, 'articles', count(DISTINCT e.article)) FROM
        (SELECT DISTINCT article FROM entities WHERE name = ?1 AND value IS NULL ORDER BY entity DESC LIMIT \(Self.looked)) n
        JOIN entities e ON e.article = n.article
      WHERE e.value IS NULL AND e.type IN ('PERSON', 'ORG') AND e.name <> ?1
      GROUP BY e.name, e.type ORDER BY count(DISTINCT e.article) DESC, e.name LIMIT 30
      """, key)
    let roles = try archive.list(
      """
      SELECT json_array(r.value, count(*)) FROM
        (SELECT roles FROM entities WHERE name = ?1 AND value IS NULL ORDER BY entity DESC LIMIT \(Self.looked)) e,
        json_each(e.roles) r
      GROUP BY r.value ORDER BY count(*) DESC LIMIT 10
      """, key)
    let articles = try archive.list(
      """
      SELECT \(Articles.row) FROM
        (SELECT DISTINCT article FROM entities WHERE name = ?1 AND value IS NULL ORDER BY entity DESC LIMIT 30) n
        JOIN articles a ON a.article = n.article LEFT JOIN clusters c ON c.cluster = a.cluster ORDER BY a.article DESC
      """, key)
    let count = try archive.number("SELECT quotes FROM speakers WHERE name = ?1", key) ?? 0
    return """
      {"name":\(quoted(name)),"quotes":\(count),"days":\(days),"sources":\(sources),"company":\(company),\
      "roles":\(roles),"articles":\(articles)}
      """
  }
}
