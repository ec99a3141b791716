/// CRC-32C (Castagnoli), eight bytes a step.
public struct CRC32C: Sendable {
  private var state: UInt32 = ~0

  /// Eight tables of 256: table k advances a byte that stands k places before the end of a step.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
      tables[byte] = value
    }
    for k in 1..<8 {
      for byte in 0..<256 {
        let before = tables[(k - 1) * 256 + byte]
        tables[k * 256 + byte] = before >> 8 ^ tables[Int(before & 255)]
      }
    }
    return tables
  }()

  public init() {}

  public mutating func update(_ bytes: Span<UInt8>) {
    let tables = Self.tables
    var crc = state
    var at = 0
    while at + 8 <= bytes.count {
      let low =
        crc
        ^ (UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24)
      crc = tables[7 * 256 + Int(low & 255)] ^ tables[6 * 256 + Int(low >> 8 & 255)]
      crc ^= tables[5 * 256 + Int(low >> 16 & 255)] ^ tables[4 * 256 + Int(low >> 24)]
      crc ^= tables[3 * 256 + Int(bytes[at + 4])] ^ tables[2 * 256 + Int(bytes[at + 5])]
      crc ^= tables[256 + Int(bytes[at + 6])] ^ tables[Int(bytes[at + 7])]
      at += 8
    }
    while at < bytes.count {
      crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[at])) & 255)]
      at += 1
    }
    state = crc
  }

  public var value: UInt32 { ~state }

  public static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    var crc = CRC32C()
    crc.update(bytes)
    return crc.value
  }
}
