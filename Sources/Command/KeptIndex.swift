import ArgumentParser
import Disk
import PipelineKit
import StageKit
import Terminal

/// What `pipe` and `process` remember from one run to the next, where they are asked to.
struct KeptIndex {
  /// Over what is kept.
  let decider: Decider
  private let state: any JournaledState
  private let fs: PosixFileSystem
  private let lock: OpenFile
  /// - Throws: exit code 75 where another process has it, 78 where the pipeline has no use for it.
  init(_ directory: String, for chain: Chain) throws {
    let fs = PosixFileSystem()
    guard let memory = chain.memory else {
      complain("--index is of no use: the last stage of the pipeline remembers nothing")
      throw ExitCode.badConfiguration
    }
    let path = Path(directory).absolute
    let (opened, lock) = try orExit {
      try fs.makeDirectories(path)
      guard let lock = try fs.lock(path / "lock", content: []) else {
        throw Complaint("the index \(directory) is in use by another process; wait for its end", code: .temporary)
      }
      return (try memory.open(in: StateDirectory(fs, path) { complain($1) }), lock)
    }
    decider = memory.makeDecider(over: opened)
    state = opened.state
    self.lock = lock
    self.fs = fs
    try delivered([])
  }

  /// Puts what was decided on the disk, before the records go out: what somebody has seen is known.
  func keep(_ changes: [[UInt8]]) throws {
    if changes.isEmpty { return }
    for change in changes { state.committed(change) }
    try orExit { try state.makeDurable() }
  }

  /// After the records went out.
  ///
  /// - Parameter change: the last one of those that were kept.
  func delivered(_ change: [UInt8]) throws { try orExit { try state.delivered(through: change) } }

  func close() { fs.close(lock) }
}
