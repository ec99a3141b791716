/// What a desk shows, and what it may do.
public struct DeskSettings: Sendable {
  /// The spool.
  public var root: String
  /// The SQLite file.
  public var database: String
  /// The program `linecaster`.
  public var program: String
  /// Pipeline files, or folders of them.
  public var pipelines: [String]
  /// The file that a correction is written into; `nil` where none was named.
  public var corrections: String?
  /// Whether inputs may be put back, and corrections written.
  public var mayAct: Bool
  /// The socket of the daemon, where it is not that of the spool.
  public var socket: String?

  public init(
    root: String, database: String, program: String, pipelines: [String] = [], corrections: String? = nil,
    mayAct: Bool = false, socket: String? = nil
  ) {
    self.root = root
    self.database = database
    self.program = program
    self.pipelines = pipelines
    self.corrections = corrections
    self.mayAct = mayAct
    self.socket = socket
  }
}
