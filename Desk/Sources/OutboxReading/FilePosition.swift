/// A file of lines, and up to where they were taken.
public struct FilePosition: Sendable, Equatable {
  /// Of whoever keeps it; `nil` before its first lines are kept.
  public var number: Int64?
  /// The folder that was named, or that of a file that was named.
  public var outbox: String
  /// From there, without the ending of a compression.
  public var name: String
  public var line = 0
  /// Where the next line begins, in bytes of the plain file.
  public var offset = 0
  /// Of the first line.
  public var firstHash: UInt64 = 0
  /// Of the last line that was taken, and its length with its end.
  public var lastHash: UInt64 = 0
  public var lastBytes = 0
  public var device: Int64 = 0
  public var inode: Int64 = 0
  /// Whether that inode is of a compressed form which was read to its end.
  public var isCompressed = false

  public init(outbox: String, name: String) {
    self.outbox = outbox
    self.name = name
  }
}
