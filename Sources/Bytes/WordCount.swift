extension Span where Element == UInt8 {
  /// Stretches without white space: without bytes up to U+0020, that is.
  ///
  /// Eight bytes at a time: adding 0x5F to the low seven bits sets the high bit of all above 0x20 (Warren, *Hacker's
  /// Delight*, 6-1); a word begins where it is set and was not set before.
  public var wordCount: Int { wordCount(upTo: .max) }

  /// The same, but only so far as to know that it is more than `most`.
  public func wordCount(upTo most: Int) -> Int {
    let (low, high): (UInt64, UInt64) = (0x7F7F_7F7F_7F7F_7F7F, 0x8080_8080_8080_8080)
    var (words, at) = (0, 0)
    // 0x80 where the byte before belongs to a word.
    var before: UInt64 = 0
    while at + 8 <= count, words <= most {
      // `at + 8` is inside the span.
      let eight = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
      let inside = ((eight & low) &+ 0x5F5F_5F5F_5F5F_5F5F | eight) & high
      words += (inside & ~(inside << 8 | before)).nonzeroBitCount
      before = inside >> 56
      at += 8
    }
    var isInside = before != 0
    while at < count, words <= most {
      let isWord = self[at] > 0x20
      if isWord, !isInside { words += 1 }
      isInside = isWord
      at += 1
    }
    return words
  }
}
