import Bytes
import StageKit

// MARK: Validation

extension Shape {
  /// Adds what is wrong with `value`, each with its path: `entities[0].type: …`.
  func validate(_ value: JSONValue, at path: String, into problems: inout [String]) {
    func refuse(_ wanted: String) { problems.append("\(path): expected \(wanted)") }
    switch self {
    case .text, .keyword: if value.string == nil { refuse("a string") }
    case .oneOf(let names):
      if !names.contains(value.string ?? "\0") { refuse("one of \(names.joined(separator: ", "))") }
    case .day:
      let digits = (value.string ?? "").utf8.map { ByteClass($0) == .digit ? UInt8(ascii: "9") : $0 }
      if !digits.elementsEqual("9999-99-99".utf8) { refuse("a day, YYYY-MM-DD") }
    case .instant:
      let digits = (value.string ?? "").utf8.map { ByteClass($0) == .digit ? UInt8(ascii: "9") : $0 }
      if !digits.starts(with: "9999-99-99T99:99".utf8) { refuse("an instant, YYYY-MM-DDThh:mm:ss and the zone") }
    case .bool: if case .bool = value {} else { refuse("true or false") }
    case .integer(let least): if (value.int ?? .min) < least { refuse("a whole number from \(least)") }
    case .number: if value.double == nil { refuse("a number") }
    case .ratio: if !(0...1).contains(value.double ?? -1) { refuse("a number from 0 to 1") }
    case .any: break
    case .nullable(let inner): if value != .null { inner.validate(value, at: path, into: &problems) }
    case .absent: if value != .null { refuse("null") }
    case .open(let fields):
      guard case .object = value else { return refuse("an object") }
      for field in fields {
        if let inner = value[field.name] { field.shape.validate(inner, at: "\(path).\(field.name)", into: &problems) }
      }
    case .list(let element):
      guard let elements = value.array else { return refuse("an array") }
      for (index, inner) in elements.enumerated() {
        element.validate(inner, at: "\(path)[\(index)]", into: &problems)
      }
    case .object(let fields):
      guard case .object(let members) = value else { return refuse("an object") }
      let (keys, names) = (members.map(\.key), fields.map(\.name))
      if keys != names { problems.append("\(path): the keys are \(keys), not \(names) in this order") }
      for field in fields {
        if let inner = value[field.name] {
          field.shape.validate(inner, at: path.isEmpty ? field.name : "\(path).\(field.name)", into: &problems)
        }
      }
    }
  }
}

// MARK: JSON Schema

extension Shape {
  /// JSON Schema, draft 2020-12.
  func schema(help: String? = nil) -> JSONValue {
    var members = [JSONValue.Member]()
    func add(_ key: String, _ value: JSONValue) { members.append(.init(key: key, value: value)) }
    if let help { add("description", .string(help)) }
    switch self {
    case .text, .keyword: add("type", .string("string"))
    case .oneOf(let names): add("enum", .array(names.map(JSONValue.string)))
    case .day:
      add("type", .string("string"))
      add("pattern", .string("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
    case .instant:
      add("type", .string("string"))
      add("format", .string("date-time"))
    case .bool: add("type", .string("boolean"))
    case .integer(let least):
      add("type", .string("integer"))
      add("minimum", .number("\(least)"))
    case .number: add("type", .string("number"))
    case .ratio:
      add("type", .string("number"))
      add("minimum", .number("0"))
      add("maximum", .number("1"))
    case .any: break
    case .nullable(let inner):
      if case .any = inner { break }
      add("anyOf", .array([inner.schema(), .object([.init(key: "type", value: .string("null"))])]))
    case .absent: add("type", .string("null"))
    case .list(let element):
      add("type", .string("array"))
      add("items", element.schema())
    case .open(let fields):
      add("type", .string("object"))
      add("properties", Self.members(fields))
    case .object(let fields):
      add("type", .string("object"))
      add("properties", Self.members(fields))
      add("required", .array(fields.map { .string($0.name) }))
      add("additionalProperties", .bool(false))
    }
    return .object(members)
  }

  private static func members(_ fields: [Field]) -> JSONValue {
    .object(fields.map { .init(key: $0.name, value: $0.shape.schema(help: $0.help)) })
  }
}

// MARK: Databases

extension Shape {
  /// A DuckDB type.
  var duckDBType: String {
    switch self {
    case .text, .keyword, .oneOf: "VARCHAR"
    case .instant: "TIMESTAMPTZ"
    case .day: "DATE"
    case .bool: "BOOLEAN"
    case .integer: "BIGINT"
    case .number, .ratio: "DOUBLE"
    case .any, .open: "JSON"
    case .nullable(let inner), .absent(let inner): inner.duckDBType
    case .list(let element): "\(element.duckDBType)[]"
    case .object(let fields):
      "STRUCT(\(fields.map { "\"\($0.name)\" \($0.shape.duckDBType)" }.joined(separator: ", ")))"
    }
  }

  /// A Spark SQL type. Days and instants are text there, as JSON has them: casts make dates of them, which never fail a row.
  var sparkType: String {
    switch self {
    case .text, .keyword, .oneOf, .instant, .day, .any, .open: "STRING"
    case .bool: "BOOLEAN"
    case .integer: "BIGINT"
    case .number, .ratio: "DOUBLE"
    case .nullable(let inner), .absent(let inner): inner.sparkType
    case .list(let element): "ARRAY<\(element.sparkType)>"
    case .object(let fields): "STRUCT<\(fields.map { "`\($0.name)`: \($0.shape.sparkType)" }.joined(separator: ", "))>"
    }
  }

  /// An OpenSearch field mapping.
  var openSearchMapping: JSONValue {
    func type(_ name: String) -> JSONValue { .object([.init(key: "type", value: .string(name))]) }
    switch self {
    case .text: return type("text")
    case .keyword, .oneOf: return type("keyword")
    case .day, .instant: return type("date")
    case .bool: return type("boolean")
    case .integer: return type("long")
    case .number, .ratio: return type("double")
    case .any, .open:
      return .object([
        .init(key: "type", value: .string("object")), .init(key: "enabled", value: .bool(false)),
      ])
    case .nullable(let inner), .absent(let inner): return inner.openSearchMapping
    case .list(let element):
      guard case .object(let fields) = element else { return element.openSearchMapping }
      // Hundreds of places in the text would each be a hidden document; they are kept, and not searched.
      let names = fields.map(\.name)
      if names.contains("start"), names.contains("end"), !names.contains("id") { return Shape.any.openSearchMapping }
      return .object([
        .init(key: "type", value: .string("nested")), .init(key: "properties", value: Self.properties(fields)),
      ])
    case .object(let fields):
      return .object([.init(key: "properties", value: Self.properties(fields))])
    }
  }

  private static func properties(_ fields: [Field]) -> JSONValue {
    .object(fields.map { .init(key: $0.name, value: $0.shape.openSearchMapping) })
  }
}
