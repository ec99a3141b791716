extension ByteSpan {
  /// Without the bytes at either end that are blank: spaces and controls, unless told otherwise.
  @inlinable
  public func trimmed(in text: Span<UInt8>, where isBlank: (UInt8) -> Bool = { $0.isBlank }) -> ByteSpan {
    var (low, high) = (start, end)
    while low < high, isBlank(text[low]) { low += 1 }
    while high > low, isBlank(text[high - 1]) { high -= 1 }
    return ByteSpan(low, high)
  }

  /// Without the characters at either end that are blank.
  ///
  /// - Parameter blankLength: bytes of the blank character at an offset; `nil` where another stands there.
  @inlinable
  public func trimmedCharacters(in text: Span<UInt8>, blankLength: (Int) -> Int?) -> ByteSpan {
    var (low, high) = (start, end)
    while low < high, let length = blankLength(low) { low += length }
    while low < high {
      let last = UTF8Scalar.start(before: high, in: text)
      guard last >= low, blankLength(last) != nil else { break }
      high = last
    }
    return ByteSpan(low, max(low, high))
  }
}

extension BidirectionalCollection<UInt8> {
  /// Without the bytes at either end that are blank: spaces and controls, unless told otherwise.
  @inlinable
  public func trimmed(where isBlank: (UInt8) -> Bool = { $0.isBlank }) -> SubSequence {
    let rest = drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return rest }
    return rest[...last]
  }
}
