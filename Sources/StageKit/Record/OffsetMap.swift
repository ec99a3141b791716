import Bytes

/// The unit record offsets count in.
public enum OffsetUnit: String, Sendable, CaseIterable { case codepoints, utf8, utf16 }

/// Byte offsets of one text to offsets in another unit and back: a running count at every 64th byte, the rest counted.
struct OffsetMap: Sendable {
  private let unit: OffsetUnit
  /// Units before byte 64·i; empty where bytes are the unit.
  private var counts: [UInt32] = []
  /// Whether every byte is a character.
  private let isASCII: Bool

  init(_ text: Span<UInt8>, unit: OffsetUnit) {
    // Bytes are themselves: nobody looks.
    if unit == .utf8 {
      (self.unit, isASCII) = (unit, false)
      return
    }
    isASCII = Self.isASCII(text)
    self.unit = isASCII ? .utf8 : unit
    guard self.unit != .utf8 else { return }
    counts.reserveCapacity(text.count / 64 + 1)
    var total: UInt32 = 0
    for block in stride(from: 0, through: text.count, by: 64) {
      counts.append(total)
      total &+= weight(text, ByteSpan(block, min(block + 64, text.count)))
    }
  }

  private static func isASCII(_ text: Span<UInt8>) -> Bool {
    var at = 0
    while at + 8 <= text.count {
      // `at + 8` is inside the span.
      let eight = text.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
      if eight & 0x8080_8080_8080_8080 != 0 { return false }
      at += 8
    }
    while at < text.count, text[at] < 0x80 { at += 1 }
    return at == text.count
  }

  /// Units of a part of a text, eight bytes at a time.
  private func weight(_ text: Span<UInt8>, _ span: ByteSpan) -> UInt32 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var total: UInt32 = 0
    var at = span.start
    while at + 8 <= span.end {
      // Inside the span, and so inside the text.
      let bytes = text.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
      // The lowest bit of each byte: whether its first two bits are 10, and whether its first four are ones.
      let continuing = bytes >> 7 & ~(bytes >> 6) & ones
      let doubled = unit == .utf16 ? bytes >> 7 & bytes >> 6 & bytes >> 5 & bytes >> 4 & ones : 0
      // The product has the sum of all bytes in its highest one.
      total &+= UInt32(truncatingIfNeeded: ((ones &- continuing &+ doubled) &* ones) >> 56)
      at += 8
    }
    while at < span.end {
      total &+= weight(text[at])
      at += 1
    }
    return total
  }

  /// Units that the character whose first byte this is takes; 0 for a continuation byte.
  private func weight(_ byte: UInt8) -> UInt32 {
    if byte & 0xC0 == 0x80 { return 0 }
    return byte >= 0xF0 && unit == .utf16 ? 2 : 1
  }

  /// - Precondition: `offset` is at most the text's length.
  func callAsFunction(_ offset: Int, in text: Span<UInt8>) -> Int {
    if unit == .utf8 { return offset }
    return Int(counts[offset >> 6] &+ weight(text, ByteSpan(offset & ~63, offset)))
  }

  /// The byte at which the character with this offset begins; `nil` outside the text and inside a character.
  func bytes(_ offset: Int, in text: Span<UInt8>) -> Int? {
    if unit == .utf8 {
      guard offset >= 0, offset <= text.count else { return nil }
      return isASCII || offset == text.count || text[offset] & 0xC0 != 0x80 ? offset : nil
    }
    guard offset >= 0, let wanted = UInt32(exactly: offset) else { return nil }
    // The last block that begins at or before it.
    let low = counts.partitioningIndex { $0 > wanted }
    guard low > 0 else { return nil }
    var (at, total) = ((low - 1) * 64, counts[low - 1])
    while at < text.count, total < wanted || text[at] & 0xC0 == 0x80 {
      total &+= weight(text[at])
      at += 1
    }
    return total == wanted ? at : nil
  }
}
