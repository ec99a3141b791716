/// What was read is no record of ours, although its checksum is right: another version wrote it.
struct UndecodableRecord: Error {}

/// Reads what `Encoder` wrote.
struct Decoder {
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { at == end }

  mutating func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) throws(UndecodableRecord) -> T {
    let size = MemoryLayout<T>.size
    guard end - at >= size else { throw UndecodableRecord() }
    var value: T = 0
    for place in (0..<size).reversed() { value = value << 8 | T(truncatingIfNeeded: bytes[at + place]) }
    at += size
    return value
  }

  mutating func count() throws(UndecodableRecord) -> Int { Int(try integer(UInt32.self)) }

  mutating func string() throws(UndecodableRecord) -> [UInt8] {
    let count = try count()
    guard end - at >= count else { throw UndecodableRecord() }
    defer { at += count }
    return Array(bytes[at..<(at + count)])
  }
}
