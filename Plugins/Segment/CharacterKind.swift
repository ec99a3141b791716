import Bytes
import StageKit

/// What a character is to the tokenizer.
enum CharacterKind {
  case space, letter, digit, punctuation, symbol
}

/// The kind and length of the character at `offset`.
@inline(__always)
func character(_ text: Span<UInt8>, at offset: Int, _ classes: [ByteClass]) -> (kind: CharacterKind, length: Int) {
  let byte = text[offset]
  let bits = classes[Int(byte)]
  if bits.isAny(of: .letter) { return (.letter, 1) }
  if bits.isAny(of: .space) { return (.space, 1) }
  if bits.isAny(of: .digit) { return (.digit, 1) }
  if bits.isAny(of: .multibyte) { return multibyteCharacter(text, at: offset) }
  if bits.isAny(of: .punctuation) {
    switch byte {
    case UInt8(ascii: "$"), UInt8(ascii: "+"), UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"),
      UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "#"):
      return (.symbol, 1)
    default: return (.punctuation, 1)
    }
  }
  return (.space, 1)  // control characters part words and are no token
}

private func multibyteCharacter(_ text: Span<UInt8>, at offset: Int) -> (kind: CharacterKind, length: Int) {
  let (value, length) = UTF8Scalar.decode(text, at: offset)
  if UTF8Scalar.isSpace(value) { return (.space, length) }
  switch value {
  case 0x80..<0xA0, 0x200B, 0x200E, 0x200F, 0x2060: return (.space, length)
  case 0xA1, 0xA7, 0xAB, 0xB6, 0xB7, 0xBB, 0xBF, 0x2010...0x2027, 0x2030...0x205E, 0x3001...0x303F, 0xFF01...0xFF0F,
    0xFF1A...0xFF20, 0xFF3B...0xFF3D, 0xFF5B...0xFF65:
    return (.punctuation, length)
  case 0xA2...0xA9, 0xAC, 0xAE...0xB1, 0xB4, 0xB8, 0xD7, 0xF7, 0x20A0...0x20CF, 0x2100...0x2BFF, 0x1F000...0x1FAFF,
    0xE000...0xF8FF, 0xFFFC, 0xFFFD:
    return (.symbol, length)
  default: return (.letter, length)
  }
}

extension Span where Element == UInt8 {
  /// The byte at `offset`, 0 past the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < count ? self[offset] : 0 }

  /// The length of a single quotation mark or apostrophe at `offset`, 0 where there is none.
  @inline(__always)
  func apostrophe(at offset: Int) -> Int {
    let byte = byte(offset)
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") { return 1 }
    // U+2019
    if byte == 0xE2, self.byte(offset + 1) == 0x80, self.byte(offset + 2) == 0x99 { return 3 }
    return 0
  }

  func isUpper(at offset: Int) -> Bool {
    let byte = byte(offset)
    if byte < 0x80 { return byte.isUpper }
    return UTF8Scalar.isUpper(UTF8Scalar.decode(self, at: offset).value)
  }

  func isLower(at offset: Int) -> Bool {
    let byte = byte(offset)
    if byte < 0x80 { return byte.isLower }
    return UTF8Scalar.isLower(UTF8Scalar.decode(self, at: offset).value)
  }

  func isDigit(at offset: Int) -> Bool { byte(offset).isDigit }
}
