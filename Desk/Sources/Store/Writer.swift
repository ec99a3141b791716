import Bytes
import CSQLite
import OutboxReading
import RecordReading

/// Writes batches of lines into the tables: rows and `loaded` in one transaction, so that each line is in exactly once.
public final class Writer {
  let database: Database
  var numbers: RowNumbers
  let rows: RowStatements
  let replacing: Replacing
  /// What a transaction adds to the counts of names, sites and clusters.
  var counts = Counts()

  public init(_ database: Database) throws(SQLiteError) {
    self.database = database
    numbers = RowNumbers(database)
    rows = try RowStatements(database)
    replacing = try Replacing(database)
  }

  /// - Parameters:
  ///   - positions: of all files; those that are new get their numbers.
  ///   - touched: the places of those that changed, with all that the batch has lines of.
  ///   - today: days since 1970-01-01, of articles that tell no day.
  public func commit(
    _ batch: Batch, _ positions: inout [FilePosition], touched: [Int], today: Int
  ) throws(StoreError) {
    var files = positions
    do throws(SQLiteError) {
      try database.run("BEGIN IMMEDIATE")
      do throws(SQLiteError) {
        try write(batch, &files, touched: touched, today: today)
        try database.run("COMMIT")
        positions = files
      } catch {
        // What SQLite could not undo is undone when the file is opened again.
        try? database.run("ROLLBACK")
        throw error
      }
    } catch {
      numbers = RowNumbers(database)
      counts = Counts()
      throw .sqlite(error)
    }
  }

  private func write(
    _ batch: Batch, _ files: inout [FilePosition], touched: [Int], today: Int
  ) throws(SQLiteError) {
    for place in touched {
      try files[place].write(rows.file)
      if files[place].number == nil { files[place].number = sqlite3_last_insert_rowid(database.handle) }
    }
    for refusal in batch.refusals {
      rows.refusal.bind(1, files[refusal.file].number)
      rows.refusal.bind(2, Int64(refusal.line))
      rows.refusal.bind(3, refusal.message)
      try rows.refusal.finish()
    }
    let arrivals = try database.integer("SELECT number FROM totals WHERE name = 'arrivals'") ?? 0
    // Full-text indexes write a part of their own whenever a number is lower than the one before.
    let days = (0..<batch.count).map { batch.records[$0].day(today: today) }
    for place in (0..<batch.count).sorted(by: { (days[$0], $0) < (days[$1], $1) }) {
      let origin = batch.origins[place]
      let file = files[origin.file]
      try write(
        batch.records[place], day: days[place], arrival: arrivals + Int64(place) + 1,
        Origin(
          file: file, line: Int64(origin.line), offset: Int64(origin.offset), bytes: Int64(origin.bytes)))
    }
    try counts.write(into: database, arrivals: Int64(batch.count))
  }

  /// Where a line stood.
  struct Origin {
    var file: FilePosition
    var line: Int64
    var offset: Int64
    var bytes: Int64

    /// The folder below the outbox that its file lies in; empty for the outbox itself.
    var outlet: String {
      guard let slash = file.name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
      return String(file.name[..<slash])
    }
  }

  private func write(_ record: Record, day: Int, arrival: Int64, _ origin: Origin) throws(SQLiteError) {
    if record.schema == .discarded { return try writeDiscarded(record, origin) }
    let article = try numbers.article(of: day)
    if try replacing.isOutdated(record, by: article, origin, &counts) { return }
    try numbers.take(article: article)
    try writeArticle(record, article: article, day: day, arrival: arrival, origin)
    counts.articles += 1
    if let cluster = record.cluster { counts.touch(cluster: record.string(cluster)) }
  }
}
