import Bytes
import Testing

@Suite struct ByteClassTests {
  /// What one byte is, the class, the table and the properties of bytes say alike; Swift's own characters say what is right.
  @Test func everyByteIsOneThing() {
    for byte in UInt8.min ... .max {
      let kind = ByteClass(byte)
      let character = Character(Unicode.Scalar(byte))
      let isASCII = byte < 0x80
      #expect(ByteClass.table[Int(byte)] == kind)
      #expect(kind.isAny(of: .upper) == (isASCII && character.isUppercase) && kind.isAny(of: .upper) == byte.isUpper)
      #expect(kind.isAny(of: .lower) == (isASCII && character.isLowercase) && kind.isAny(of: .lower) == byte.isLower)
      #expect(kind.isAny(of: .letter) == (isASCII && character.isLetter) && kind.isAny(of: .letter) == byte.isLetter)
      #expect(kind.isAny(of: .digit) == (isASCII && character.isNumber) && kind.isAny(of: .digit) == byte.isDigit)
      #expect(kind.isAny(of: .space) == (isASCII && character.isWhitespace) && kind.isAny(of: .space) == byte.isSpace)
      #expect(kind.isAny(of: .multibyte) == !isASCII)
      #expect(byte.isBlank == (byte <= 0x20))
      #expect(byte.hexValue == (isASCII ? character.hexDigitValue.map(UInt8.init) : nil))
    }
  }

  @Test func onlyLettersChangeTheirCase() {
    #expect("Aa Zz[@`{".utf8.map(\.lowered) == Array("aa zz[@`{".utf8))
    #expect("Aa Zz[@`{".utf8.map(\.raised) == Array("AA ZZ[@`{".utf8))
    #expect("Ä".utf8.map(\.lowered) == Array("Ä".utf8))
  }

  @Test func zerosStandBeforeShortNumbers() {
    #expect(String(17 as UInt, width: 6) == "000017" && String(1_234_567 as UInt, width: 6) == "1234567")
    #expect(String(0xAB as UInt64, radix: 16, width: 4) == "00ab")
    var bytes = Array("T".utf8)
    bytes.append(digitsOf: 7, width: 2)
    bytes.append(digitsOf: 2026, width: 4)
    bytes.append(digitsOf: 123, width: 2)
    #expect(bytes == Array("T07202623".utf8))
  }

  @Test func hexadecimalDigitsComeBack() {
    let bytes = Array(UInt8.min ... .max)
    #expect(Hex.decode(Hex.encode(bytes)) == bytes && Hex.decode([]) == [])
    #expect(Hex.encode([0x0F, 0xA0]) == Array("0fa0".utf8) && Hex.decode(Array("0FA0".utf8)) == [0x0F, 0xA0])
    for text in ["0", "0g", "+1", "0x"] { #expect(Hex.decode(Array(text.utf8)) == nil) }
  }

  @Test func numbersAreDigitsAlone() {
    #expect(Int(digits: "0042".utf8) == 42)
    #expect(UInt64(digits: "18446744073709551615".utf8) == .max)
    #expect(Int(leadingDigits: "17.a.txt".utf8) == 17)
    for text in ["", "+1", "-1", " 1", "1 ", "1a", "9223372036854775808"] { #expect(Int(digits: text.utf8) == nil) }
    #expect(UInt8(digits: "256".utf8) == nil && UInt8(digits: "255".utf8) == 255 && UInt8(digits: "260".utf8) == nil)
    #expect(UInt64(leadingDigits: "a17".utf8) == nil)
  }
}
