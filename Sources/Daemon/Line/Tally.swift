import Synchronization

/// What was done since the start.
public final class Tally: Sendable {
  private let recordCount = Atomic(0)
  private let failureCount = Atomic(0)

  public var records: Int { recordCount.load(ordering: .relaxed) }
  public var failures: Int { failureCount.load(ordering: .relaxed) }

  func add(records: Int, failures: Int) {
    recordCount.wrappingAdd(records, ordering: .relaxed)
    failureCount.wrappingAdd(failures, ordering: .relaxed)
  }
}
