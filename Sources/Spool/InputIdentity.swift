/// What tells an input from every other one, so that a restart finds it wherever the crash left it.
public struct InputIdentity: Sendable, Equatable {
  /// The number under which it was claimed.
  public var claim: UInt64
  /// Its path from the inbox: `a.txt`, or from a folder below it `desk/a.txt`.
  public var name: [UInt8]
  public var inode: UInt64
  /// Bytes.
  public var size: Int
  /// Empty for parts of a file, and for files that were refused unread.
  public var contentHash: [UInt8]
  /// When it was last written to, as it was read: nanoseconds since 1970. `nil` where nobody writes to it any more; the
  /// journal does not keep it.
  public var modified: Int64?

  public init(claim: UInt64, name: [UInt8], inode: UInt64, size: Int, contentHash: [UInt8] = []) {
    self.claim = claim
    self.name = name
    self.inode = inode
    self.size = size
    self.contentHash = contentHash
  }
}
