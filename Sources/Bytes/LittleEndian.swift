/// Numbers as they stand in files and frames: little-endian, or in as few bytes as they need.
extension [UInt8] {
  @inlinable
  public mutating func appendFixed<T: FixedWidthInteger>(_ value: T) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Seven bits a byte, the lowest first; all bytes but the last have the high bit.
  public mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Bytes behind their length.
  public mutating func appendString(_ bytes: [UInt8]) {
    appendVarint(UInt64(bytes.count))
    append(contentsOf: bytes)
  }
}

extension Span<UInt8> {
  public func array(_ range: Range<Int>) -> [UInt8] {
    extracting(range).withUnsafeBufferPointer { Array($0) }
  }

  @inlinable
  public func fixed32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset <= count - 4, "a number outside its bytes")
    // Its four bytes are inside the span.
    return UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inlinable
  public func fixed64(at offset: Int) -> UInt64 {
    UInt64(fixed32(at: offset)) | UInt64(fixed32(at: offset + 4)) << 32
  }

  /// The number at an offset, which moves behind it; `nil` where the bytes hold none.
  public func varint(_ at: inout Int) -> UInt64? {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while at < count, shift < 64 {
      let byte = self[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// The range of what `appendString` wrote.
  public func string(_ at: inout Int) -> Range<Int>? {
    guard let length = varint(&at), length <= UInt64(count - at) else { return nil }
    defer { at += Int(length) }
    return Range(from: at, upTo: at + Int(length))
  }
}

extension MutableSpan<UInt8> {
  @inlinable
  public func fixed32(at offset: Int) -> UInt32 { span.fixed32(at: offset) }

  @inlinable
  public mutating func setFixed32(_ value: UInt32, at offset: Int) {
    for place in 0..<4 { self[offset + place] = UInt8(truncatingIfNeeded: value >> UInt32(8 * place)) }
  }
}
