import CSQLite

/// Gives rows their numbers: the next ones of their days.
struct RowNumbers {
  private struct Next {
    var article: Int64
    var entity: Int64
    var quote: Int64
  }

  private let database: Database
  private var next: [Int: Next] = [:]
  /// Days that are remembered; a live outbox needs few, an archive in no order many.
  private static let mostDays = 100_000

  init(_ database: Database) { self.database = database }

  /// The number of the next article of a day.
  mutating func article(of day: Int) throws(SQLiteError) -> Int64 { try numbers(of: day).article }

  mutating func take(article: Int64) throws(SQLiteError) {
    let day = RowNumber.day(ofArticle: article)
    var numbers = try numbers(of: day)
    numbers.article = article + 1
    if numbers.article == RowNumber.articlesEnd(of: day) { throw full(day) }
    next[day] = numbers
  }

  /// The first of so many numbers in a row.
  mutating func take(entities: Int, of day: Int) throws(SQLiteError) -> Int64 {
    var numbers = try numbers(of: day)
    let first = numbers.entity
    numbers.entity += Int64(entities)
    if numbers.entity >= RowNumber.partsEnd(of: day) { throw full(day) }
    next[day] = numbers
    return first
  }

  mutating func take(quotes: Int, of day: Int) throws(SQLiteError) -> Int64 {
    var numbers = try numbers(of: day)
    let first = numbers.quote
    numbers.quote += Int64(quotes)
    if numbers.quote >= RowNumber.partsEnd(of: day) { throw full(day) }
    next[day] = numbers
    return first
  }

  private mutating func numbers(of day: Int) throws(SQLiteError) -> Next {
    if let numbers = next[day] { return numbers }
    if next.count >= Self.mostDays { next.removeAll(keepingCapacity: true) }
    let (articles, parts) = (RowNumber.article(from: day), RowNumber.part(from: day))
    func first(_ column: String, in table: String, from low: Int64, to high: Int64) throws(SQLiteError) -> Int64 {
      // NULL, read as 0, where the day has none.
      let next = try database.integer(
        "SELECT max(\(column)) + 1 FROM \(table) WHERE \(column) BETWEEN \(low) AND \(high)")
      return max(next ?? low, low)
    }
    let numbers = Next(
      article: try first("article", in: "articles", from: articles, to: RowNumber.articlesEnd(of: day) - 1),
      entity: try first("entity", in: "entities", from: parts, to: RowNumber.partsEnd(of: day) - 1),
      quote: try first("quote", in: "quotes", from: parts, to: RowNumber.partsEnd(of: day) - 1))
    next[day] = numbers
    return numbers
  }

  private func full(_ day: Int) -> SQLiteError {
    SQLiteError(code: SQLITE_FULL, message: "\(database.path): a day holds no more than 16,777,215 articles")
  }
}
