import Bytes
import StageKit

/// How the bytes of a body were made fit for a way that takes short lines of ASCII (RFC 2045, 6).
enum TransferEncoding: String {
  case quotedPrintable = "quoted-printable"
  case base64

  func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .quotedPrintable: Self.quotedPrintable(bytes)
    case .base64: Self.base64(bytes)
    }
  }

  /// Line ends come out as line feeds; a `=` that means nothing stays.
  private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    /// The end of what stays at a line end, where white space is none of the text.
    var solid = 0
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "="):
        if let value = hexByte(bytes[at...]) {
          out.append(value)
          at += 2
        } else if let next = softBreak(bytes, at) {
          at = next
        } else {
          out.append(byte)
        }
        solid = out.count
      case 0x0A, 0x0D:
        // A line end is one with or without its carriage return.
        if byte == 0x0D, at < bytes.endIndex, bytes[at] == 0x0A { at += 1 }
        out.removeLast(out.count - solid)
        out.append(0x0A)
        solid = out.count
      case 0x20, 0x09: out.append(byte)
      default:
        out.append(byte)
        solid = out.count
      }
    }
    return out
  }

  /// The byte of the two hexadecimal digits at the start.
  static func hexByte(_ bytes: ArraySlice<UInt8>) -> UInt8? {
    bytes.count < 2 ? nil : Hex.byte(bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
  }

  /// Where the next line begins, where after a `=` this one ends.
  private static func softBreak(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    var at = start
    while at < bytes.endIndex, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    if at == bytes.endIndex { return at }
    if bytes[at] == 0x0D, at + 1 < bytes.endIndex, bytes[at + 1] == 0x0A { return at + 2 }
    return bytes[at] == 0x0A ? at + 1 : nil
  }

  /// What is no digit of it is passed over; pieces that were encoded one by one may follow each other.
  static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count / 4 * 3 + 3)
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in bytes {
      let value = values[Int(byte)]
      if value < 64 {
        bits = bits << 6 | UInt32(value)
        count += 6
        if count >= 8 {
          count -= 8
          out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
      } else if byte == UInt8(ascii: "=") {
        count = 0
      }
    }
    return out
  }

  /// 64 for what is no digit.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 64, count: 256)
    for (value, digit) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
      values[Int(digit)] = UInt8(value)
    }
    return values
  }()
}
