import PipelineKit

/// What the daemon asks of a forking parent.
enum ParentRequest: Sendable {
  /// A new worker; the answer bears the same number.
  case fork(number: UInt64)
  case end(pid: Int32)

  var frame: [UInt8] {
    switch self {
    case .fork(let number):
      var writer = FrameWriter(kind: 1)
      writer.number(number)
      return writer.finish()
    case .end(let pid):
      var writer = FrameWriter(kind: 2)
      writer.number(Int(pid))
      return writer.finish()
    }
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    switch frame.kind {
    case 1: self = .fork(number: try reader.number())
    case 2: self = .end(pid: Int32(clamping: try reader.integer()))
    default: throw FrameProblem("an unknown request \(frame.kind) of a forking parent")
    }
    try reader.finish()
  }
}

/// What a forking parent tells the daemon.
enum ParentMessage: Sendable {
  /// The chain is loaded.
  case ready(digest: String, stages: [StageDigest])
  /// The chain cannot be loaded: the diagnostics of its file, or what else is wrong.
  case failed(String, isDiagnostics: Bool)
  /// With it come the worker's socket and, where the kernel gives one, a handle on its process.
  case forked(number: UInt64, pid: Int32, hasHandle: Bool)
  case forkFailed(number: UInt64, String)
  case ended(pid: Int32, WorkerEnd)
  /// How the chain's plugins are.
  case plugins([PluginReport])

  var frame: [UInt8] {
    var writer: FrameWriter
    switch self {
    case .ready(let digest, let stages):
      writer = FrameWriter(kind: 1)
      writer.text(digest)
      writer.number(stages.count)
      for stage in stages {
        writer.text(stage.stage)
        writer.text(stage.digest)
      }
    case .failed(let message, let isDiagnostics):
      writer = FrameWriter(kind: 2)
      writer.text(message)
      writer.flag(isDiagnostics)
    case .forked(let number, let pid, let hasHandle):
      writer = FrameWriter(kind: 3)
      writer.number(number)
      writer.number(Int(pid))
      writer.flag(hasHandle)
    case .forkFailed(let number, let message):
      writer = FrameWriter(kind: 4)
      writer.number(number)
      writer.text(message)
    case .ended(let pid, let end):
      writer = FrameWriter(kind: 5)
      writer.number(Int(pid))
      writer.optional(end.stage) { $0.text($1) }
      writer.text(end.words)
      writer.flag(end.cameFromOutside)
      writer.flag(end.lackedMemory)
      writer.optional(end.lastLine) { $0.text($1) }
      writer.number(end.finished)
    case .plugins(let reports):
      writer = FrameWriter(kind: 6)
      writer.number(reports.count)
      for report in reports { report.write(&writer) }
    }
    return writer.finish()
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    switch frame.kind {
    case 1:
      let digest = try reader.text()
      var stages: [StageDigest] = []
      for _ in 0..<max(0, try reader.integer()) {
        stages.append(StageDigest(stage: try reader.text(), digest: try reader.text()))
      }
      self = .ready(digest: digest, stages: stages)
    case 2: self = .failed(try reader.text(), isDiagnostics: try reader.flag())
    case 3:
      self = .forked(
        number: try reader.number(), pid: Int32(clamping: try reader.integer()), hasHandle: try reader.flag())
    case 4: self = .forkFailed(number: try reader.number(), try reader.text())
    case 5:
      self = .ended(
        pid: Int32(clamping: try reader.integer()),
        WorkerEnd(
          stage: try reader.optional { reader throws(FrameProblem) in try reader.text() },
          words: try reader.text(), cameFromOutside: try reader.flag(), lackedMemory: try reader.flag(),
          lastLine: try reader.optional { reader throws(FrameProblem) in try reader.text() },
          finished: try reader.number()))
    case 6:
      var reports: [PluginReport] = []
      for _ in 0..<max(0, try reader.integer()) { reports.append(try PluginReport(&reader)) }
      self = .plugins(reports)
    default: throw FrameProblem("an unknown message \(frame.kind) of a forking parent")
    }
    try reader.finish()
  }
}

/// How a worker ended.
public struct WorkerEnd: Sendable, Equatable {
  /// The stage that it was in.
  public var stage: String?
  /// “ended by signal 4 (SIGILL), a trap”.
  public var words: String
  /// Whether what it was doing is not to blame.
  public var cameFromOutside: Bool
  /// Whether it failed to get memory right before.
  public var lackedMemory: Bool
  /// The last that it said on its standard error.
  public var lastLine: String?
  /// How many articles it had finished, as it says; some of the last ones may not have been answered.
  public var finished: UInt64 = 0

  /// Of a worker whose parent went too, so that nobody knows.
  static let unknown = WorkerEnd(
    stage: nil, words: "ended together with the process that started it", cameFromOutside: true, lackedMemory: false,
    lastLine: nil)
}
