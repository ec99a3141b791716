/// Articles that are copies of each other.
struct Stories {
  let archive: Archive

  enum Order: String {
    case size
    case newest
  }

  func list(_ order: Order, from offset: Int, limit: Int) throws(ArchiveProblem) -> String {
    try archive.list(
      """
      SELECT json_object('cluster', s.cluster, 'articles', s.articles, 'first', json(
        (SELECT \(Articles.row) \(Articles.from) WHERE a.cluster = s.cluster ORDER BY a.arrival LIMIT 1)))
      FROM clusters s WHERE s.articles > 1
      ORDER BY \(order == .size ? "s.articles DESC, s.cluster DESC" : "s.newest DESC") LIMIT ?1 OFFSET ?2
      """, [.number(Int64(limit)), .number(Int64(offset))])
  }

  /// Articles of a story, the first one first.
  func story(_ cluster: String) throws(ArchiveProblem) -> String {
    try archive.list(
      """
      SELECT json_object('row', \(Articles.row), 'similarity', a.similarity, 'containment', a.containment,
        'copy_of', a.copy_of) \(Articles.from) WHERE a.cluster = ?1 ORDER BY a.arrival LIMIT 1000
      """, [.text(cluster)])
  }
}
