import Glibc

/// Why a token cannot be had.
public struct TokenProblem: Error, CustomStringConvertible {
  public let description: String
}

/// What a reader shows once.
public enum Token {
  /// Characters of the shortest one.
  private static let shortest = 32

  /// The first line of a file.
  public static func read(_ path: String) throws(TokenProblem) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw TokenProblem(description: "\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = max(0, bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) })
    let line = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard line.count >= shortest, line.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw TokenProblem(
        description: "\(path): the first line should have \(shortest) characters or more, without blanks")
    }
    return String(decoding: line, as: UTF8.self)
  }
}
