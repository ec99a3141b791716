import Bytes

/// `key:value`, which YAML takes for one word: a mapping wants a blank behind the colon.
public enum MissingBlank {
  /// The key, where a text begins as a pair without its blank; `nil` for a URL or a time of day.
  public static func key(in text: String) -> String? {
    let bytes = Array(text.utf8)
    return colon(in: bytes[...]).map { String(decoding: bytes[..<$0].drop { !isWord($0) }, as: UTF8.self) }
  }

  /// The place of the colon.
  static func colon(in line: ArraySlice<UInt8>) -> Int? {
    let start = line.drop { $0 == 0x20 || $0 == UInt8(ascii: "-") }
    let word = start.prefix(while: isWord)
    let colon = word.endIndex
    guard let first = word.first, !first.isDigit, colon + 1 < line.endIndex, line[colon] == UInt8(ascii: ":"),
      !line[colon + 1].isSpace, line[colon + 1] != UInt8(ascii: "/")
    else { return nil }
    return colon
  }

  static func isWord(_ byte: UInt8) -> Bool {
    ByteClass(byte).isAny(of: .alphanumeric) || byte == UInt8(ascii: "_")
  }
}
