/// What a stage is given when its chain is built.
public struct StageContext: Sendable {
  /// A model or list by name, or by a path where the name has a slash. Throws a message that tells where it was sought.
  public var resource: @Sendable (_ name: String) throws(StageError) -> Resource
  /// The bytes of a file that an option names, by its path from the pipeline's file. Throws what is wrong with it.
  public var file: @Sendable (_ path: String) throws(StageError) -> [UInt8] = { path throws(StageError) in
    throw StageError(.failsArticle, class: .noFile, "\(path): there are no files here")
  }
  /// Takes what else the stage depends on, by a name: it becomes part of the chain's digest.
  public var note: @Sendable (_ name: String, _ identity: [UInt8]) -> Void = { _, _ in }

  /// Takes what is odd and does not keep the stage from being made: sentences without a full stop.
  public var warn: @Sendable (_ message: String) -> Void = { _ in }

  public init(resource: @escaping @Sendable (String) throws(StageError) -> Resource) { self.resource = resource }

  /// Without models and lists.
  public init() {
    self.init { name throws(StageError) in
      throw StageError(.failsArticle, class: .noResource, "there is no ‘\(name)’ here")
    }
  }
}
