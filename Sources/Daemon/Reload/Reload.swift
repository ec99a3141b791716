import Bytes
import PipelineKit
import StageKit
import Workers

/// What came of reading the pipelines again.
public struct ReloadOutcome: Sendable {
  /// Seconds since 1970.
  public var time: Int64
  /// Why what ran goes on; `nil` where the pipelines are in force, or take over with their next file.
  public var problem: String?
  /// What changed, in sentences without a full stop; empty where nothing did.
  public var changes: [String] = []

  init(at time: Int64, problem: String? = nil, changes: [String] = []) {
    self.time = time
    self.problem = problem
    self.changes = changes
  }

  var members: [JSONValue.Member] {
    [
      .init(key: "time", value: .string(UTC.extended(time))),
      .init(key: "problem", value: problem.map { .string($0) } ?? .null),
      .init(key: "changes", value: .array(changes.map { .string($0) })),
    ]
  }
}

/// Pipelines that were read and tested, about to take the place of those that run.
struct Reload: Sendable {
  var old: [HostedPipeline]
  var new: [HostedPipeline]

  private func former(_ hosted: HostedPipeline) -> HostedPipeline? {
    old.first { $0.pipeline.name == hosted.pipeline.name }
  }

  /// Those whose chain is another one than before.
  var changed: [HostedPipeline] {
    new.filter { hosted in former(hosted).map { $0.host !== hosted.host } ?? true }
  }

  /// Names of pipelines that run no more.
  var removed: [String] {
    let names = Set(new.map(\.pipeline.name))
    return old.map(\.pipeline.name).filter { !names.contains($0) }
  }

  var added: [String] { new.filter { former($0) == nil }.map(\.pipeline.name) }

  /// Whether only chains are exchanged, so that the daemon goes on.
  var isInPlace: Bool {
    removed.isEmpty
      && new.allSatisfy { hosted in former(hosted).map { hosted.pipeline.fits(inPlaceOf: $0.pipeline) } ?? false }
  }

  /// Chains that nobody needs where it is given up, and where it is done.
  var onlyNew: [ChainHost] { hosts(of: new, notIn: old) }
  var onlyOld: [ChainHost] { hosts(of: old, notIn: new) }

  private func hosts(of some: [HostedPipeline], notIn others: [HostedPipeline]) -> [ChainHost] {
    some.map(\.host).filter { host in !others.contains { $0.host === host } }
  }
}
