/// Something to tell about a place in a file, as a compiler would.
public struct Diagnostic: Sendable, Equatable {
  public enum Severity: String, Sendable { case error, warning, note }

  /// A place in a file. Lines and columns count from 1; columns count code points.
  public struct Position: Sendable, Equatable, Comparable {
    public var line: Int
    public var column: Int
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
    public static func < (a: Position, b: Position) -> Bool {
      a.line != b.line ? a.line < b.line : a.column < b.column
    }
  }

  public var severity: Severity
  public var file: String
  public var start: Position
  /// Just past the last code point.
  public var end: Position
  /// One sentence without a full stop: what is wrong, then how to fix it.
  public var message: String

  public init(_ severity: Severity = .error, file: String, start: Position, end: Position, _ message: String) {
    self.severity = severity
    self.file = file
    self.start = start
    self.end = end
    self.message = message
  }
}
