extension Span where Element == UInt8 {
  /// The offset of the first byte of a value in a range; the range's end where there is none.
  ///
  /// Eight bytes at a time: a byte that equals becomes 0, and the subtraction borrows there first (Warren, *Hacker's
  /// Delight*, 6-1).
  @inlinable
  public func firstOffset(of byte: UInt8, in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var at = range.lowerBound
    while at + 8 <= range.upperBound {
      // `at + 8` is inside the span.
      let eight = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ pattern
      let zeros = (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080
      if zeros != 0 { return at + zeros.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < range.upperBound, self[at] != byte { at += 1 }
    return at
  }

  /// Whether the word stands at an offset.
  @inlinable
  public func holds(_ word: StaticString, at offset: Int) -> Bool {
    guard offset >= 0, word.utf8CodeUnitCount <= count - offset else { return false }
    return word.withUTF8Buffer { word in word.indices.allSatisfy { self[offset + $0] == word[$0] } }
  }

  /// Whether the word stands anywhere in a range.
  @inlinable
  public func holds(_ word: StaticString, in range: Range<Int>) -> Bool {
    guard let first = word.withUTF8Buffer(\.first) else { return true }
    var at = range.lowerBound
    while true {
      at = firstOffset(of: first, in: at..<range.upperBound)
      if range.upperBound - at < word.utf8CodeUnitCount { return false }
      if holds(word, at: at) { return true }
      at += 1
    }
  }
}

extension [UInt8] {
  /// Appends a stretch of bytes.
  @inlinable
  public mutating func append(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    bytes.extracting(span.range).withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
