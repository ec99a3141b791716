import Bytes

/// Appends JSON to bytes. No trees, no strings in between.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Empties the writer and hands over what it held.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  public mutating func raw(_ text: StaticString) { text.withUTF8Buffer { bytes.append(contentsOf: $0) } }
  public mutating func raw(_ json: [UInt8]) { bytes.append(contentsOf: json) }
  public mutating func raw(_ json: ArraySlice<UInt8>) { bytes.append(contentsOf: json) }
  public mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  /// A string with every escape RFC 8259 asks for.
  ///
  /// - Precondition: `text` is valid UTF-8.
  public mutating func string(_ text: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var at = 0
    while true {
      let end = text.plainEnd(from: at)
      bytes.append(text, ByteSpan(at, end))
      if end == text.count { break }
      escape(text[end])
      at = end + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  public mutating func string(_ text: [UInt8]) { string(text.span) }
  public mutating func string(_ text: [UInt8], _ range: Range<Int>) { string(text.span.extracting(range)) }
  public mutating func string(_ text: String) { string(text.utf8.span) }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      raw("u00")
      bytes.append(Hex.digit(byte >> 4))
      bytes.append(Hex.digit(byte & 15))
    }
  }

  public mutating func integer(_ value: some BinaryInteger) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = UInt64(value.magnitude)
    bytes.append(addingCapacity: Self.mostDigits) { $0.append(digitsOf: magnitude) }
  }

  /// A comma and a key, with the colon behind it.
  public mutating func key(_ name: StaticString) {
    bytes.append(addingCapacity: name.utf8CodeUnitCount + 4) {
      $0.append(",\"")
      $0.append(name)
      $0.append("\":")
    }
  }

  /// `"start":…,"end":…` without braces.
  public mutating func bounds(from start: Int, to end: Int) {
    bytes.append(addingCapacity: 16 + 2 * Self.mostDigits) {
      $0.append("\"start\":")
      $0.append(digitsOf: UInt64(clamping: start))
      $0.append(",\"end\":")
      $0.append(digitsOf: UInt64(clamping: end))
    }
  }

  /// Of a number of 64 bits.
  private static let mostDigits = 20

  /// A ratio in 0...1 with four decimals.
  public mutating func ratio(_ value: Double) {
    let scaled = Int((min(max(value, 0), 1) * 10_000).rounded())
    integer(scaled / 10_000)
    bytes.append(UInt8(ascii: "."))
    for power in [1000, 100, 10, 1] { bytes.append(UInt8(scaled % 10_000 / power % 10) + 0x30) }
  }

  /// The shortest decimal that reads back as `value`; `null` where it is not finite.
  public mutating func number(_ value: Double) {
    guard value.isFinite else { return raw("null") }
    if value == value.rounded(), abs(value) < 1e15 { return integer(Int(value)) }
    raw(Array(value.description.utf8))
  }
}

extension OutputSpan<UInt8> {
  @inline(__always)
  fileprivate mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { append(byte) } }
  }

  /// Decimal digits, without zeros in front.
  fileprivate mutating func append(digitsOf value: UInt64) {
    if value >= Self.eighth {
      append(digitsOf: value / Self.eighth)
      append(eightOf: value % Self.eighth, fewest: 8)
    } else {
      append(eightOf: value, fewest: 1)
    }
  }

  /// The digits of a number that has eight at most, the last of which are made first.
  private mutating func append(eightOf value: UInt64, fewest: Int) {
    var (rest, digits, count) = (value, UInt64(0), 0)
    repeat {
      digits = digits << 8 | (rest % 10 + 0x30)
      rest /= 10
      count += 1
    } while rest > 0 || count < fewest
    for _ in 0..<count {
      append(UInt8(truncatingIfNeeded: digits))
      digits >>= 8
    }
  }

  private static var eighth: UInt64 { 100_000_000 }
}

/// RFC 4648.
public enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8]()
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      bits <<= UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        result.append(place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return result
  }
}
