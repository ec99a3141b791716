/// What XML and HTML read alike; where their rules part, the tokenizers say which bytes they mean.
extension Span where Element == UInt8 {
  /// The offset from `start` on of the first byte that is wanted; the end where there is none.
  @inlinable @inline(__always)
  public func firstOffset(from start: Int, where isWanted: (UInt8) -> Bool) -> Int {
    var at = start
    while at < count, !isWanted(self[at]) { at += 1 }
    return at
  }

  /// The end of the run of text at `start`: the next `<` or `&` behind its first byte, which is text whatever it is.
  @inlinable @inline(__always)
  public func textEnd(from start: Int) -> Int {
    firstOffset(from: start + 1) { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
  }

  /// The value of an attribute, with the offset behind it: between quotation marks, or up to a space or the tag's end.
  ///
  /// - Returns: `nil` where the bytes end before the value does.
  @inlinable @inline(__always)
  public func attributeValue(from start: Int, isSpace: (UInt8) -> Bool) -> (value: ByteSpan, end: Int)? {
    guard start < count else { return nil }
    let quote = self[start]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let end = firstOffset(from: start) { isSpace($0) || $0 == UInt8(ascii: ">") }
      return (ByteSpan(start, end), end)
    }
    let end = firstOffset(from: start + 1) { $0 == quote }
    return end < count ? (ByteSpan(start + 1, end), end + 1) : nil
  }

  /// The number of a character reference, with the offset behind its digits: `233` or `xE9`. It stops growing past the last
  /// code point, so that no run of digits is too long.
  ///
  /// - Parameter start: behind the `#`.
  /// - Returns: `nil` where no digit stands.
  @inlinable
  public func referenceNumber(from start: Int, upTo end: Int) -> (value: UInt32, end: Int)? {
    let isHex = start < end && self[start].lowered == UInt8(ascii: "x")
    let first = isHex ? start + 1 : start
    var (value, at): (UInt32, Int) = (0, first)
    while at < end, let digit = self[at].hexValue, isHex || digit < 10 {
      if value <= 0x10FFFF { value = value * (isHex ? 16 : 10) + UInt32(digit) }
      at += 1
    }
    return at > first ? (value, at) : nil
  }
}
