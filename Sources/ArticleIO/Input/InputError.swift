import StageKit

/// Why an input is no article.
public struct InputError: Error, Sendable, Equatable {
  /// A `FailureClass`.
  public var `class`: String
  /// A sentence for a person that says how to fix it.
  public var message: String

  public init(_ class: FailureClass, _ message: String) { self.init(class: `class`.rawValue, message) }

  /// With a class that comes from another process.
  public init(class: String, _ message: String) {
    self.class = `class`
    self.message = message
  }
}
