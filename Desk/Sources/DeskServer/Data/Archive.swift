import CSQLite
import Synchronization

/// Why the file of articles does not answer.
struct ArchiveProblem: Error, CustomStringConvertible {
  let description: String
}

/// A value in a question.
enum SQLValue {
  case text(String)
  case number(Int64)
}

/// Reads the SQLite file that `linecaster send` keeps. Rows come as JSON that SQLite itself writes.
final class Archive: Sendable {
  private let path: String
  private let idle = Mutex<[ArchiveConnection]>([])
  /// Connections that are kept for the next question.
  private static let mostIdle = 8

  init(_ path: String) { self.path = path }

  /// Rows of a question, each with its columns as text.
  func rows(
    _ sql: String, _ values: [SQLValue] = [], timeout: Duration = .seconds(5)
  ) throws(ArchiveProblem) -> [[String?]] {
    let connection: ArchiveConnection
    if let kept = idle.withLock({ $0.popLast() }) {
      connection = kept
    } else {
      connection = try ArchiveConnection(path)
    }
    let rows = try connection.rows(sql, values, timeout)
    idle.withLock { if $0.count < Self.mostIdle { $0.append(connection) } }
    return rows
  }

  /// The first column of each row, which is JSON, as a list.
  func list(_ sql: String, _ values: [SQLValue] = []) throws(ArchiveProblem) -> String {
    "[" + (try rows(sql, values)).compactMap { $0.first ?? nil }.joined(separator: ",") + "]"
  }

  func number(_ sql: String, _ values: [SQLValue] = []) throws(ArchiveProblem) -> Int64? {
    try rows(sql, values).first?.first.flatMap { $0 }.flatMap { Int64($0) }
  }

  /// One that stays with whoever waits for changes.
  func connection() throws(ArchiveProblem) -> ArchiveConnection { try ArchiveConnection(path) }
}

/// A connection that reads. Used by one thread at a time: the pool lends it to one question, a stream keeps its own.
final class ArchiveConnection: @unchecked Sendable {
  private let database: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]
  private var deadline = ContinuousClock.Instant.now

  fileprivate init(_ path: String) throws(ArchiveProblem) {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard let opened, code == SQLITE_OK else {
      sqlite3_close_v2(opened)
      throw ArchiveProblem(description: "\(path): \(String(cString: sqlite3_errstr(code)))")
    }
    database = opened
    sqlite3_busy_timeout(opened, Self.busyMilliseconds)
    sqlite3_exec(opened, "PRAGMA mmap_size=1073741824; PRAGMA cache_size=-16384; PRAGMA query_only=1", nil, nil, nil)
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(database)
  }

  private static let busyMilliseconds: CInt = 2000
  /// Instructions of SQLite between two looks at the clock.
  private static let look: CInt = 20_000
  /// Statements that are kept.
  private static let mostStatements = 64

  private var message: String { String(cString: sqlite3_errmsg(database)) }

  func rows(_ sql: String, _ values: [SQLValue], _ timeout: Duration) throws(ArchiveProblem) -> [[String?]] {
    let statement = try prepared(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
      sqlite3_progress_handler(database, 0, nil, nil)
    }
    for (index, value) in values.enumerated() { bind(value, at: CInt(index + 1), of: statement) }
    deadline = .now + timeout
    // The connection outlives the question.
    sqlite3_progress_handler(
      database, Self.look,
      { connection in
        guard let connection else { return 0 }
        return Unmanaged<ArchiveConnection>.fromOpaque(connection).takeUnretainedValue().deadline < .now ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
    var rows: [[String?]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append((0..<sqlite3_column_count(statement)).map { column(statement, $0) })
      case SQLITE_DONE: return rows
      case SQLITE_INTERRUPT:
        throw ArchiveProblem(description: "that took longer than \(timeout.components.seconds) s; ask for less")
      default: throw ArchiveProblem(description: message)
      }
    }
  }

  /// Another one where a writer changed the file.
  func version() throws(ArchiveProblem) -> Int64? {
    try rows("PRAGMA data_version", [], .seconds(5)).first?.first.flatMap { $0 }.flatMap { Int64($0) }
  }

  private func bind(_ value: SQLValue, at index: CInt, of statement: OpaquePointer) {
    switch value {
    case .number(let number): sqlite3_bind_int64(statement, index, number)
    case .text(let text):
      // SQLITE_TRANSIENT: it takes a copy.
      sqlite3_bind_text(
        statement, index, text, CInt(text.utf8.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
  }

  private func column(_ statement: OpaquePointer, _ index: CInt) -> String? {
    guard let bytes = sqlite3_column_text(statement, index) else { return nil }
    // The count is that of the text which stands there until the next step.
    let text = UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, index)))
    return String(decoding: text, as: UTF8.self)
  }

  private func prepared(_ sql: String) throws(ArchiveProblem) -> OpaquePointer {
    if let kept = statements[sql] { return kept }
    if statements.count >= Self.mostStatements {
      for statement in statements.values { sqlite3_finalize(statement) }
      statements = [:]
    }
    var made: OpaquePointer?
    guard sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil) == SQLITE_OK, let made
    else {
      throw ArchiveProblem(description: message)
    }
    statements[sql] = made
    return made
  }
}
