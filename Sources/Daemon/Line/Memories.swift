import Bytes
import Disk
import Logging
import PipelineKit
import Spool
import StageKit
import Synchronization
import Workers

/// What the deciders of some pipelines remember by: one memory for each pipeline, or one for all that share a scope.
final class Memories: Sendable {
  /// How each is opened, under its name.
  let states: [SpoolSettings.State]
  /// The place of each pipeline's memory in `states`; `nil` where it has none.
  let ofLane: [Int?]
  private let pipelines: [Pipeline]
  /// By name: those that were opened, which is when the spool opens.
  private let opened: Opened

  init(_ pipelines: [Pipeline], _ fs: PosixFileSystem, root: Path, log: Logger) {
    self.pipelines = pipelines
    var names: [[UInt8]] = []
    var kept: [ChainMemory] = []
    ofLane = pipelines.map { pipeline in
      guard let memory = pipeline.chain.memory else { return nil }
      // No pipeline's name has an @.
      let folder = memory.scope.map { "@\($0)" } ?? pipeline.name
      let name = Array("\(memory.stage)/\(folder)".utf8)
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      kept.append(memory)
      return names.count - 1
    }
    let opened = Opened()
    self.opened = opened
    states = zip(names, kept).map { name, memory in
      SpoolSettings.State(name: name) { () throws(DiskError) in
        let directory = StateDirectory(fs, root / "state" / name) { isLoss, message in
          if isLoss { log.error("\(message)") } else { log.notice("\(message)") }
        }
        let open = try memory.open(in: directory)
        opened.memories.withLock { $0[name] = open }
        return open.state
      }
    }
  }

  /// The decider of a pipeline, over its memory where the spool keeps one.
  func makeDecider(lane: Int) -> Decider? {
    guard let memory = pipelines[lane].chain.memory, let state = ofLane[lane] else { return nil }
    return opened.memories.withLock { $0[states[state].name] }.map(memory.makeDecider(over:))
  }

  private final class Opened: Sendable {
    let memories = Mutex<[[UInt8]: StageMemory]>([:])
  }
}

extension Daemon {
  /// The pipelines' deciders. What their memories lack is read back from what was published.
  func openDeciders(
    _ pipelines: [Pipeline], _ memories: Memories, _ hosts: [ChainHost], _ spool: Spool
  ) throws(SpoolError) -> [LaneDecider] {
    let orders = spool.states.map { _ in DecisionOrder() }
    let deciders = pipelines.enumerated().map { lane, pipeline in
      LaneDecider(
        memories.makeDecider(lane: lane), in: memories.ofLane[lane].map { orders[$0] } ?? DecisionOrder())
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
    try readBack(lanes, hosts, spool) { lane, record throws(SpoolError) in
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
  private func readBack(
    _ lanes: [Int], _ hosts: [ChainHost], _ spool: Spool,
    _ body: (_ lane: Int, RememberedArticle) throws(SpoolError) -> Void
  ) throws(SpoolError) {
    var sources: [(lane: Int, lines: PublishedLines, next: RememberedArticle)] = []
    for lane in lanes {
      for lines in try spool.published(lane: lane) {
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
      if let record = host.remember(line) { return record }
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
    let arrival = Arrival(
      id: record.id, sequence: record.sequence, time: record.received.flatMap(UTC.seconds) ?? 0,
      published: record.published, supersedes: record.revisionOf)
    decider.restore(arrival, handover: handover, decided: RecordNode(decided, path: Layer.duplicates.key))
  }
}
