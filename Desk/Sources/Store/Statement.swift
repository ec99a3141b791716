import CSQLite

/// A prepared statement: bind its parameters, step through its rows, reset it. Parameters count from 1, columns from 0.
public final class Statement {
  private let handle: OpaquePointer
  private let database: Database

  init(_ sql: String, _ database: Database) throws(SQLiteError) {
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v3(database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil) == SQLITE_OK,
      let prepared
    else { throw database.error() }
    handle = prepared
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  // MARK: Parameters

  public func bind(_ place: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(handle, place, value) } else { sqlite3_bind_null(handle, place) }
  }

  public func bind(_ place: Int32, _ value: Double?) {
    if let value { sqlite3_bind_double(handle, place, value) } else { sqlite3_bind_null(handle, place) }
  }

  public func bind(_ place: Int32, _ value: String?) {
    guard var text = value else { return bindNull(place) }
    // SQLITE_TRANSIENT, a macro that Swift does not see: SQLite copies the bytes before the call returns.
    text.withUTF8 { bytes in
      _ = sqlite3_bind_text64(
        handle, place, bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) },
        UInt64(bytes.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self), UInt8(SQLITE_UTF8))
    }
    // An empty string may have no address, which would bind NULL.
    if text.isEmpty { sqlite3_bind_text(handle, place, "", 0, nil) }
  }

  /// Binds UTF-8, which SQLite copies.
  func bind(_ place: Int32, copied bytes: [UInt8]) { bind(place, String(decoding: bytes, as: UTF8.self)) }

  public func bindNull(_ place: Int32) { sqlite3_bind_null(handle, place) }

  /// Binds UTF-8 without a copy.
  ///
  /// - Precondition: the bytes stay where they are until the statement is stepped and reset.
  func bind(_ place: Int32, unmoved bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      sqlite3_bind_text(handle, place, "", 0, nil)
      return
    }
    // A null destructor is SQLITE_STATIC; the caller keeps the bytes.
    sqlite3_bind_text64(
      handle, place, UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self), UInt64(bytes.count), nil,
      UInt8(SQLITE_UTF8))
  }

  // MARK: Running

  /// - Returns: whether there is a row.
  public func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let error = database.error()
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Ready for other parameters; those that are bound stay.
  public func reset() { sqlite3_reset(handle) }

  /// Runs it to its end, and resets it.
  func finish() throws(SQLiteError) {
    while try step() {}
    reset()
  }

  // MARK: Columns of the row

  public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
  public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  public func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  public func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
  public func optionalDouble(_ column: Int32) -> Double? { isNull(column) ? nil : double(column) }

  /// Empty for NULL.
  public func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  public func optionalText(_ column: Int32) -> String? {
    bytes(column) { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// Lends the bytes of a text; `nil` for NULL.
  public func bytes<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>?) -> Result) -> Result {
    // They stay until the next step, reset, or conversion of this column, none of which happens in here.
    guard let start = sqlite3_column_text(handle, column) else { return body(nil) }
    return body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }
}
