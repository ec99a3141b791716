import Bytes

extension OwnLayer where Value == JSONValue {
  /// A layer whose values are JSON of a shape that is known at run time only. In memory the ends of its spans are byte
  /// offsets, as in every layer.
  public init(_ key: String, help: String, json shape: Shape) {
    self.init(
      key, help: help, shape, standsOnText: shape.hasSpans,
      write: { writer, value in writer.write(value, shape) },
      read: { node, reader throws(RecordProblem) in try reader.value(node, shape) })
  }
}

extension Shape {
  /// Whether it holds places in the text.
  public var hasSpans: Bool {
    switch self {
    case .list(let inner), .nullable(let inner), .absent(let inner): inner.hasSpans
    case .object(let fields), .open(let fields): isSpan || fields.contains { $0.shape.hasSpans }
    default: false
    }
  }

  /// Whether it is a span in the text, whatever else it says of the place.
  fileprivate var isSpan: Bool {
    guard case .object(let fields) = self else { return false }
    return fields.contains(Self.start) && fields.contains(Self.end)
  }
}

extension LayerReader {
  /// A value that must have a shape; the ends of spans become byte offsets.
  ///
  /// - Throws: where it has another one, or a span lies outside the text or cuts a character.
  fileprivate func value(_ node: RecordNode, _ shape: Shape) throws(RecordProblem) -> JSONValue {
    switch shape {
    case .any, .open: try checkNumbers(node)
    case .nullable(let inner): return node.isNull ? .null : try value(node, inner)
    case .absent:
      guard node.isNull else { throw RecordProblem(node.path, "expected null") }
    case .text, .keyword: _ = try node.text()
    case .oneOf(let words):
      guard node.value.string.map(words.contains) == true else {
        throw RecordProblem(node.path, "expected one of \(words.joined(separator: ", "))")
      }
    case .day:
      guard Day(iso: try node.text()) != nil else { throw RecordProblem(node.path, "expected a day, as in 2017-05-08") }
    case .instant: _ = try node.text()
    case .bool: _ = try node.bool()
    case .integer(let least): _ = try node.integer(from: least)
    case .number: _ = try node.number()
    case .ratio: _ = try node.ratio()
    case .list(let inner):
      return .array(try node.list { element throws(RecordProblem) in try value(element, inner) })
    case .object(let fields):
      return try object(node, fields, span: shape.isSpan ? try span(node) : nil)
    }
    return node.value
  }

  /// A number that no double holds, such as 1e999, would end whoever reads the record.
  private func checkNumbers(_ node: RecordNode) throws(RecordProblem) {
    switch node.value {
    case .number: _ = try node.number()
    case .array: _ = try node.list { element throws(RecordProblem) in try checkNumbers(element) }
    case .object(let members): for member in members { try checkNumbers(node[member.key]) }
    default: break
    }
  }

  private func object(_ node: RecordNode, _ fields: [Shape.Field], span: ByteSpan?) throws(RecordProblem) -> JSONValue {
    guard case .object(let members) = node.value else { throw RecordProblem(node.path, "expected an object") }
    if let unknown = members.first(where: { member in !fields.contains { $0.name == member.key } }) {
      throw RecordProblem(node.path, "nobody said that it has a key ‘\(unknown.key)’")
    }
    var read: [JSONValue.Member] = []
    for field in fields {
      if let span, field == Shape.start {
        read.append(.init(key: field.name, value: .number("\(span.start)")))
      } else if let span, field == Shape.end {
        read.append(.init(key: field.name, value: .number("\(span.end)")))
      } else {
        read.append(.init(key: field.name, value: try value(node[field.name], field.shape)))
      }
    }
    return .object(read)
  }
}

extension ArticleWriter {
  /// A value as the record has it, of the shape that it was read as.
  fileprivate mutating func write(_ value: JSONValue, _ shape: Shape) {
    switch (shape, value) {
    case (.nullable(let inner), _): write(value, inner)
    case (.list(let inner), .array(let elements)): list(elements) { $0.write($1, inner) }
    case (.object(let fields), .object(let members)):
      json.byte(UInt8(ascii: "{"))
      for (at, member) in members.enumerated() {
        if at > 0 { json.byte(UInt8(ascii: ",")) }
        json.string(member.key)
        json.byte(UInt8(ascii: ":"))
        let field = fields.first { $0.name == member.key }
        if shape.isSpan, field == Shape.start || field == Shape.end, let bytes = member.value.int {
          offset(bytes)
        } else {
          write(member.value, field?.shape ?? .any)
        }
      }
      json.byte(UInt8(ascii: "}"))
    default: value.write(to: &json)
    }
  }
}
