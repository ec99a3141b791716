extension Span where Element == UInt8 {
  /// The end of the bytes from `start` on that stand in a JSON string as they are: up to a quotation mark, a backslash or
  /// a control character.
  ///
  /// Eight bytes at a time, as in `firstOffset(of:in:)`.
  public func plainEnd(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var at = start
    while at + 8 <= count {
      // `at + 8` is inside the span.
      let eight = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
      let (quote, backslash) = (eight ^ ones &* 0x22, eight ^ ones &* 0x5C)
      let control = (eight &- ones &* 0x20) & ~eight
      let found = (control | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & (ones &* 0x80)
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count, self[at] >= 0x20, self[at] != 0x22, self[at] != 0x5C { at += 1 }
    return at
  }
}
