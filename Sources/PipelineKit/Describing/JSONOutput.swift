import ArticleIO
import StageKit

extension JSONValue {
  /// An object with its keys in this order; members without a value are left out.
  static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  /// The shortest decimal that reads back as `value`.
  static func number(_ value: Double) -> JSONValue {
    var writer = JSONWriter()
    writer.number(value)
    return .number(String(decoding: writer.bytes, as: UTF8.self))
  }

  /// Indented by two spaces, for people and for diffs; short arrays of plain values on one line.
  public var pretty: String {
    var writer = JSONWriter()
    write(to: &writer, indent: 0)
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }

  /// On one line.
  var compact: String {
    var writer = JSONWriter()
    writeCompact(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func writeCompact(to writer: inout JSONWriter) {
    switch self {
    case .array(let elements):
      writer.raw("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { writer.raw(",") }
        element.writeCompact(to: &writer)
      }
      writer.raw("]")
    case .object(let members):
      writer.raw("{")
      for (index, member) in members.enumerated() {
        if index > 0 { writer.raw(",") }
        writer.string(member.key)
        writer.raw(":")
        member.value.writeCompact(to: &writer)
      }
      writer.raw("}")
    default: write(to: &writer, indent: 0)
    }
  }

  private func write(to writer: inout JSONWriter, indent: Int) {
    switch self {
    case .null: writer.raw("null")
    case .bool(let value): writer.raw(value ? "true" : "false")
    case .number(let text): writer.raw(Array(text.utf8))
    case .string(let text): writer.string(text)
    case .array(let elements) where elements.allSatisfy(\.isShort):
      writer.raw("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { writer.raw(", ") }
        element.write(to: &writer, indent: indent)
      }
      writer.raw("]")
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        writer.raw(index == 0 ? "[" : ",")
        writer.newLine(indent + 1)
        element.write(to: &writer, indent: indent + 1)
      }
      writer.newLine(indent)
      writer.raw("]")
    case .object(let members) where members.isEmpty: writer.raw("{}")
    case .object(let members):
      for (index, member) in members.enumerated() {
        writer.raw(index == 0 ? "{" : ",")
        writer.newLine(indent + 1)
        writer.string(member.key)
        writer.raw(": ")
        member.value.write(to: &writer, indent: indent + 1)
      }
      writer.newLine(indent)
      writer.raw("}")
    }
  }

  private var isShort: Bool {
    switch self {
    case .array, .object: false
    case .string(let text): text.utf8.count <= 24
    default: true
    }
  }
}

extension JSONWriter {
  fileprivate mutating func newLine(_ indent: Int) {
    byte(0x0A)
    raw(Array(repeating: 0x20, count: indent * 2))
  }
}

extension Diagnostic {
  /// `line` and `column` count from 1, columns in code points; the end is exclusive. All four are `null` where the
  /// file as a whole is meant.
  public var json: JSONValue {
    func place(_ value: Int) -> JSONValue { start == .wholeFile ? .null : .number(String(value)) }
    return .object([
      "file": .string(file), "line": place(start.line), "column": place(start.column), "end_line": place(end.line),
      "end_column": place(end.column), "severity": .string(severity.rawValue), "message": .string(message),
    ])
  }
}
