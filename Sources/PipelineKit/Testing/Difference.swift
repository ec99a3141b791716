import ArticleIO
import StageKit
import YAML

/// One place in which a record is not what a test expects.
public struct Difference: Sendable {
  /// From the record: `quotes[0].speaker.name`.
  public let path: String
  public let expected: Node
  /// `nil` where the record has no such key.
  public let found: JSONValue?
  /// In one line.
  public let message: String

  /// What a test would expect to pass, as YAML on one line; `nil` where the record has no such key.
  public var replacement: String? { found.map { FlowText.text(of: $0, like: expected) } }

  /// What is missing (`-`) and what is there (`+`), in lines for a person: of a list only the members that differ, of a long
  /// text what stands around the first place that does.
  public var lines: [String] {
    guard let found else { return [message] }
    if let items = expected.sequence, let elements = found.array, items.count != elements.count {
      var left = elements
      var missing: [Node] = []
      for item in items {
        let place = left.firstIndex { Expectation.differences(item, from: $0).isEmpty }
        if let place { left.remove(at: place) } else { missing.append(item) }
      }
      return ["\(path): expected \(items.count), found \(elements.count)"]
        + missing.map { "- \(Self.cut(FlowText.text(of: $0)))" }
        + left.map { "+ \(Self.cut(FlowText.text(of: $0, like: items.first)))" }
    }
    let (one, two) = Self.around(FlowText.text(of: expected), FlowText.text(of: found, like: expected))
    return [path, "- \(one)", "+ \(two)"]
  }

  /// Code points of a text that are shown, and of those before the first difference.
  private static let (shown, before) = (100, 30)

  private static func cut(_ text: String) -> String {
    text.unicodeScalars.count <= shown ? text : String(text.unicodeScalars.prefix(shown)) + "…"
  }

  private static func around(_ one: String, _ two: String) -> (String, String) {
    let (a, b) = (Array(one.unicodeScalars), Array(two.unicodeScalars))
    let same = zip(a, b).prefix { $0 == $1 }.count
    guard max(a.count, b.count) > shown, same > before else { return (cut(one), cut(two)) }
    func window(_ text: [Unicode.Scalar]) -> String {
      let rest = text[(same - before)...]
      return "…" + String(String.UnicodeScalarView(rest.prefix(shown))) + (rest.count > shown ? "…" : "")
    }
    return (window(a), window(b))
  }
}

/// Values as YAML on one line.
enum FlowText {
  /// - Parameter shape: of mappings only the keys that it has are written, and of its members the shape is that of the same place.
  static func text(of value: JSONValue, like shape: Node? = nil) -> String {
    switch value {
    case .null: return "null"
    case .bool(let truth): return truth ? "true" : "false"
    case .number(let number): return number
    case .string(let text): return quoted(text)
    case .array(let items):
      let shapes = shape?.sequence ?? []
      let texts = items.enumerated().map { place, item in
        text(of: item, like: shapes.indices.contains(place) ? shapes[place] : shapes.first)
      }
      return "[\(texts.joined(separator: ", "))]"
    case .object(let members):
      let keys = shape?.mapping?.compactMap(\.key.scalar?.text)
      let kept = members.filter { keys?.contains($0.key) ?? true }
      return
        "{\(kept.map { "\(quoted($0.key)): \(text(of: $0.value, like: shape?[$0.key]))" }.joined(separator: ", "))}"
    }
  }

  static func text(of node: Node) -> String {
    switch node.content {
    case .scalar(let scalar): return scalar.isPlain ? scalar.text : quoted(scalar.text)
    case .sequence(let items): return "[\(items.map(text).joined(separator: ", "))]"
    case .mapping(let pairs):
      return "{\(pairs.map { "\(text(of: $0.key)): \(text(of: $0.value))" }.joined(separator: ", "))}"
    }
  }

  /// A text that YAML reads as a text again.
  private static func quoted(_ text: String) -> String {
    let isOther = Double(text) != nil || ["true", "false", "null", "~", ""].contains(text.lowercased())
    let isPlain = !isOther && text.asYAML == text && !text.unicodeScalars.contains { $0.value < 0x20 }
    return isPlain ? text : String(decoding: JSONValue.string(text).encoded, as: UTF8.self)
  }
}
