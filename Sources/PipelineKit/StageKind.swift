import Disk
import StageKit

/// A stage that a pipeline can name: what can be known of it without running it, and how to make one. A Swift type gives
/// one in a line; so can anything that is read at run time.
public struct StageKind: Sendable {
  /// As YAML names it.
  public let name: String
  /// One line.
  public let summary: String
  public let discussion: String
  public let requires: [Layer]
  public let provides: [Layer]
  public let options: [OptionSpec]
  public let examples: [StageExample]
  /// How it remembers articles; `nil` where it does not.
  public let memory: MemoryKind?
  /// What it is described by where it is not compiled in.
  public let plugin: PluginManifest?

  /// Makes one that is ready to work.
  ///
  /// - Throws: where a list or model that the options name cannot be had.
  public let make: @Sendable (OptionValues, StageContext) throws(StageError) -> any ArticleProcessor

  public init(
    name: String, summary: String, discussion: String = "", requires: [Layer] = [], provides: [Layer],
    options: [OptionSpec] = [], examples: [StageExample] = [], memory: MemoryKind? = nil,
    plugin: PluginManifest? = nil,
    make: @escaping @Sendable (OptionValues, StageContext) throws(StageError) -> any ArticleProcessor
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.requires = requires
    self.provides = provides
    self.options = options
    self.examples = examples
    self.memory = memory
    self.plugin = plugin
    self.make = make
  }

  /// The stage that a Swift type is.
  public init<S: Stage>(_ type: S.Type) { self.init(type, memory: nil) }

  public init<S: RememberingStage>(_ type: S.Type)
  where S.Memory: JournaledState, S.Storage == StateDirectory, S.StorageError == DiskError {
    self.init(type, memory: MemoryKind(type))
  }

  private init<S: Stage>(_ type: S.Type, memory: MemoryKind?) {
    let declaration = S.declaration
    self.init(
      name: declaration.name, summary: declaration.summary, discussion: declaration.discussion,
      requires: declaration.requires, provides: declaration.provides, options: declaration.options.specs,
      examples: declaration.examples, memory: memory
    ) { values, context throws(StageError) in
      try S(options: S.declaration.options.decode(values), context: context)
    }
  }
}

/// The stages that a pipeline can name.
public struct StageRegistry: Sendable {
  public let stages: [StageKind]
  /// What is wrong with plugins that cannot be used, by their names.
  public let broken: [String: String]

  /// - Precondition: no two stages bear one name.
  public init(_ stages: [StageKind], broken: [String: String] = [:]) {
    self.stages = stages
    self.broken = broken
    precondition(Set(names).count == stages.count, "two stages of one name in the registry")
    let rules = StageRules.table.specs.map(\.name)
    precondition(
      !stages.contains { $0.options.contains { rules.contains($0.name) } }, "a stage has an option that all stages have"
    )
  }

  public var names: [String] { stages.map(\.name) }

  public subscript(name: String) -> StageKind? { stages.first { $0.name == name } }

  /// The first stage that provides the layer.
  func provider(of layer: Layer) -> StageKind? { stages.first { $0.provides.contains(layer) } }

  /// Layers of the stages' own, which the record has under `layers`.
  public var ownLayers: [Layer] { stages.flatMap(\.provides).filter { $0.place == .layers } }
}
