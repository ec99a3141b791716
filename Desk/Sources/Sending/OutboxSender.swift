import OutboxReading

/// Sends lines of outboxes somewhere, and remembers up to where.
protocol OutboxSender {
  associatedtype Failure: Error
  var reader: OutboxReader { get set }
  /// Sends all lines that the reader has found.
  mutating func drain() throws(Failure)
}

extension OutboxSender {
  mutating func sendWhatIsThere() throws(Failure) {
    reader.look()
    try drain()
  }

  /// Sends what is there and what comes, until the process is ended.
  mutating func sendWhatComes() throws(Failure) {
    var changes = FileChanges()
    reader.look()
    changes.watch(reader.folders)
    // What came before the folders were watched.
    reader.look()
    while true {
      try drain()
      let grown = changes.wait()
      reader.look(grown)
      changes.watch(reader.folders)
    }
  }
}
