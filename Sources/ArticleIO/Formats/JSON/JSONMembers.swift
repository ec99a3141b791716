import Bytes
import StageKit

/// The members of a JSON object in their order: checked, but their values not read yet.
struct JSONMembers {
  struct Member {
    var key: [UInt8]
    var value: JSONPart
  }

  private(set) var all: [Member] = []

  /// - Throws: where the bytes are not one object and nothing else.
  init(_ bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    try read(&scanner)
    scanner.skipSpace()
    if !scanner.isAtEnd { throw JSONError(offset: scanner.offset, message: "something follows the object") }
  }

  /// - Throws: where the value is no object.
  init(_ value: JSONPart) throws(JSONError) {
    var scanner = JSONScanner(value.bytes, at: value.range.lowerBound)
    try read(&scanner)
  }

  private mutating func read(_ scanner: inout JSONScanner) throws(JSONError) {
    try scanner.object { scanner, key throws(JSONError) in
      all.append(Member(key: key, value: JSONPart(bytes: scanner.bytes, range: try scanner.skipValue())))
    }
  }

  /// The first value of a key.
  subscript(_ key: StaticString) -> JSONPart? {
    key.withUTF8Buffer { wanted in all.first { $0.key.elementsEqual(wanted) }?.value }
  }

  /// Whether there is such a key with a string.
  func hasString(_ key: StaticString) -> Bool { self[key]?.kind == .string }

  mutating func removeAll(_ isRemoved: ([UInt8]) -> Bool) { all.removeAll { isRemoved($0.key) } }

  mutating func remove(_ key: StaticString) {
    key.withUTF8Buffer { wanted in removeAll { $0.elementsEqual(wanted) } }
  }

  /// Takes a member out whose string is not blank, and leaves any other.
  mutating func takeText(_ key: StaticString) -> [UInt8]? {
    guard let text = self[key]?.text else { return nil }
    remove(key)
    return text
  }
}

/// A value inside of a JSON text that was checked.
struct JSONPart {
  enum Kind { case string, number, object, array, literal }

  let bytes: [UInt8]
  /// Never empty.
  let range: Range<Int>

  /// As it was written.
  var raw: ArraySlice<UInt8> { bytes[range] }

  var kind: Kind {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): .literal
    default: .number
    }
  }

  /// `nil` where it is none.
  var string: [UInt8]? {
    var scanner = JSONScanner(bytes, at: range.lowerBound)
    return kind == .string ? try? scanner.string() : nil
  }

  /// The string, where it is not blank.
  var text: [UInt8]? { string.flatMap { $0.contains { !ByteClass($0).isAny(of: .space) } ? $0 : nil } }

  /// A string, or a number as it was written.
  var id: [UInt8]? { kind == .number ? Array(raw) : string }

  /// Empty where it is no array.
  var elements: [JSONPart] {
    guard kind == .array else { return [] }
    var scanner = JSONScanner(bytes, at: range.lowerBound)
    var found: [JSONPart] = []
    try? scanner.array { scanner throws(JSONError) in
      scanner.skipSpace()
      found.append(JSONPart(bytes: scanner.bytes, range: try scanner.skipValue()))
    }
    return found
  }

  /// The strings of an array of nothing else.
  var strings: [[UInt8]]? {
    guard kind == .array else { return nil }
    let strings = elements.map(\.string)
    return strings.contains { $0 == nil } ? nil : strings.compactMap(\.self)
  }

  /// `nil` where it is no object.
  var members: JSONMembers? { kind == .object ? try? JSONMembers(self) : nil }
}
