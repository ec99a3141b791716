/// Why a stage could not do its work on an article.
public struct StageError: Error, Sendable, Equatable {
  public enum Effect: Sendable, Equatable {
    /// The article goes to `failed/`.
    case failsArticle
    /// The layer stays `nil`, the record says why, and the chain goes on.
    case skipsLayer
    /// The layer stands, and the record says what it lacks: what a stage adds to `Article.errors` itself.
    case limitsLayer
  }

  public var effect: Effect
  /// A `FailureClass`, or one of a stage that is not built in: a short name that stays the same across versions.
  public var `class`: String
  /// A sentence for a person: what is wrong, and how to fix it where that is known.
  public var message: String
  /// Filled in by the chain.
  public var stage: String?

  public init(_ effect: Effect, class: FailureClass, _ message: String) {
    self.init(effect, ownClass: `class`.rawValue, message)
  }

  /// With a class that only one stage has.
  public init(_ effect: Effect, ownClass: String, _ message: String) {
    self.effect = effect
    self.class = ownClass
    self.message = message
  }
}
