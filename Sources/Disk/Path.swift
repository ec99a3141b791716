import Glibc

/// A path as the kernel sees it: bytes, because names on Linux need not be text.
public struct Path: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }
  public init(stringLiteral value: String) { self.init(value) }

  /// The path of `name` inside this directory; `name` itself where it is absolute.
  public static func / (directory: Path, name: [UInt8]) -> Path {
    if name.first == UInt8(ascii: "/") || directory.bytes.isEmpty { return Path(name) }
    var bytes = directory.bytes
    bytes.reserveCapacity(bytes.count + 1 + name.count)
    if bytes.last != UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
    bytes += name
    return Path(bytes)
  }

  public static func / (directory: Path, name: String) -> Path { directory / Array(name.utf8) }

  /// The last component.
  public var name: [UInt8] {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes }
    return Array(bytes[(slash + 1)...])
  }

  /// The directory that holds the last component: `.` where the path has only one.
  public var directory: Path {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == 0 ? "/" : Path(Array(bytes[..<slash]))
  }

  /// The same path from the root directory, whatever the working directory becomes.
  public var absolute: Path {
    guard bytes.first != UInt8(ascii: "/"), let here = getcwd(nil, 0) else { return self }
    defer { free(here) }
    let rest = bytes.starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) ? Array(bytes.dropFirst(2)) : bytes
    return Path(String(cString: here)) / rest
  }

  /// For people: control bytes and what is not UTF-8 as `\xNN`.
  public var description: String { Path.printable(bytes) }

  /// A name for people: control bytes and what is not UTF-8 as `\xNN`.
  public static func printable(_ bytes: [UInt8]) -> String {
    let valid = String(validating: bytes, as: UTF8.self) != nil
    var shown: [UInt8] = []
    let digits = Array("0123456789abcdef".utf8)
    for byte in bytes {
      if byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !valid) {
        shown += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        shown.append(byte)
      }
    }
    return String(decoding: shown, as: UTF8.self)
  }

  public static func < (a: Path, b: Path) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}
