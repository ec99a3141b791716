import Synchronization

/// Numbers that all pipelines of a spool draw from.
public final class SpoolCounters: Sendable {
  private let claim: Atomic<UInt64>
  private let sequence: Atomic<UInt64>

  init(nextClaim: UInt64, nextSequence: UInt64) {
    claim = Atomic(nextClaim)
    sequence = Atomic(nextSequence)
  }

  func takeClaim() -> UInt64 { claim.wrappingAdd(1, ordering: .relaxed).oldValue }
  /// The next article's number.
  public func takeSequence() -> UInt64 { sequence.wrappingAdd(1, ordering: .relaxed).oldValue }
  var nextClaim: UInt64 { claim.load(ordering: .relaxed) }
  var nextSequence: UInt64 { sequence.load(ordering: .relaxed) }

  /// Numbers up to `sequence` are taken: a record in the outbox bears it.
  public func raiseSequence(past number: UInt64) {
    _ = sequence.max(number + 1, ordering: .relaxed)
  }
}
