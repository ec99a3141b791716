import Bytes
import StageKit

/// Walks the words of a text in their normal form: lower case, without quotation marks and punctuation.
struct WordScanner {
  /// What a byte means to a word: itself in lower case, or one of the three below.
  private static let table: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x41...0x5A: UInt8(byte) | 0x20
    case 0x30...0x39, 0x61...0x7A: UInt8(byte)
    case UInt8(ascii: "'"), UInt8(ascii: "`"): dropped
    case 0x80...: multibyte
    default: separator
    }
  }
  private static let separator: UInt8 = 0
  /// Belongs to the word around it and is not counted: “Ellery's” and “Ellery’s” are one word.
  private static let dropped: UInt8 = 1
  private static let multibyte: UInt8 = 2

  /// Hashes every word from `start` to the end of the text into `words`.
  static func scan(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, into words: inout Shingles, deadline: Deadline
  ) throws(StageError) {
    let table = Self.table
    var at = start
    var checkAt = start + 1 << 16
    var word = WordState()
    while at < end {
      let byte = table[Int(bytes[at])]
      if byte > multibyte {
        word.add(UInt64(byte))
        at += 1
      } else if byte == separator {
        word.end(into: &words)
        at += 1
        if at >= checkAt {
          try deadline.check()
          checkAt = at + 1 << 16
        }
      } else if byte == dropped {
        at += 1
      } else {
        let (scalar, length) = UTF8Scalar.decode(bytes, at: at)
        at += length
        switch CharacterRole(scalar) {
        case .letter(let lower): word.add(UInt64(lower))
        case .dropped: break
        case .separator: word.end(into: &words)
        case .ideograph:
          word.end(into: &words)
          word.add(UInt64(scalar))
          word.end(into: &words)
        }
      }
    }
    word.end(into: &words)
  }

  /// A word that is being read.
  private struct WordState {
    private var hash = FNV1a()

    @inline(__always)
    mutating func add(_ value: UInt64) { hash.add(value) }

    @inline(__always)
    mutating func end(into words: inout Shingles) {
      if hash.value == FNV1a().value { return }
      words.add(mixed(hash.value))
      hash = FNV1a()
    }
  }
}

/// The final mix of MurmurHash3: every bit of the input moves every bit of the output.
@inline(__always)
func mixed(_ value: UInt64) -> UInt64 {
  var mixed = value
  mixed ^= mixed >> 33
  mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
  mixed ^= mixed >> 33
  mixed = mixed &* 0xC4CE_B9FE_1A85_EC53
  mixed ^= mixed >> 33
  return mixed
}

/// What a character beyond ASCII means to a word.
private enum CharacterRole {
  case letter(UInt32)
  case dropped
  case separator
  /// A word of its own, because its script puts no spaces between words.
  case ideograph

  init(_ scalar: UInt32) {
    switch scalar {
    // Soft hyphen, zero-width characters, single quotation marks and apostrophes.
    case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF, 0x2018, 0x2019, 0x201B, 0x2BC, 0x2032: self = .dropped
    case 0x80...0xA9, 0xAB...0xB4, 0xB6...0xB9, 0xBB...0xBF, 0xD7, 0xF7: self = .separator
    case 0x2000...0x206F, 0x20A0...0x20CF, 0x2190...0x2BFF, 0x3000...0x3004, 0x3008...0x3020: self = .separator
    case 0xFE10...0xFE6F, 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFFF9...0xFFFD, 0x1F000...0x1FAFF: self = .separator
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0x20000...0x3FFFF: self = .ideograph
    default: self = .letter(Self.lower(scalar))
    }
  }

  /// Lower case for the Latin, Greek and Cyrillic letters of news; others stay as they are.
  private static func lower(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xC0...0xDE: scalar + 32
    case 0x100...0x137, 0x14A...0x177, 0x1E00...0x1EFF: scalar | 1
    case 0x139...0x148, 0x179...0x17E: scalar + (scalar & 1)
    case 0x391...0x3A9: scalar + 32
    case 0x400...0x40F: scalar + 80
    case 0x410...0x42F: scalar + 32
    case 0x460...0x4BF, 0x4D0...0x52F: scalar | 1
    default: scalar
    }
  }
}
