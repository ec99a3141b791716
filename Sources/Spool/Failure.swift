/// Why an article has no line.
public struct Failure: Sendable, Equatable {
  /// `nil` where the input itself was no article.
  public var stage: String?
  /// Short, and the same across versions.
  public var `class`: String
  /// The class of a failed input of whose reason nothing is left.
  public static let reasonLost = "reason_lost"
  /// A sentence for a person.
  public var message: String
  /// Of the pipeline.
  public var digest: String
  /// The bytes of a bad line, to keep them; empty where the whole file is kept.
  public var raw: [UInt8]
  /// How often it was tried, and when first (seconds since 1970; `nil` for only now).
  public var attempts: Int
  public var first: Int64?

  public init(
    stage: String?, class: String, message: String, digest: String = "", raw: [UInt8] = [], attempts: Int = 1,
    first: Int64? = nil
  ) {
    self.stage = stage
    self.class = `class`
    self.message = message
    self.digest = digest
    self.raw = raw
    self.attempts = attempts
    self.first = first
  }
}
