import StageKit

/// The stage types a pipeline can name.
public struct StageRegistry: Sendable {
  public let stages: [RegisteredStage]

  /// - Precondition: no two stages bear one name.
  public init(_ stages: [any Stage.Type]) {
    self.stages = stages.map(RegisteredStage.init)
    precondition(Set(names).count == stages.count, "two stages of one name in the registry")
  }

  public var names: [String] { stages.map(\.name) }

  public subscript(name: String) -> RegisteredStage? { stages.first { $0.name == name } }

  /// The first stage that provides the layer.
  func provider(of layer: Layer) -> RegisteredStage? { stages.first { $0.provides.contains(layer) } }
}

/// A stage's declaration without its options' type.
public struct RegisteredStage: Sendable {
  public let type: any Stage.Type
  public let name: String
  public let summary: String
  public let discussion: String
  public let requires: [Layer]
  public let provides: [Layer]
  public let options: [OptionSpec]
  public let examples: [StageExample]

  public init(_ type: any Stage.Type) {
    self = Self.describe(type)
  }

  private static func describe<S: Stage>(_ type: S.Type) -> Self {
    Self(type, S.declaration)
  }

  private init<Options>(_ type: any Stage.Type, _ declaration: StageDeclaration<Options>) {
    self.type = type
    name = declaration.name
    summary = declaration.summary
    discussion = declaration.discussion
    requires = declaration.requires
    provides = declaration.provides
    options = declaration.options.specs
    examples = declaration.examples
  }
}
