import CSQLite

/// Why a file cannot be used as one of records.
public enum StoreError: Error, Sendable, CustomStringConvertible {
  case sqlite(SQLiteError)
  /// It is somebody else's.
  case foreign(path: String)
  /// A later version of the program wrote it.
  case newer(path: String, version: Int)

  public var description: String {
    switch self {
    case .sqlite(let error): error.message
    case .foreign(let path): "\(path) holds other tables than those of linecaster send: name another file"
    case .newer(let path, let version):
      "\(path) has version \(version) of the tables, and this program knows \(Schema.version): install a newer one"
    }
  }
}

/// Opens a file of records.
public enum Store {
  /// To ask it only; the file is not changed.
  public static func open(reading path: String) throws(StoreError) -> Database {
    let database = try sqlite { () throws(SQLiteError) in try Database(path: path, .read) }
    let version = try check(database)
    if version < Schema.version {
      throw .sqlite(
        SQLiteError(
          code: SQLITE_ERROR,
          message: "\(path) has version \(version) of the tables: linecaster send makes it version \(Schema.version)"))
    }
    return database
  }

  /// To write into it: makes the tables where there are none, and brings older ones to this version.
  public static func open(writing path: String) throws(StoreError) -> Database {
    let database = try sqlite { () throws(SQLiteError) in try Database(path: path, .write) }
    var version = try check(database)
    do throws(SQLiteError) {
      // Readers go on beside the writer; a power cut may cost the last transactions, never a part of one.
      try database.run("PRAGMA journal_mode = WAL")
      try database.run("PRAGMA synchronous = NORMAL")
      // An archive touches pages all over the indexes of names: the more of them are kept, in memory and in the journal, until
      // they are written into the file, the less often each is.
      try database.run("PRAGMA cache_size = -\(cacheKilobytes)")
      try database.run("PRAGMA wal_autocheckpoint = \(journalPages)")
      try database.run("PRAGMA journal_size_limit = \(journalBytes)")
      while version < Schema.version {
        try database.run("BEGIN IMMEDIATE")
        // Another writer may have been first.
        version = Int(try database.integer("PRAGMA user_version") ?? 0)
        if version < Schema.version {
          try database.run(Schema.migrations[version])
          version += 1
          try database.run("PRAGMA application_id = \(Schema.applicationID)")
          try database.run("PRAGMA user_version = \(version)")
        }
        try database.run("COMMIT")
      }
    } catch { throw .sqlite(error) }
    return database
  }

  private static let cacheKilobytes = 196_608
  /// Of 4 KB.
  private static let journalPages = 20_000
  /// What is left of the journal when its pages are in the file.
  private static let journalBytes = 64 << 20

  /// - Returns: the version of its tables; 0 where there are none.
  private static func check(_ database: Database) throws(StoreError) -> Int {
    let (application, version, tables) = try sqlite { () throws(SQLiteError) in
      (
        try database.integer("PRAGMA application_id") ?? 0, try database.integer("PRAGMA user_version") ?? 0,
        try database.integer("SELECT count(*) FROM sqlite_schema") ?? 0
      )
    }
    if tables == 0, version == 0 { return 0 }
    guard application == Schema.applicationID, version > 0 else { throw .foreign(path: database.path) }
    guard version <= Schema.version else { throw .newer(path: database.path, version: Int(version)) }
    return Int(version)
  }

  private static func sqlite<Value>(_ body: () throws(SQLiteError) -> Value) throws(StoreError) -> Value {
    do { return try body() } catch { throw .sqlite(error) }
  }
}
