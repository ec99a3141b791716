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
