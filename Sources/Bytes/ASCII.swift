/// What a single byte is in ASCII; bytes of longer characters are none of it. Scanners that look at every byte of a text
/// use `ByteClass.table`.
extension UInt8 {
  @inlinable public var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  @inlinable public var isLower: Bool { self >= 0x61 && self <= 0x7A }
  @inlinable public var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
  @inlinable public var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// A space, or one of the controls from tab to carriage return.
  @inlinable public var isSpace: Bool { self == 0x20 || self >= 0x09 && self <= 0x0D }
  /// A space or any control but DEL.
  @inlinable public var isBlank: Bool { self <= 0x20 }

  /// As a small letter, where it is a capital.
  @inlinable public var lowered: UInt8 { isUpper ? self | 0x20 : self }
  /// As a capital, where it is a small letter.
  @inlinable public var raised: UInt8 { isLower ? self & 0xDF : self }

  /// 0 to 15 of a hexadecimal digit of either case.
  @inlinable
  public var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self & 0x0F
    case 0x41...0x46, 0x61...0x66: (self & 0x0F) + 9
    default: nil
    }
  }
}

extension FixedWidthInteger {
  /// Decimal digits as a number; `nil` where there are none, where anything else is among them, and where they are too many.
  @inlinable
  public init?(digits: some Sequence<UInt8>) {
    self = 0
    var isEmpty = true
    for byte in digits {
      guard append(digit: byte) else { return nil }
      isEmpty = false
    }
    if isEmpty { return nil }
  }

  /// The same for a stretch of a text.
  @inlinable
  public init?(digits text: Span<UInt8>, _ span: ByteSpan) {
    self = 0
    if span.isEmpty { return nil }
    for at in span.range where !append(digit: text[at]) { return nil }
  }

  /// - Returns: whether it is a digit, and the number not too large.
  @inlinable
  mutating func append(digit: UInt8) -> Bool {
    guard digit.isDigit else { return false }
    let (tens, isTooLarge) = multipliedReportingOverflow(by: 10)
    let (sum, isLarger) = tens.addingReportingOverflow(Self(digit & 0x0F))
    self = sum
    return !isTooLarge && !isLarger
  }

  /// The digits that bytes begin with, as a number.
  @inlinable
  public init?(leadingDigits bytes: some Sequence<UInt8>) { self.init(digits: bytes.prefix { $0.isDigit }) }
}
