import Bytes

/// Reads layers of one article back from the JSON that they are written as.
public struct LayerReader: Sendable {
  public let text: [UInt8]
  private let map: OffsetMap

  /// - Parameters:
  ///   - text: valid UTF-8; what the spans stand on.
  ///   - unit: what offsets count.
  public init(text: [UInt8], offsets unit: OffsetUnit) {
    self.text = text
    map = OffsetMap(text.span, unit: unit)
  }

  /// The span of an object with `start` and `end`, in bytes.
  ///
  /// - Throws: where it lies outside the text or inside a character.
  public func span(_ node: RecordNode) throws(RecordProblem) -> ByteSpan {
    let (start, end) = (try node["start"].integer(), try node["end"].integer())
    guard start <= end, let low = map.bytes(start, in: text.span), let high = map.bytes(end, in: text.span) else {
      throw RecordProblem(node.path, "\(start) to \(end) is no stretch of whole characters of the text")
    }
    return ByteSpan(low, high)
  }

  public func spans(_ node: RecordNode) throws(RecordProblem) -> [ByteSpan] {
    try node.list { element throws(RecordProblem) in try span(element) }
  }
}

/// What is wrong with a value that was read back, and where: `entities[3].type`.
public struct RecordProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  public var message: String

  public init(_ path: String, _ message: String) {
    self.path = path
    self.message = message
  }

  public var description: String { "\(path): \(message)" }
}

/// A value of a record and its place there.
public struct RecordNode: Sendable {
  public let value: JSONValue
  public let path: String

  public init(_ value: JSONValue, path: String) {
    self.value = value
    self.path = path
  }

  /// A member; `null` where there is none.
  public subscript(key: String) -> RecordNode {
    RecordNode(value[key] ?? .null, path: path.isEmpty ? key : "\(path).\(key)")
  }

  public var isNull: Bool { value == .null }

  public func list<Element>(
    _ read: (RecordNode) throws(RecordProblem) -> Element
  ) throws(RecordProblem) -> [Element] {
    guard let elements = value.array else { throw wanted("a list") }
    var all: [Element] = []
    all.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      all.append(try read(RecordNode(element, path: "\(path)[\(index)]")))
    }
    return all
  }

  /// What stands there, where it is not `null`.
  public func optional<Value>(
    _ read: (RecordNode) throws(RecordProblem) -> Value
  ) throws(RecordProblem) -> Value? {
    isNull ? nil : try read(self)
  }

  public func text() throws(RecordProblem) -> [UInt8] {
    guard let text = value.string else { throw wanted("a text") }
    return Array(text.utf8)
  }

  public func integer(from least: Int = 0) throws(RecordProblem) -> Int {
    guard let number = value.int, number >= least else { throw wanted("a whole number from \(least)") }
    return number
  }

  public func number() throws(RecordProblem) -> Double {
    guard let number = value.double, number.isFinite else { throw wanted("a number") }
    return number
  }

  public func ratio() throws(RecordProblem) -> Double {
    guard let number = value.double, (0...1).contains(number) else { throw wanted("a number from 0 to 1") }
    return number
  }

  public func bool() throws(RecordProblem) -> Bool {
    guard case .bool(let value) = value else { throw wanted("true or false") }
    return value
  }

  public func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ type: Choice.Type
  ) throws(RecordProblem) -> Choice {
    guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
      throw wanted("one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  private func wanted(_ what: String) -> RecordProblem { RecordProblem(path, "expected \(what)") }
}
