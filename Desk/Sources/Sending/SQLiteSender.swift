import Bytes
import Glibc
import OutboxReading
import RecordReading
import Store

/// Sends the lines of outboxes into a SQLite file.
public struct SQLiteSender: OutboxSender {
  /// What came of a run.
  public struct Outcome: Sendable, Equatable {
    public var lines = 0
    public var refused = 0
  }

  typealias Failure = StoreError

  private let database: Database
  private let writer: Writer
  var reader: OutboxReader
  private var batch = Batch()
  private var missing = MissingKeys(wanted: .all, use: "its tables stay empty")
  public private(set) var outcome = Outcome()
  private let complain: (String) -> Void

  /// - Parameter complain: called with what is wrong with a line or a file.
  public init(
    _ path: String, _ places: [OutboxPlace], complain: @escaping (String) -> Void
  ) throws(StoreError) {
    database = try Store.open(writing: path)
    do throws(SQLiteError) {
      writer = try Writer(database)
      reader = OutboxReader(places, known: try FilePosition.all(in: database), complain: complain)
    } catch { throw .sqlite(error) }
    self.complain = complain
  }

  /// Sends what is there.
  public mutating func sendAll() throws(StoreError) { try sendWhatIsThere() }

  /// Sends what is there and what comes, until the process is ended.
  public mutating func follow() throws(StoreError) { try sendWhatComes() }

  /// Has the file hold all that its journal holds.
  public func finish() throws(StoreError) {
    do throws(SQLiteError) {
      try database.run("PRAGMA optimize")
      _ = try database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
    } catch { throw .sqlite(error) }
  }

  mutating func drain() throws(StoreError) {
    while let line = reader.next() {
      if !line.range.isEmpty, try !add(line) {
        try commit()
        continue
      }
      reader.take(line)
      if batch.isFull { try commit() }
    }
    if !batch.isEmpty || !reader.touched.isEmpty { try commit() }
  }

  /// - Returns: whether the line is in the batch, or was refused.
  private mutating func add(_ line: OutboxReader.Line) throws(StoreError) -> Bool {
    do throws(LineFault) {
      let isAdded = try reader.withLine(line) { bytes throws(LineFault) in
        try batch.add(bytes, number: line.number, offset: line.offset, file: line.file)
      }
      if isAdded {
        outcome.lines += 1
        if let message = missing.message(for: batch.last) { complain(message) }
      }
      return isAdded
    } catch {
      let position = reader.positions[line.file]
      complain("\(position.outbox)/\(position.name):\(line.number):\(error.offset + 1): \(error.message)")
      outcome.refused += 1
      return true
    }
  }

  private mutating func commit() throws(StoreError) {
    let today = time(nil) / 86_400
    try writer.commit(batch, &reader.positions, touched: reader.touched.sorted(), today: today)
    reader.touched.removeAll(keepingCapacity: true)
    batch.clear()
  }
}
