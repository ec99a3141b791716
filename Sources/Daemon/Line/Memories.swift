import Disk
import Logging
import PipelineKit
import Spool
import StageKit
import Synchronization

/// What the deciders of some pipelines remember by: one state for each pipeline, or one for all that share it.
struct Memories {
  private(set) var states: [SpoolSettings.State] = []
  /// The place of each pipeline's state; `nil` where it has none.
  private(set) var ofLane: [Int?] = []

  init(_ pipelines: [Pipeline], _ fs: PosixFileSystem, root: Path, log: Logger) {
    for pipeline in pipelines {
      guard let stage = pipeline.chain.last, let keeper = stage as? any StateKeeper else {
        ofLane.append(nil)
        continue
      }
      // No pipeline's name has an @.
      let folder = keeper.sharedState.map { "@\($0)" } ?? pipeline.name
      let name = Array("\(pipeline.chain.stageNames.last ?? "")/\(folder)".utf8)
      if let known = states.firstIndex(where: { $0.name == name }) {
        ofLane.append(known)
        continue
      }
      ofLane.append(states.count)
      states.append(
        SpoolSettings.State(name: name) { () throws(DiskError) in
          try keeper.openState(fs, in: root / "state" / name) { isLoss, message in
            if isLoss { log.error("\(message)") } else { log.notice("\(message)") }
          }
        })
    }
  }
}

extension Daemon {
  /// The pipelines' deciders. What their memories lack is read back from what was published.
  func takeUpMemories(_ pipelines: [Pipeline], _ spool: Spool) throws(SpoolError) -> [LaneDecider] {
    var orders = spool.states.map { _ in DecisionOrder() }
    let deciders = pipelines.enumerated().map { lane, pipeline in
      let state = spool.lanes[lane].state
      if state == nil { orders.append(DecisionOrder()) }
      return LaneDecider(
        pipeline.chain.makeDecider(over: state.map { spool.states[$0] } as? any DeciderState),
        in: orders[state ?? orders.count - 1])
    }
    for (number, state) in spool.states.enumerated() where state.wantsFilling {
      let lanes = pipelines.indices.filter { spool.lanes[$0].state == number }
      try fill(state, lanes, deciders, spool)
    }
    for lane in pipelines.indices {
      let isKept = spool.lanes[lane].state != nil
      // Without a journal what was published alone knows which numbers are taken.
      guard !isKept && deciders[lane].isThere || spool.beganWithoutJournal else { continue }
      try readBack([lane], spool) { lane, record in
        if !isKept { deciders[lane].restore(record) }
      }
    }
    return deciders
  }

  /// Reads what some lanes published into a state that is new or was lost.
  private func fill(
    _ state: any JournaledState, _ lanes: [Int], _ deciders: [LaneDecider], _ spool: Spool
  ) throws(SpoolError) {
    var count = 0
    try readBack(lanes, spool) { lane, record throws(SpoolError) in
      if count == 0 { try spool.persevere { () throws(DiskError) in try state.beginFilling() } }
      deciders[lane].restore(record)
      count += 1
      // What is complete leaves the memory.
      if count % 10_000 == 0 { try spool.persevere { () throws(DiskError) in try state.makeDurable() } }
    }
    if count == 0 { return }
    try spool.persevere { () throws(DiskError) in try state.endFilling() }
    log.notice("dedupe knew of no earlier articles: \(count) were read back from the outbox")
  }

  /// Calls `body` with all that some lanes published, also beside the outbox, in the order of arrival.
  private func readBack(
    _ lanes: [Int], _ spool: Spool, _ body: (_ lane: Int, PublishedRecord) throws(SpoolError) -> Void
  ) throws(SpoolError) {
    var sources: [(lane: Int, lines: PublishedLines, next: PublishedRecord)] = []
    for lane in lanes {
      for lines in try spool.published(lane: lane) {
        if let record = try lines.nextRecord() { sources.append((lane, lines, record)) }
      }
    }
    while let first = sources.indices.min(by: { sources[$0].next.order < sources[$1].next.order }) {
      let source = sources[first]
      try body(source.lane, source.next)
      if let sequence = source.next.sequence { spool.counters.raiseSequence(past: sequence) }
      if let record = try source.lines.nextRecord() {
        sources[first].next = record
      } else {
        sources.remove(at: first)
      }
    }
  }
}

extension PublishedLines {
  fileprivate func nextRecord() throws(SpoolError) -> PublishedRecord? {
    while let line = try next() {
      if let record = PublishedRecord(line) { return record }
    }
    return nil
  }
}

extension PublishedRecord {
  fileprivate var order: UInt64 { sequence ?? 0 }
}

/// A pipeline's decider, used by one thread after the other.
final class LaneDecider: Sendable {
  private let decider: Mutex<(any Decider)?>
  let isThere: Bool
  let order: DecisionOrder

  init(_ made: sending (any Decider)?, in order: DecisionOrder) {
    isThere = made != nil
    decider = Mutex(made)
    self.order = order
  }

  func use(_ body: ((any Decider)?) -> Void) { decider.withLock { body($0) } }

  func restore(_ record: PublishedRecord) {
    use { $0?.restore(record.article, sequence: record.sequence, arrival: record.arrival) }
  }
}

extension Chain {
  var setsAside: Bool { (last as? any StateKeeper)?.setsAside == true }
}
