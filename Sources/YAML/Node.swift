import StageKit

/// A place in a YAML file.
public struct Mark: Sendable, Equatable {
  /// Line and column, from 1; columns count code points.
  public var position: Diagnostic.Position
  /// Bytes from the start of the file.
  public var offset: Int
  /// Which file, where nodes of several are put together.
  public var file: Int

  public init(position: Diagnostic.Position, offset: Int, file: Int = 0) {
    self.position = position
    self.offset = offset
    self.file = file
  }
}

/// A value of a YAML file and where it stands.
public struct Node: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    case scalar(Scalar)
    case sequence([Node])
    /// In the order of the file; keys are scalars, and no two are equal.
    case mapping([Pair])
  }

  public struct Scalar: Sendable, Equatable {
    public var text: String
    /// Written without quotes, so that `true` may be a truth value and `3` a number.
    public var isPlain: Bool

    public init(text: String, isPlain: Bool) {
      self.text = text
      self.isPlain = isPlain
    }
  }

  public struct Pair: Sendable, Equatable {
    public var key: Node
    public var value: Node

    public init(key: Node, value: Node) {
      self.key = key
      self.value = value
    }
  }

  public var content: Content
  public var start: Mark
  /// Just past the last byte: of a block mapping or sequence, of its last child.
  public var end: Mark

  public init(_ content: Content, start: Mark, end: Mark) {
    self.content = content
    self.start = start
    self.end = end
  }
}

extension Node {
  public var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  public var sequence: [Node]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  public var mapping: [Pair]? {
    if case .mapping(let pairs) = content { pairs } else { nil }
  }

  /// Nothing was written, or `null` or `~` without quotes.
  public var isNull: Bool {
    guard let scalar, scalar.isPlain else { return false }
    return scalar.text.isEmpty || scalar.text == "null" || scalar.text == "~"
  }

  /// The value of a key, where this is a mapping that has it.
  public subscript(key: String) -> Node? {
    mapping?.first { $0.key.scalar?.text == key }?.value
  }
}
