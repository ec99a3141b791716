import Bytes
import Testing

@Suite struct UTF8ScalarTests {
  /// At both ends of each length of encoding.
  private static let scalars: [Unicode.Scalar] = [
    "\0", "a", "\u{7F}", "\u{80}", "é", "\u{7FF}", "\u{800}", "€", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{FFFF}",
    "\u{10000}", "😀", "\u{10FFFF}",
  ]

  @Test(arguments: scalars)
  func comesBack(scalar: Unicode.Scalar) {
    let encoded = Array(String(scalar).utf8)
    let bytes = Array("‘".utf8) + encoded + [0x61]
    let (value, length) = UTF8Scalar.decode(bytes.span, at: 3)
    #expect(value == scalar.value && length == encoded.count)
    #expect(UTF8Scalar.length(first: encoded[0]) == encoded.count)
    #expect(UTF8Scalar.start(before: 3 + length, in: bytes.span) == 3)
    var written: [UInt8] = []
    UTF8Scalar.append(scalar.value, to: &written)
    #expect(written == encoded)
  }

  /// A text that is cut in the middle of a character, which valid UTF-8 never is, costs no more than a wrong value.
  @Test(arguments: scalars)
  func aCutCharacterIsReadToTheEnd(scalar: Unicode.Scalar) {
    let encoded = Array(String(scalar).utf8)
    for count in 1...encoded.count {
      let cut = Array(encoded[..<count])
      #expect(UTF8Scalar.decode(cut.span, at: 0).length == encoded.count)
    }
    let tail: [UInt8] = [0x80]
    #expect(UTF8Scalar.start(before: 1, in: tail.span) == 0)
  }

  @Test func propertiesAreThoseOfUnicode() {
    for value in (UInt32(0)..<0x3100).lazy + [0xFEFF, 0x1D400, 0x10FFFF] {
      let properties = Unicode.Scalar(value)?.properties
      #expect(UTF8Scalar.isUpper(value) == properties?.isUppercase)
      #expect(UTF8Scalar.isLower(value) == properties?.isLowercase)
      #expect(UTF8Scalar.isLetter(value) == properties?.isAlphabetic)
      #expect(UTF8Scalar.isSpace(value) == (properties?.isWhitespace == true || value == 0xFEFF))
    }
    #expect(!UTF8Scalar.isLetter(0xD800) && !UTF8Scalar.isUpper(0x11_0000))
  }
}
