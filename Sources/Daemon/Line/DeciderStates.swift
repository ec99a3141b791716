import Disk
import Logging
import PipelineKit
import Spool
import StageKit
import Synchronization

/// What the deciders of some pipelines remember by: one memory for each pipeline, or one for all that share a scope.
final class DeciderStates: Sendable {
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
        opened.deciderStates.withLock { $0[name] = open }
        return open.state
      }
    }
  }

  /// The decider of a pipeline, over its memory where the spool keeps one.
  func makeDecider(lane: Int) -> Decider? {
    guard let memory = pipelines[lane].chain.memory, let state = ofLane[lane] else { return nil }
    return opened.deciderStates.withLock { $0[states[state].name] }.map(memory.makeDecider(over:))
  }

  private final class Opened: Sendable {
    let deciderStates = Mutex<[[UInt8]: StageMemory]>([:])
  }
}
