import Disk
import StageKit

/// How a stage remembers articles, whatever its types are.
public struct MemoryKind: Sendable {
  /// What several pipelines share a memory under; `nil` for one of the pipeline's own.
  public let scope: @Sendable (OptionValues) -> String?
  /// What pipelines that share a memory must agree on: options and their values.
  public let sharedTerms: @Sendable (OptionValues) -> [String: String]
  /// Whether records of some articles go beside the outbox.
  public let setsAside: @Sendable (OptionValues) -> Bool
  /// Opens a memory; `nil` for an empty one that ends with the process.
  public let open: @Sendable (OptionValues, StateDirectory?) throws(DiskError) -> StageMemory

  init<S: RememberingStage>(_ type: S.Type)
  where S.Memory: JournaledState, S.Storage == StateDirectory, S.StorageError == DiskError {
    let table = S.declaration.options
    scope = { S.scope(of: table.decode($0)) }
    sharedTerms = { S.sharedTerms(of: table.decode($0)) }
    setsAside = { S.setsAside(with: table.decode($0)) }
    open = { values, directory throws(DiskError) in
      let memory = try S.openMemory(with: table.decode(values), in: directory)
      return StageMemory(state: memory) { Decider(S.makeDecider(with: table.decode($0), over: memory)) }
    }
  }
}

/// A memory that is open.
public struct StageMemory: Sendable {
  /// How the journal keeps it on the disk.
  public let state: any JournaledState
  /// The decider of a pipeline with these options.
  public let makeDecider: @Sendable (OptionValues) -> Decider
}

/// The half of a stage that decides in the order of arrival, whatever its types are. For one thread at a time.
public struct Decider: Sendable {
  /// Fills in the layer and remembers the article.
  ///
  /// - Throws: where the bytes that were handed over cannot be read.
  public let decide: @Sendable (Arrival, _ handover: [UInt8]) throws(HandoverProblem) -> Decision
  private let restoring: @Sendable (Arrival, [UInt8], RecordNode) throws -> Void

  init<D: StageDecider>(_ decider: D) {
    decide = { arrival, bytes throws(HandoverProblem) in decider.decide(arrival, try D.Handover(bytes)) }
    restoring = { try decider.restore($0, D.Handover($1), decided: $2) }
  }

  /// Takes in an article that an earlier run decided; passes over one that cannot be read.
  public func restore(_ arrival: Arrival, handover: [UInt8], decided: RecordNode) {
    try? restoring(arrival, handover, decided)
  }
}
