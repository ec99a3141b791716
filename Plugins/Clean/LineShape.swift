import Bytes
import StageKit

/// Bytes of the white-space character at `offset`; `nil` where there is none.
func spaceLength(_ bytes: Span<UInt8>, _ offset: Int) -> Int? {
  let byte = bytes[offset]
  // U+001C to U+001F part files and fields.
  if byte < 0x80 { return byte == 0x20 || byte >= 0x09 && byte <= 0x0D || byte >= 0x1C && byte <= 0x1F ? 1 : nil }
  if byte != 0xC2, byte != 0xE1, byte != 0xE2, byte != 0xE3, byte != 0xEF { return nil }
  let (value, length) = UTF8Scalar.decode(bytes, at: offset)
  return UTF8Scalar.isSpace(value) || value == 0x200B ? length : nil
}

/// How a line starts.
/// The raw values are rows of features.
enum LineStart: Int {
  case upper, lower, digit, quote, closing, bullet, other

  init(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    let byte = bytes[start]
    let next: UInt8 = start + 1 < end ? bytes[start + 1] : 0x20
    switch byte {
    case 0x41...0x5A: self = .upper
    case 0x61...0x7A: self = byte == UInt8(ascii: "o") && next == 0x20 ? .bullet : .lower
    case 0x30...0x39: self = .digit
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: "?"),
      UInt8(ascii: "!"):
      self = .closing
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"): self = next == 0x20 ? .bullet : .other
    case UInt8(ascii: "\""), UInt8(ascii: "'"): self = .quote
    case 0x80...:
      switch UTF8Scalar.decode(bytes, at: start).value {
      case 0x201C, 0x2018, 0xAB: self = .quote
      case 0x201D, 0x2019: self = .closing
      case 0x2022, 0x25CF, 0x25AA, 0xB7, 0x25E6, 0x25A0: self = .bullet
      case let value: self = UTF8Scalar.isUpper(value) ? .upper : UTF8Scalar.isLower(value) ? .lower : .other
      }
    default: self = .other
    }
  }
}

/// How a line ends, closing quotation marks and brackets aside.
/// The raw values are rows of features.
enum LineEnd: Int {
  case terminal, comma, colon, ellipsis, openQuote, lower, upper, other

  init(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    var (end, closed) = (span.end, false)
    while end > span.start {
      let last = UTF8Scalar.start(before: end, in: bytes)
      let (value, _) = UTF8Scalar.decode(bytes, at: last)
      switch value {
      case 0x22, 0x27, 0x29, 0x5D, 0x201D, 0x2019, 0xBB, 0x300B, 0x300D, 0x300F, 0x3011, 0xFF09, 0x203A:
        (end, closed) = (last, true)
        if span.end - end > 8 {
          self = .other
          return
        }
        continue
      case let mark where Self.mayClose(mark) && Self.closes(bytes, span, before: last):
        (end, closed) = (last, true)
        if span.end - end > 8 {
          self = .other
          return
        }
        continue
      case 0x20, 0xA0, 0x3000:
        end = last
        if span.end - end > 8 {
          self = .other
          return
        }
        continue
      case 0x2E, 0x21, 0x3F, 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61, 0x61F, 0x6D4, 0x964, 0x965, 0x589, 0x104B, 0x17D4,
        0x1362:
        self = .terminal
      case 0x2026: self = .ellipsis
      case 0x2C, 0x3B, 0x3001, 0xFF0C, 0xFF1B, 0x60C, 0x61B: self = closed ? .terminal : .comma
      case 0x3A, 0xFF1A: self = .colon
      case 0x201C, 0x2018, 0x28, 0x2013, 0x2014: self = .openQuote
      case 0x61...0x7A: self = closed ? .other : .lower
      case 0x41...0x5A: self = .upper
      default:
        let isSmall = Script.isCaseless(value) || UTF8Scalar.isLower(value)
        self = isSmall && !closed ? .lower : !isSmall && UTF8Scalar.isUpper(value) ? .upper : .other
      }
      return
    }
    self = .other
  }

  private static func mayClose(_ mark: UInt32) -> Bool { mark == 0xAB || mark == 0x2018 || mark == 0x201C }

  /// German, Danish and Polish close a quotation with marks that open one elsewhere: these have no space before them.
  private static func closes(_ bytes: Span<UInt8>, _ span: ByteSpan, before mark: Int) -> Bool {
    guard mark > span.start else { return false }
    let (value, _) = UTF8Scalar.decode(bytes, at: UTF8Scalar.start(before: mark, in: bytes))
    return !UTF8Scalar.isSpace(value)
  }
}
