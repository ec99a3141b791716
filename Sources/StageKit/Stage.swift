/// One step of the chain. `process` is its pure half, run by any worker; a stage with state adds a `Decider`.
public protocol Stage: Sendable {
  associatedtype Options: StageOptions

  /// What the stage is called, needs, gives and can be told: the one source for docs, lint and tests.
  static var declaration: StageDeclaration<Options> { get }

  /// - Throws: where a list or model that the options name cannot be had.
  init(options: Options, context: StageContext) throws(StageError)

  /// Adds this stage's layers to the article. Called from many threads at once.
  ///
  /// - Throws: `StageError`; its effect says whether the article fails or only the layer stays `nil`.
  func process(_ article: inout Article, deadline: Deadline) throws(StageError)

  /// The stateful half, one for each pipeline of a spool (or each `pipe`); only the last stage of a chain may have one.
  ///
  /// - Parameter state: what it remembers by, opened for this stage; `nil` for a memory of its own that is empty.
  func makeDecider(over state: (any DeciderState)?) -> (any Decider)?
}

extension Stage {
  public func makeDecider(over state: (any DeciderState)?) -> (any Decider)? { nil }
  public func makeDecider() -> (any Decider)? { makeDecider(over: nil) }
}

/// What deciders remember by for longer than a process lives; several pipelines may share one. Only the stage knows
/// what it is.
public protocol DeciderState: AnyObject, Sendable {}

/// The half of a stage that keeps state across articles. Lives on the commit thread and sees articles in arrival order.
public protocol Decider: AnyObject {
  /// Completes the article's layer and remembers the article. Time and memory must be bounded.
  ///
  /// - Parameters:
  ///   - sequence: the article's number in its spool; `nil` in `pipe` and `process`.
  ///   - arrival: seconds since 1970.
  func decide(_ article: inout Article, sequence: UInt64?, arrival: Int64) -> Decision

  /// Takes in an article that an earlier run decided, as its record tells it: id, text, duplicates. For a state that is
  /// new or was lost.
  func restore(_ article: Article, sequence: UInt64?, arrival: Int64)
}

/// What becomes of an article besides its layer.
public struct Decision: Sendable, Equatable {
  /// What the state needs to remember the article again after a crash: bytes that only the state understands. Empty for
  /// nothing.
  public var change: [UInt8]
  /// The record goes beside the outbox, not into it.
  public var isSetAside: Bool

  public init(change: [UInt8] = [], isSetAside: Bool = false) {
    self.change = change
    self.isSetAside = isSetAside
  }
}

/// Options of a stage: a plain struct whose initial values are the defaults.
public protocol StageOptions: Sendable {
  init()
}

/// A stage without options.
public struct NoOptions: StageOptions {
  public init() {}
}

/// What the house gives a stage when the chain is built.
public struct StageContext: Sendable {
  /// A model or list by name, or by a path where the name has a slash. Throws a message that tells where it was sought.
  public var resource: @Sendable (_ name: String) throws(StageError) -> Resource
  /// The bytes of a file that an option names, by its path from the pipeline's file. Throws what is wrong with it.
  public var file: @Sendable (_ path: String) throws(StageError) -> [UInt8] = { path throws(StageError) in
    throw StageError(.failsArticle, class: "no_file", "\(path): there are no files here")
  }

  public init(resource: @escaping @Sendable (String) throws(StageError) -> Resource) { self.resource = resource }

  /// A house without models and lists.
  public init() {
    self.init { name throws(StageError) in
      throw StageError(.failsArticle, class: "no_resource", "there is no ‘\(name)’ here")
    }
  }
}

/// When an article must be done.
public struct Deadline: Sendable {
  private let instant: ContinuousClock.Instant?

  public init(after time: Duration) { instant = ContinuousClock.now + time }
  private init() { instant = nil }

  public static let none = Deadline()

  /// Call this every few thousand bytes of work: a look at the clock costs about 30 ns.
  public func check() throws(StageError) {
    if let instant, ContinuousClock.now >= instant {
      throw StageError(.failsArticle, class: "deadline", "the article took longer than its deadline")
    }
  }
}

/// Looks at the clock once in some thousand steps: for loops over tokens, mentions and the like, whose step is short.
public struct DeadlineWatch: Sendable {
  @usableFromInline let deadline: Deadline
  @usableFromInline var steps: UInt = 0

  @inlinable public init(_ deadline: Deadline) { self.deadline = deadline }

  /// - Throws: once the deadline has passed, some thousand steps later at most.
  @inlinable
  public mutating func step() throws(StageError) {
    steps &+= 1
    if steps & 0xFFF == 0 { try deadline.check() }
  }
}

/// Why a stage could not do its work on an article.
public struct StageError: Error, Sendable, Equatable {
  public enum Effect: Sendable, Equatable {
    /// The article goes to `failed/`.
    case failsArticle
    /// The layer stays `nil`, the record says why, and the chain goes on.
    case skipsLayer
  }

  public var effect: Effect
  /// A short name that stays the same across versions: `needs_clean`, `deadline`.
  public var `class`: String
  /// A sentence for a person: what, and the mend where there is one.
  public var message: String
  /// Filled in by the chain.
  public var stage: String?

  public init(_ effect: Effect, class: String, _ message: String) {
    self.effect = effect
    self.class = `class`
    self.message = message
  }
}
