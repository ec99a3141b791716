import Bytes
import Glibc
import StageKit
import YAML

/// Where a pipeline's `${NAME}` gets its value.
public struct Environment: Sendable {
  let value: @Sendable (String) -> String?

  public init(_ value: @escaping @Sendable (String) -> String?) { self.value = value }

  /// That of this process.
  public static let process = Environment { name in getenv(name).map { String(cString: $0) } }

  /// These and no others.
  public static func only(_ values: [String: String]) -> Environment { Environment { values[$0] } }
}

/// Fills `${NAME}` and `${NAME:default}` in the values of a file in; `$${` stands for `${`. What comes in is text of that one
/// value: it can make no further keys.
struct Variables {
  private let environment: Environment
  /// Those that were asked for and are set.
  private(set) var used: [String: String] = [:]
  /// Bytes that came in.
  private var count = 0
  /// As much as a file may have.
  private static let most = Document.Limits().bytes

  init(_ environment: Environment) { self.environment = environment }

  /// - Parameter left: keys of the mapping whose values stay as they are.
  mutating func fill(_ node: Node, besides left: (String) -> Bool = { _ in false }, _ reader: inout SettingsReader)
    -> Node
  {
    switch node.content {
    case .scalar(let scalar):
      guard scalar.text.utf8.contains(UInt8(ascii: "$")) else { return node }
      let text = fill(scalar.text, of: node, &reader)
      return Node(.scalar(.init(text: text, isPlain: scalar.isPlain)), start: node.start, end: node.end)
    case .sequence(let items):
      return Node(.sequence(items.map { fill($0, &reader) }), start: node.start, end: node.end)
    case .mapping(let pairs):
      let filled = pairs.map { pair in
        left(pair.key.scalar?.text ?? "") ? pair : Node.Pair(key: pair.key, value: fill(pair.value, &reader))
      }
      return Node(.mapping(filled), start: node.start, end: node.end)
    }
  }

  private mutating func fill(_ text: String, of node: Node, _ reader: inout SettingsReader) -> String {
    let bytes = Array(text.utf8)
    var filled: [UInt8] = []
    var at = 0
    while at < bytes.count {
      let rest = bytes[at...]
      if rest.starts(with: "$${".utf8) {
        filled += Array("${".utf8)
        at += 3
      } else if rest.starts(with: "${".utf8) {
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
          let message = "‘${’ is never closed: add ‘}’, or write ‘$${’ where the characters themselves are meant"
          reader.reportOnce(node, at..<bytes.count, message)
          return text
        }
        do throws(Problem) {
          filled += try value(of: bytes[(at + 2)..<end])
        } catch {
          reader.reportOnce(node, at..<end + 1, error.message)
        }
        at = end + 1
      } else {
        filled.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: filled, as: UTF8.self)
  }

  private struct Problem: Error {
    var message: String
  }

  /// - Parameter inside: what stands between the braces.
  private mutating func value(of inside: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
    let name = String(decoding: inside.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    let isName =
      !name.isEmpty && name.utf8.first?.isDigit == false
      && name.utf8.allSatisfy {
        ByteClass($0).isAny(of: .alphanumeric) || $0 == UInt8(ascii: "_")
      }
    let written = String(decoding: inside, as: UTF8.self)
    guard isName else {
      throw Problem(
        message:
          "‘${\(written)}’ names no variable: write ${NAME}, ${NAME:default}, or $${ for the characters themselves")
    }
    let standIn = inside.firstIndex(of: UInt8(ascii: ":")).map { Array(inside[($0 + 1)...]) }
    if standIn?.first == UInt8(ascii: "-") {
      let text = String(decoding: standIn?.dropFirst() ?? [], as: UTF8.self)
      throw Problem(message: "a default stands behind ‘:’ alone: write ${\(name):\(text)}")
    }
    let value = environment.value(name)
    if let value { used[name] = value }
    if let filled = value.map({ Array($0.utf8) }) ?? standIn {
      count += filled.count
      if count <= Self.most { return filled }
      throw Problem(
        message: "the variables come to more than \(OptionType.describe(bytes: Self.most)): no pipeline needs as much")
    }
    throw Problem(message: "the variable \(name) is not set: set it, or write a default, as in ${\(name):VALUE}")
  }
}
