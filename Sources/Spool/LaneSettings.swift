/// What one pipeline asks for.
public struct LaneSettings: Sendable, Equatable {
  public var pipeline: String
  /// Under the root, or absolute.
  public var inbox: [UInt8]
  public var outbox: [UInt8]
  /// Bytes at which the live file is sealed.
  public var rollSize: Int
  /// Seconds after its first line at which the live file is sealed; `nil` for never.
  public var rollAge: Int64?
  /// Whether `NAME.done` says that `NAME` is complete.
  public var hasMarkers = false
  /// Whether files in folders below the inbox are inputs too.
  public var readsFolders = false
  /// Seconds to keep inputs under `done/`, failures, and sealed files; `nil` for ever.
  public var keepDone: Int64?
  public var keepFailed: Int64?
  public var keepOutbox: Int64?
  /// Bytes of sealed files that are kept in each folder of the outbox; 0 for all.
  public var outboxSize = 0
  /// Whether settled inputs are removed and not kept under `done/` at all.
  public var removesDone = false
  /// The place in `states` of what its deciders remember by.
  public var state: Int?
  /// What it writes to; that of its records is always among them.
  public var outlets = [Outlet.records]

  public init(
    pipeline: String, inbox: [UInt8] = Array("inbox".utf8), outbox: [UInt8] = Array("outbox".utf8),
    rollSize: Int = 64 << 20, rollAge: Int64? = nil
  ) {
    self.pipeline = pipeline
    self.inbox = inbox
    self.outbox = outbox
    self.rollSize = rollSize
    self.rollAge = rollAge
  }
}
