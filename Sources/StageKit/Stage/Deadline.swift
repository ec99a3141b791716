/// When an article must be done.
public struct Deadline: Sendable {
  private let instant: ContinuousClock.Instant?

  public init(after time: Duration) { self.init(at: .now + time) }
  init(at instant: ContinuousClock.Instant?) { self.instant = instant }

  public static let none = Deadline(at: nil)

  /// Call this every few thousand bytes of work: a look at the clock costs about 30 ns.
  public func check() throws(StageError) {
    if let instant, Self.isOver(instant, at: .now) {
      throw StageError(.failsArticle, class: .deadline, "the article took longer than its deadline")
    }
  }

  /// Until it; `nil` for ever.
  public var left: Duration? { instant.map { $0 - .now } }

  /// The instant itself is too late.
  static func isOver(_ instant: ContinuousClock.Instant, at now: ContinuousClock.Instant) -> Bool { now >= instant }
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

  /// Looks at the clock at once: between two parts of the work.
  ///
  /// - Throws: once the deadline has passed.
  public func look() throws(StageError) { try deadline.check() }
}
