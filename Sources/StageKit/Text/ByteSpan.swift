/// A half-open range of UTF-8 byte offsets into one text.
///
/// Eight bytes, so that a layer of tokens stays small; texts are limited to 2 GiB long before that matters.
@frozen
public struct ByteSpan: Hashable, Sendable, Comparable {
  @usableFromInline var low: UInt32
  @usableFromInline var high: UInt32

  /// - Precondition: `0 <= start <= end <= UInt32.max`.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    precondition(start <= end, "a span ends before it starts")
    low = UInt32(start)
    high = UInt32(end)
  }

  @inlinable public init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }

  @inlinable public var start: Int { Int(low) }
  @inlinable public var end: Int { Int(high) }
  @inlinable public var count: Int { Int(high &- low) }
  @inlinable public var isEmpty: Bool { low == high }
  @inlinable public var range: Range<Int> { start..<end }

  @inlinable public func contains(_ offset: Int) -> Bool { offset >= start && offset < end }
  @inlinable public func contains(_ other: ByteSpan) -> Bool { other.low >= low && other.high <= high }

  /// By start, then the shorter first.
  @inlinable
  public static func < (a: ByteSpan, b: ByteSpan) -> Bool { a.low != b.low ? a.low < b.low : a.high < b.high }
}
