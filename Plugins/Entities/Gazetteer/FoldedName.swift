import Bytes

/// A name as it is looked up: letters as `LetterFold` has them, any white space one space, any apostrophe and hyphen one; and
/// which of its letters are capitals, apart from that. Of a token of ASCII letters the hash is `Word.lowered`.
struct FoldedName {
  private var builder = WordHash.Builder()
  private var capitals: UInt32 = 1
  private var uppers = 0
  private var lowers = 0

  var hash: UInt64 { builder.hash.value }

  /// Which letters are capitals.
  var capitalPattern: UInt16 { UInt16(truncatingIfNeeded: capitals ^ capitals >> 16) }
  /// Two letters or more, and all of them capitals.
  var isShouted: Bool { uppers > 1 && lowers == 0 }

  mutating func addSpace() { builder.add(0x20) }

  /// Adds the character at `offset` and returns the offset behind it.
  @inline(__always)
  mutating func add(_ bytes: Span<UInt8>, _ offset: Int) -> Int {
    let byte = bytes[offset]
    if byte < 0x80 {
      if byte.isUpper { note(isUpper: true) } else if byte.isLower { note(isUpper: false) }
      builder.add(byte.lowered)
      return offset + 1
    }
    let (scalar, length) = UTF8Scalar.decode(bytes, at: offset)
    add(scalar)
    return offset + length
  }

  private mutating func note(isUpper: Bool) {
    capitals = capitals &* 0x0100_0193 ^ (isUpper ? 2 : 1)
    if isUpper { uppers += 1 } else { lowers += 1 }
  }

  private mutating func add(_ scalar: UInt32) {
    switch scalar {
    case 0x2018, 0x2019, 0x2BC: builder.add(UInt8(ascii: "'"))
    case 0x2010, 0x2011: builder.add(UInt8(ascii: "-"))
    case 0xAD, 0x200B...0x200D, 0x2060: break
    default:
      // Scripts with capitals.
      if scalar < 0x590 || 0x1E00...0x1FFF ~= scalar || 0xFF21...0xFF5A ~= scalar {
        if UTF8Scalar.isUpper(scalar) {
          note(isUpper: true)
        } else if UTF8Scalar.isLower(scalar) {
          note(isUpper: false)
        }
      }
      LetterFold.forEach(scalar) { letter in
        if letter < 0x80 { return builder.add(UInt8(letter)) }
        for shift in [0, 8, 16] as [UInt32] { builder.add(UInt8(truncatingIfNeeded: letter >> shift)) }
      }
    }
  }

  /// A name without the white space around it, and with one space for any within.
  static func singleSpaced(_ name: ArraySlice<UInt8>) -> [UInt8] {
    let bytes = Array(name)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var (at, isSpaced) = (0, false)
    while at < bytes.count {
      let (scalar, length) = UTF8Scalar.decode(bytes.span, at: at)
      if UTF8Scalar.isSpace(scalar) {
        isSpaced = true
      } else {
        if isSpaced, !result.isEmpty { result.append(0x20) }
        isSpaced = false
        result += bytes[Range(from: at, upTo: min(bytes.count, at + length))]
      }
      at += length
    }
    return result
  }

  /// Whether a script puts no spaces between words.
  static func isUnspaced(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
