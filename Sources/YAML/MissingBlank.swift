import Bytes

/// `key:value`, which YAML takes for one word: a mapping wants a blank behind the colon.
public enum MissingBlank {
  /// The key, where a text begins as a pair without its blank, and the place behind its colon in bytes; `nil` for a URL or a
  /// time of day.
  public static func find(in text: String) -> (key: String, place: Int)? { find(in: Array(text.utf8)[...]) }

  static func find(in line: ArraySlice<UInt8>) -> (key: String, place: Int)? {
    let start = line.drop { $0 == 0x20 || $0 == UInt8(ascii: "-") }
    let word = start.prefix { ByteClass($0).isAny(of: .alphanumeric) || $0 == UInt8(ascii: "_") }
    let colon = word.endIndex
    guard let first = word.first, !first.isDigit, colon + 1 < line.endIndex, line[colon] == UInt8(ascii: ":"),
      !line[colon + 1].isSpace, line[colon + 1] != UInt8(ascii: "/")
    else { return nil }
    return (String(decoding: word, as: UTF8.self), colon + 1)
  }
}
