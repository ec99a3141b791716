import Bytes

/// Writes the journal's integers (little-endian) and byte strings (length first).
struct Encoder {
  private(set) var bytes: [UInt8] = []

  mutating func integer<T: FixedWidthInteger>(_ value: T) {
    bytes.appendFixed(value)
  }

  mutating func count(_ value: Int) { integer(UInt32(clamping: value)) }

  mutating func string(_ value: [UInt8]) {
    count(value.count)
    bytes.append(contentsOf: value)
  }
}
