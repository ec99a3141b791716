import ArticleIO
import StageKit
import YAML

/// What a record should hold: YAML that may leave keys of mappings out. Sequences are compared whole.
enum Expectation {
  /// Everything in which `record` differs from `expected`.
  static func differences(_ expected: Node, from record: JSONValue, at path: String = "") -> [Difference] {
    let place = path.isEmpty ? "the record" : path
    func difference(_ message: String, _ found: JSONValue? = record) -> Difference {
      Difference(path: place, expected: expected, found: found, message: "\(place): \(message)")
    }
    switch expected.content {
    case .mapping(let pairs):
      guard case .object(let members) = record else {
        return [difference("expected a mapping, found \(show(record))")]
      }
      return pairs.flatMap { pair -> [Difference] in
        let key = pair.key.scalar?.text ?? ""
        let inner = path.isEmpty ? key : "\(path).\(key)"
        if let value = record[key] { return differences(pair.value, from: value, at: inner) }
        let hint = nearest(to: key, among: members.map(\.key)).map { "; did you mean ‘\($0)’?" } ?? ""
        return [
          Difference(
            path: inner, expected: pair.value, found: nil,
            message: "\(inner): \(path.isEmpty ? "the record" : "‘\(path)’") has no such key\(hint)")
        ]
      }
    case .sequence(let items):
      guard case .array(let elements) = record else {
        return [difference("expected a list of \(items.count), found \(show(record))")]
      }
      if items.count != elements.count {
        return [difference("expected \(items.count) in the list, found \(elements.count): \(show(record))")]
      }
      return zip(items, elements).enumerated().flatMap { index, pair in
        differences(pair.0, from: pair.1, at: "\(path)[\(index)]")
      }
    case .scalar(let scalar):
      return matches(scalar, record) ? [] : [difference("expected \(show(scalar)), found \(show(record))")]
    }
  }

  /// Without quotes `null`, `true` and `3` are what they are in JSON; a text may go without quotes where it is none.
  private static func matches(_ scalar: Node.Scalar, _ value: JSONValue) -> Bool {
    let isNull = scalar.isPlain && ["", "null", "~"].contains(scalar.text)
    switch value {
    case .null: return isNull
    case .bool(let truth): return scalar.isPlain && scalar.text == (truth ? "true" : "false")
    case .number(let text):
      guard scalar.isPlain, let expected = Double(scalar.text) else { return false }
      return expected == Double(text)
    case .string(let text): return !isNull && scalar.text.utf8.elementsEqual(text.utf8)
    case .array, .object: return false
    }
  }

  private static func show(_ scalar: Node.Scalar) -> String {
    if scalar.isPlain, ["", "null", "~"].contains(scalar.text) { return "null" }
    if scalar.isPlain, Double(scalar.text) != nil || scalar.text == "true" || scalar.text == "false" {
      return scalar.text
    }
    return show(.string(scalar.text))
  }

  /// As JSON, of what is long the start.
  private static func show(_ value: JSONValue) -> String {
    let text = value.compact
    return text.unicodeScalars.count > 300 ? String(text.unicodeScalars.prefix(300)) + "…" : text
  }
}
