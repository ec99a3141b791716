/// A JSON value as a tree, for records that are read back: tests, restoring state, `show`.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// As written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Sendable, Equatable {
    public var key: String
    public var value: JSONValue
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// - Throws: where the bytes are not one JSON value, or not UTF-8.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    if let offset = bytes.firstInvalidUTF8 { throw JSONError(offset: offset, message: "the bytes are not UTF-8") }
    var scanner = JSONScanner(bytes)
    self = try Self.value(&scanner)
    scanner.skipSpace()
    if !scanner.isAtEnd { throw JSONError(offset: scanner.offset, message: "something follows the value") }
  }

  private static func value(_ scanner: inout JSONScanner) throws(JSONError) -> JSONValue {
    switch try scanner.peek() {
    case UInt8(ascii: "{"):
      var members = [Member]()
      try scanner.object { inner, key throws(JSONError) in
        members.append(Member(key: String(decoding: key, as: UTF8.self), value: try value(&inner)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements = [JSONValue]()
      try scanner.array { inner throws(JSONError) in elements.append(try value(&inner)) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(String(decoding: try scanner.string(), as: UTF8.self))
    case UInt8(ascii: "t"):
      try scanner.literal("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try scanner.literal("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try scanner.literal("null")
      return .null
    default:
      let range = try scanner.skipValue()
      return .number(String(decoding: scanner.bytes[range], as: UTF8.self))
    }
  }

  /// One line of JSON.
  public var encoded: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.take()
  }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.raw("null")
    case .bool(let value): writer.raw(value ? "true" : "false")
    case .number(let text): writer.raw(Array(text.utf8))
    case .string(let text): writer.string(text)
    case .array(let elements):
      writer.raw("[")
      for (place, element) in elements.enumerated() {
        if place > 0 { writer.raw(",") }
        element.write(to: &writer)
      }
      writer.raw("]")
    case .object(let members):
      writer.raw("{")
      for (place, member) in members.enumerated() {
        if place > 0 { writer.raw(",") }
        writer.string(member.key)
        writer.raw(":")
        member.value.write(to: &writer)
      }
      writer.raw("}")
    }
  }

  /// The value of a key; `nil` where there is none or this is no object.
  public subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members.first { $0.key == key }?.value } else { nil }
  }

  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var int: Int? { if case .number(let text) = self { Int(text) } else { nil } }
  public var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }
  public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}

extension [UInt8] {
  /// The offset of the first byte that breaks UTF-8.
  public var firstInvalidUTF8: Int? {
    do {
      _ = try UTF8Span(validating: span)
      return nil
    } catch { return error.byteOffsets.lowerBound }
  }
}
