import Glibc

/// Arguments as they were given. Names on Linux need not be text, and a `String` keeps only those that are.
extension CommandLine {
  /// The bytes of some of this process's arguments, in their order.
  static func bytes(of arguments: [String]) -> [[UInt8]] {
    var given: [String: [[UInt8]]] = [:]
    for at in (0..<Int(argc)).reversed() {
      guard let start = unsafeArgv[at] else { continue }
      // A C string, which ends in a zero.
      let bytes = UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) }
      given[String(decoding: bytes, as: UTF8.self), default: []].append(bytes)
    }
    return arguments.map { given[$0]?.popLast() ?? Array($0.utf8) }
  }
}

/// Opens a file for reading, whatever bytes its name has.
///
/// - Returns: a descriptor; negative where it cannot be opened, with `errno` set.
func openForReading(_ path: [UInt8]) -> Int32 { open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC) }
