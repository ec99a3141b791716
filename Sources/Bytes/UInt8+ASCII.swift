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
