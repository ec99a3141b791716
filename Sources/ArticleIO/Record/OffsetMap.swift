import StageKit

/// The unit record offsets count in.
public enum OffsetUnit: String, Sendable, CaseIterable { case codepoints, utf8, utf16 }

/// Byte offsets of one text to offsets in another unit: a running count at every 64th byte, the rest counted.
struct OffsetMap {
  private let unit: OffsetUnit
  /// Units before byte 64·i; empty where bytes are the unit.
  private var counts: [UInt32] = []

  init(_ text: Span<UInt8>, unit: OffsetUnit) {
    var isASCII = true
    for at in 0..<text.count where text[at] >= 0x80 {
      isASCII = false
      break
    }
    self.unit = isASCII ? .utf8 : unit
    guard self.unit != .utf8 else { return }
    counts.reserveCapacity(text.count / 64 + 1)
    var total: UInt32 = 0
    for at in 0..<text.count {
      if at & 63 == 0 { counts.append(total) }
      total &+= weight(text[at])
    }
    if text.count & 63 == 0 { counts.append(total) }
  }

  /// Units that the character whose first byte this is takes; 0 for a continuation byte.
  private func weight(_ byte: UInt8) -> UInt32 {
    if byte & 0xC0 == 0x80 { return 0 }
    return byte >= 0xF0 && unit == .utf16 ? 2 : 1
  }

  /// - Precondition: `offset` is at most the text's length.
  func callAsFunction(_ offset: Int, in text: Span<UInt8>) -> Int {
    if unit == .utf8 { return offset }
    var total = counts[offset >> 6]
    for at in (offset & ~63)..<offset { total &+= weight(text[at]) }
    return Int(total)
  }
}
