/// One option as the outside sees it.
public struct OptionSpec: Sendable {
  public var name: String
  public var type: OptionType
  /// `nil` where the option is empty unless told otherwise.
  public var `default`: OptionValue?
  public var help: String
  /// A value as YAML, for the docs.
  public var example: String?
  /// Choices by words that they had before; such a word is taken, with a warning.
  public var former: [String: String] = [:]

  public init(
    name: String, type: OptionType, default: OptionValue?, help: String, example: String? = nil,
    former: [String: String] = [:]
  ) {
    self.name = name
    self.type = type
    self.default = `default`
    self.help = help
    self.example = example
    self.former = former
  }
}

/// One row of a table: the option, and where its value goes.
public struct OptionRow<Root>: Sendable {
  public var spec: OptionSpec
  public var set: @Sendable (inout Root, OptionValue) -> Void

  init(_ spec: OptionSpec, set: @escaping @Sendable (inout Root, OptionValue) -> Void) {
    self.spec = spec
    self.set = set
  }
}

/// All options of one mapping. Decoding, lint, `list`, docs and the JSON Schema read nothing else.
public struct OptionTable<Root: StageOptions>: Sendable {
  public var rows: [OptionRow<Root>]
  public init(_ rows: [OptionRow<Root>]) { self.rows = rows }

  public var specs: [OptionSpec] { rows.map(\.spec) }

  /// The options with these values, and their defaults where there is none.
  public func decode(_ values: OptionValues) -> Root {
    var root = Root()
    for row in rows {
      if let value = values[row.spec.name] { row.set(&root, value) }
    }
    return root
  }
}

/// Values of options by name, read and in range. What is not there is at its default.
public typealias OptionValues = [String: OptionValue]

// Each row takes its default from the options struct itself, so that it is written down once.
extension OptionRow where Root: StageOptions {
  public static func bool(
    _ name: String, _ path: any WritableKeyPath<Root, Bool> & Sendable, help: String, example: String? = nil
  ) -> Self {
    Self(OptionSpec(name: name, type: .bool, default: .bool(Root()[keyPath: path]), help: help, example: example)) {
      if case .bool(let value) = $1 { $0[keyPath: path] = value }
    }
  }

  public static func integer(
    _ name: String, _ path: any WritableKeyPath<Root, Int> & Sendable, in range: ClosedRange<Int>, help: String,
    example: String? = nil
  ) -> Self {
    whole(name, path, type: .integer(range), help: help, example: example)
  }

  public static func number(
    _ name: String, _ path: any WritableKeyPath<Root, Double> & Sendable, in range: ClosedRange<Double>, help: String,
    example: String? = nil
  ) -> Self {
    Self(
      OptionSpec(
        name: name, type: .number(range), default: .number(Root()[keyPath: path]), help: help, example: example)
    ) {
      if case .number(let value) = $1 { $0[keyPath: path] = value }
    }
  }

  /// Milliseconds.
  public static func duration(
    _ name: String, _ path: any WritableKeyPath<Root, Int> & Sendable, in range: ClosedRange<Int>, help: String,
    example: String? = nil
  ) -> Self {
    whole(name, path, type: .duration(range), help: help, example: example)
  }

  /// Bytes.
  public static func size(
    _ name: String, _ path: any WritableKeyPath<Root, Int> & Sendable, in range: ClosedRange<Int>, help: String,
    example: String? = nil
  ) -> Self {
    whole(name, path, type: .size(range), help: help, example: example)
  }

  public static func text(
    _ name: String, _ path: any WritableKeyPath<Root, String> & Sendable, help: String, example: String? = nil
  ) -> Self {
    let initial = Root()[keyPath: path]
    return Self(
      OptionSpec(
        name: name, type: .text, default: initial.isEmpty ? nil : .text(initial), help: help, example: example)
    ) {
      if case .text(let value) = $1 { $0[keyPath: path] = value }
    }
  }

  /// What must hold of an article, as it is written; empty for nothing.
  public static func condition(
    _ name: String, _ path: any WritableKeyPath<Root, String> & Sendable, help: String, example: String? = nil
  ) -> Self {
    Self(OptionSpec(name: name, type: .condition, default: nil, help: help, example: example)) {
      if case .text(let value) = $1 { $0[keyPath: path] = value }
    }
  }

  public static func texts(
    _ name: String, _ path: any WritableKeyPath<Root, [String]> & Sendable, help: String, example: String? = nil
  ) -> Self {
    list(name, path, type: .texts, help: help, example: example)
  }

  /// Codes of languages.
  static func codes(
    _ name: String, _ path: any WritableKeyPath<Root, [String]> & Sendable, help: String, example: String? = nil
  ) -> Self {
    list(name, path, type: .languages, help: help, example: example)
  }

  private static func list(
    _ name: String, _ path: any WritableKeyPath<Root, [String]> & Sendable, type: OptionType, help: String,
    example: String?
  ) -> Self {
    Self(OptionSpec(name: name, type: type, default: .list(Root()[keyPath: path]), help: help, example: example)) {
      if case .list(let value) = $1 { $0[keyPath: path] = value }
    }
  }

  /// - Parameter former: words that choices had before.
  public static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Root, Choice> & Sendable, former: [String: Choice] = [:], help: String,
    example: String? = nil
  ) -> Self {
    Self(
      OptionSpec(
        name: name, type: .choice(Choice.allCases.map(\.rawValue)), default: .text(Root()[keyPath: path].rawValue),
        help: help, example: example, former: former.mapValues(\.rawValue))
    ) {
      if case .text(let value) = $1, let choice = Choice(rawValue: value) { $0[keyPath: path] = choice }
    }
  }

  /// One that is `nil` where nothing is written.
  public static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Root, Choice?> & Sendable, help: String, example: String? = nil
  ) -> Self {
    Self(
      OptionSpec(
        name: name, type: .choice(Choice.allCases.map(\.rawValue)), default: nil, help: help, example: example)
    ) {
      if case .text(let text) = $1, let choice = Choice(rawValue: text) { $0[keyPath: path] = choice }
    }
  }

  public static func choices<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Root, [Choice]> & Sendable, help: String, example: String? = nil
  ) -> Self {
    Self(
      OptionSpec(
        name: name, type: .choices(Choice.allCases.map(\.rawValue)),
        default: .list(Root()[keyPath: path].map(\.rawValue)), help: help, example: example)
    ) {
      if case .list(let values) = $1 { $0[keyPath: path] = values.compactMap(Choice.init(rawValue:)) }
    }
  }

  private static func whole(
    _ name: String, _ path: any WritableKeyPath<Root, Int> & Sendable, type: OptionType, help: String, example: String?
  ) -> Self {
    Self(OptionSpec(name: name, type: type, default: .integer(Root()[keyPath: path]), help: help, example: example)) {
      if case .integer(let value) = $1 { $0[keyPath: path] = value }
    }
  }
}
