import Bytes

/// What stands between a pair of quotation marks.
public struct Quotation: Sendable, Equatable {
  /// With its marks, as far as they are there.
  public var outer: ByteSpan
  /// Without them.
  public var inner: ByteSpan
  public var isClosed: Bool
  /// Index of the quotation around it.
  public var parent: Int?
  /// It goes on with what the paragraph before left open.
  public var continues = false

  public init(outer: ByteSpan, inner: ByteSpan, isClosed: Bool) {
    self.outer = outer
    self.inner = inner
    self.isClosed = isClosed
  }
}
