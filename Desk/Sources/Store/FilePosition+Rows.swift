import OutboxReading

extension FilePosition {
  private static let columns = """
    file, outbox, name, line, "offset", first_hash, last_hash, last_bytes, device, inode, is_compressed
    """

  /// All that are known, in the order in which they came.
  public static func all(in database: Database) throws(SQLiteError) -> [FilePosition] {
    let statement = try database.prepare("SELECT \(columns) FROM loaded ORDER BY file")
    var files: [FilePosition] = []
    while try statement.step() {
      var file = FilePosition(outbox: statement.text(1), name: statement.text(2))
      file.number = statement.integer(0)
      file.line = Int(statement.integer(3))
      file.offset = Int(statement.integer(4))
      file.firstHash = UInt64(bitPattern: statement.integer(5))
      file.lastHash = UInt64(bitPattern: statement.integer(6))
      file.lastBytes = Int(statement.integer(7))
      file.device = statement.integer(8)
      file.inode = statement.integer(9)
      file.isCompressed = statement.integer(10) != 0
      files.append(file)
    }
    return files
  }

  static func insertion(_ database: Database) throws(SQLiteError) -> Statement {
    try database.prepare("INSERT OR REPLACE INTO loaded (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
  }

  func write(_ statement: Statement) throws(SQLiteError) {
    statement.bind(1, number)
    statement.bind(2, outbox)
    statement.bind(3, name)
    statement.bind(4, Int64(line))
    statement.bind(5, Int64(offset))
    statement.bind(6, Int64(bitPattern: firstHash))
    statement.bind(7, Int64(bitPattern: lastHash))
    statement.bind(8, Int64(lastBytes))
    statement.bind(9, device)
    statement.bind(10, inode)
    statement.bind(11, isCompressed ? 1 : Int64(0))
    try statement.finish()
  }
}
