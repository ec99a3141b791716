import CSQLite

/// What SQLite says is wrong.
public struct SQLiteError: Error, Sendable, CustomStringConvertible {
  /// Of sqlite3.h, without what its higher bits tell more.
  public var code: Int32
  /// With the file's path.
  public var message: String

  public init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
  /// Whether another connection holds a lock that is waited for.
  public var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }
}

/// A connection to a file. One thread at a time uses it and its statements.
public final class Database {
  public enum Access: Sendable { case read, write }

  let handle: OpaquePointer
  public let path: String

  /// Milliseconds for which a lock is waited for.
  private static let patience: Int32 = 10_000

  /// Opens a file as it is: what is in it, `Store` looks at.
  ///
  /// - Parameter access: to read, the file must be there; to write, it is made.
  public init(path: String, _ access: Access) throws(SQLiteError) {
    var opened: OpaquePointer?
    let flags = access == .read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard let opened else { throw SQLiteError(code: SQLITE_NOMEM, message: "\(path): no memory") }
    guard code == SQLITE_OK else {
      let message = String(cString: sqlite3_errmsg(opened))
      sqlite3_close_v2(opened)
      throw SQLiteError(code: code & 0xFF, message: "\(path): \(message)")
    }
    handle = opened
    self.path = path
    sqlite3_busy_timeout(opened, Self.patience)
  }

  // Statements that are still there keep the connection until they go.
  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  public func run(_ sql: String) throws(SQLiteError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
  }

  public func prepare(_ sql: String) throws(SQLiteError) -> Statement { try Statement(sql, self) }

  /// The first column of the first row, as a whole number.
  public func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) : nil
  }

  /// Rows that the last statement changed.
  public var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Has what runs in this connection end with SQLITE_INTERRUPT; any thread may call it.
  public func interrupt() { sqlite3_interrupt(handle) }

  func error() -> SQLiteError {
    SQLiteError(code: sqlite3_errcode(handle) & 0xFF, message: "\(path): \(String(cString: sqlite3_errmsg(handle)))")
  }
}
