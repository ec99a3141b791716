import Bytes
import StageKit

/// What a character is to the tokenizer.
enum CharacterKind {
  case space, letter, digit, punctuation, symbol
  /// A letter of a script without spaces between words: a token of its own.
  case ideograph
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
  // Of Greek, Armenian, Hebrew, Arabic, Urdu, Hindi, Thai, Tibetan, Burmese, Amharic and Khmer.
  case 0x37E, 0x387, 0x55A...0x55F, 0x589, 0x5BE, 0x5C0, 0x5C3, 0x60C, 0x61B, 0x61F, 0x66A...0x66D, 0x6D4, 0x964, 0x965,
    0xE5A, 0xE5B, 0xF0D...0xF14, 0x104A...0x104F, 0x1362...0x1368, 0x17D4...0x17DA:
    return (.punctuation, length)
  // Han, Hiragana, Thai, Lao, Burmese, Khmer; a base with the marks on it.
  case 0x3041...0x309F, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0xE01...0xE4F,
    0xE81...0xECF,
    0x1000...0x103F, 0x1050...0x109F, 0x1780...0x17D3:
    return (.ideograph, length + marksLength(text, at: offset + length))
  case 0xA2...0xA9, 0xAC, 0xAE...0xB1, 0xB4, 0xB8, 0xD7, 0xF7, 0x20A0...0x20CF, 0x2100...0x2BFF, 0x1F000...0x1FAFF,
    0xE000...0xF8FF, 0xFFFC, 0xFFFD:
    return (.symbol, length)
  default: return (.letter, length)
  }
}

/// Bytes of the marks that stand on a letter which ends before `offset`: “ก้”, “か゛”.
private func marksLength(_ text: Span<UInt8>, at offset: Int) -> Int {
  var at = offset
  while at + 2 < text.count, text[at] >= 0xE0 {
    let (value, length) = UTF8Scalar.decode(text, at: at)
    // Vowels and tones of Thai and Lao, and what makes syllables of Burmese and Khmer.
    switch value {
    case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0xEB1, 0xEB4...0xEBC, 0xEC8...0xECE, 0x102B...0x103E, 0x1056...0x1059,
      0x105E...0x1060, 0x1062...0x1064, 0x1067...0x106D, 0x1071...0x1074, 0x1082...0x108D, 0x17B4...0x17D3, 0x3099,
      0x309A:
      at += length
    default: return at - offset
    }
  }
  return at - offset
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
