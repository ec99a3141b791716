/// The hash FNV-1a of 64 bits (Fowler, Noll, Vo): quick and short, no use against somebody who looks for collisions.
@frozen
public struct FNV1a: Sendable {
  public var value: UInt64

  /// - Parameter value: where it starts; another start makes it another hash.
  @inlinable public init(from value: UInt64 = 0xCBF2_9CE4_8422_2325) { self.value = value }

  @inlinable public mutating func add(_ byte: UInt8) { add(UInt64(byte)) }

  /// Takes a whole number as if it were one byte.
  @inlinable public mutating func add(_ number: UInt64) { value = (value ^ number) &* 0x100_0000_01B3 }
}

extension FNV1a {
  /// The hash over words of eight bytes, little-endian, and then the bytes that are left over.
  public static func ofWords(_ bytes: RawSpan) -> UInt64 {
    var hash = FNV1a()
    var at = 0
    while at + 8 <= bytes.byteCount {
      // `at + 8` is inside the span.
      hash.add(UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)))
      at += 8
    }
    while at < bytes.byteCount {
      hash.add(bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self))
      at += 1
    }
    return hash.value
  }
}
