/// What an ASCII byte is, as bits of one table look-up. Bytes of multi-byte characters carry `multibyte` only.
@frozen
public struct ByteClass: OptionSet, Sendable {
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var upper: ByteClass { ByteClass(rawValue: 1) }
  @inlinable public static var lower: ByteClass { ByteClass(rawValue: 2) }
  @inlinable public static var digit: ByteClass { ByteClass(rawValue: 4) }
  @inlinable public static var space: ByteClass { ByteClass(rawValue: 8) }
  @inlinable public static var newline: ByteClass { ByteClass(rawValue: 16) }
  @inlinable public static var punctuation: ByteClass { ByteClass(rawValue: 32) }
  @inlinable public static var multibyte: ByteClass { ByteClass(rawValue: 64) }

  @inlinable public static var letter: ByteClass { [.upper, .lower] }
  @inlinable public static var alphanumeric: ByteClass { [.upper, .lower, .digit] }

  @inlinable public func isAny(of other: ByteClass) -> Bool { rawValue & other.rawValue != 0 }

  @inlinable
  public init(_ byte: UInt8) {
    switch byte {
    case 0x41...0x5A: self = .upper
    case 0x61...0x7A: self = .lower
    case 0x30...0x39: self = .digit
    case 0x20, 0x09, 0x0B, 0x0C: self = .space
    case 0x0A, 0x0D: self = [.space, .newline]
    case 0x80...: self = .multibyte
    case 0x21...0x7E: self = .punctuation
    default: self = []
    }
  }

  /// One class per byte value, for scanners that look at every byte.
  public static let table: [ByteClass] = (0...255).map { ByteClass(UInt8($0)) }
}
