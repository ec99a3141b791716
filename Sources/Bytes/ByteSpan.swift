/// A half-open range of UTF-8 byte offsets into one text.
///
/// Eight bytes, so that a layer of tokens stays small; texts are limited to 2 GiB long before that matters.
@frozen
public struct ByteSpan: Hashable, Sendable, Comparable {
  @usableFromInline var low: UInt32
  @usableFromInline var high: UInt32

  /// `0 <= start <= end <= UInt32.max` is expected, and a debug build stops where it does not hold; a release build takes
  /// the nearest span for which it does.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    assert(start >= 0 && start <= end && end <= UInt32.max, "no span goes from \(start) to \(end)")
    low = UInt32(clamping: start)
    high = UInt32(clamping: Swift.max(start, end))
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
