import PipelineKit
import Spool
import StageKit

extension Pipeline {
  /// Where its lines go.
  public var outlets: [Outlet] {
    [.records] + (chain.memory?.setsAside == true ? [.duplicates] : []) + (routing.discards.isEmpty ? [] : [.discarded])
      + routing.folders.map(Outlet.route)
  }
}

/// Chooses the outlet of each line of one pipeline.
struct OutletChoice: Sendable {
  private let routing: Routing
  /// Of the routes' folders.
  private let routed: [Outlet]

  init(_ routing: Routing) {
    self.routing = routing
    routed = routing.folders.map(Outlet.route)
  }

  /// Copies are set aside before any route is asked.
  func outlet(_ destination: Destination, _ decision: Decision) -> Outlet {
    switch destination {
    case .discarded: .discarded
    case .record where decision.isSetAside: .duplicates
    case .record(let table): routing.folder(table, decision.status).map { routed[$0] } ?? .records
    }
  }

  /// Why an article is discarded; `nil` where it is not.
  func reason(_ destination: Destination) -> String? {
    guard case .discarded(let reason) = destination, routing.discards.indices.contains(reason) else { return nil }
    return routing.discards[reason].reason
  }
}
