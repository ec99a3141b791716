import Bytes
import Disk
import Logging
import PipelineKit
import Spool
import StageKit
import Workers

extension Daemon {
  /// The pipelines' deciders. What their states lack is read back from what was published.
  func openDeciders(
    _ pipelines: [Pipeline], _ deciderStates: DeciderStates, _ hosts: [ChainHost], _ spool: Spool
  ) throws(SpoolError) -> [LaneDecider] {
    let orders = spool.states.map { _ in DecisionOrder() }
    let deciders = pipelines.enumerated().map { lane, pipeline in
      LaneDecider(
        deciderStates.makeDecider(lane: lane), in: deciderStates.ofLane[lane].map { orders[$0] } ?? DecisionOrder())
    }
    for (number, state) in spool.states.enumerated() where state.wantsFilling {
      let lanes = pipelines.indices.filter { spool.lanes[$0].state == number }
      try fill(state, lanes, hosts, deciders, spool)
    }
    // Without a journal what was published alone knows which numbers are taken.
    if spool.beganWithoutJournal { try readBack(Array(pipelines.indices), hosts, spool) { _, _ in } }
    return deciders
  }

  /// Reads what some lanes published into a state that is new or was lost.
  private func fill(
    _ state: any JournaledState, _ lanes: [Int], _ hosts: [ChainHost], _ deciders: [LaneDecider], _ spool: Spool
  ) throws(SpoolError) {
    var count = 0
    try readBack(lanes, besides: [.discarded], hosts, spool) { lane, record throws(SpoolError) in
      // Of a record without its text nothing can be known again.
      if record.handover == nil { return }
      if count == 0 { try spool.retryingTransientErrors { () throws(DiskError) in try state.beginFilling() } }
      deciders[lane].restore(record)
      count += 1
      // What is complete leaves the memory.
      if count % 10_000 == 0 { try spool.retryingTransientErrors { () throws(DiskError) in try state.makeDurable() } }
    }
    if count == 0 { return }
    try spool.retryingTransientErrors { () throws(DiskError) in try state.endFilling() }
    log.notice("dedupe knew of no earlier articles: \(count) were read back from the outbox")
  }

  /// Calls `body` with all that some lanes published, also beside the outbox, in the order of arrival.
  ///
  /// - Parameter besides: outlets that are left out.
  private func readBack(
    _ lanes: [Int], besides: [Outlet] = [], _ hosts: [ChainHost], _ spool: Spool,
    _ body: (_ lane: Int, RememberedArticle) throws(SpoolError) -> Void
  ) throws(SpoolError) {
    var sources: [(lane: Int, lines: PublishedLines, next: RememberedArticle)] = []
    for lane in lanes {
      for lines in try spool.published(lane: lane, besides: besides) {
        if let record = try lines.nextRecord(hosts[lane]) { sources.append((lane, lines, record)) }
      }
    }
    while let first = sources.indices.min(by: { sources[$0].next.order < sources[$1].next.order }) {
      let source = sources[first]
      try body(source.lane, source.next)
      if let sequence = source.next.sequence { spool.counters.raiseSequence(past: sequence) }
      if let record = try source.lines.nextRecord(hosts[source.lane]) {
        sources[first].next = record
      } else {
        sources.remove(at: first)
      }
    }
  }
}

extension PublishedLines {
  /// The next line that is a record, as far as a decider needs it.
  fileprivate func nextRecord(_ host: ChainHost) throws(SpoolError) -> RememberedArticle? {
    while let line = try next() {
      if var record = host.remember(line) {
        record.isSetAside = isSetAside
        return record
      }
    }
    return nil
  }
}

extension RememberedArticle {
  fileprivate var order: UInt64 { sequence ?? 0 }
}

/// A pipeline's decider, used by one thread after the other.
struct LaneDecider: Sendable {
  let decider: Decider?
  let order: DecisionOrder

  init(_ decider: Decider?, in order: DecisionOrder) {
    self.decider = decider
    self.order = order
  }

  func restore(_ record: RememberedArticle) {
    guard let decider, let handover = record.handover, let decided = try? JSONValue(parsing: record.decided) else {
      return
    }
    var arrival = Arrival(
      id: record.id, sequence: record.sequence, time: record.received.flatMap(UTC.seconds) ?? 0,
      published: record.published, supersedes: record.revisionOf)
    arrival.isSetAside = record.isSetAside
    decider.restore(arrival, handover: handover, decided: RecordNode(decided, path: Layer.duplicates.key))
  }
}
