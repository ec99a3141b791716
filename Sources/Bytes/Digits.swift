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

extension String {
  /// With spaces behind it, up to a column.
  public func padded(to column: Int) -> String { self + String(repeating: " ", count: Swift.max(0, column - count)) }

  /// A number of at least so many digits, with zeros before it.
  public init(_ value: some UnsignedInteger, radix: Int = 10, uppercase: Bool = false, width: Int) {
    let digits = String(value, radix: radix, uppercase: uppercase)
    self = String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}

extension [UInt8] {
  /// Appends the last `width` decimal digits of a number, with zeros before it.
  ///
  /// - Parameter value: 0 or more, and no longer than `width`; of another one the digits mean nothing.
  public mutating func append(digitsOf value: Int, width: Int) {
    assert(value >= 0, "\(value) has a sign")
    var rest = value.magnitude
    let start = count
    append(contentsOf: repeatElement(0x30, count: width))
    for at in (start..<start + width).reversed() {
      self[at] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}

/// Hexadecimal digits, in lower case.
public enum Hex {
  public static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? nibble + 0x30 : nibble - 10 + 0x61 }

  /// Two digits for each byte.
  public static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.underestimatedCount)
    for byte in bytes {
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return digits
  }

  /// The byte of two digits of either case.
  public static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = high.hexValue, let low = low.hexValue else { return nil }
    return high << 4 | low
  }

  /// `nil` for what is no bytes in digits.
  public static func decode(_ digits: [UInt8]) -> [UInt8]? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for at in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = byte(digits[at], digits[at + 1]) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
