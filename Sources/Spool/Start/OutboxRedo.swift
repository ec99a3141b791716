import Disk

/// Completes one lane's live file from the journal, and seals that were under way.
struct OutboxRedo {
  private let lane: Int
  private var state: LaneState
  private let records: [JournalRecord]

  init(lane: Int, state: LaneState, records: [JournalRecord]) {
    self.lane = lane
    self.state = state
    self.records = records
  }

  mutating func run(
    _ fs: some FileSystem, _ report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) -> LaneState {
    var text = LiveText(base: state.liveLength)
    var sealing: [UInt8]?
    for record in records {
      switch record {
      case .batch(let batch):
        guard let start = batch.starts.first(where: { $0.lane == lane }) else { continue }
        var lines: [UInt8] = []
        for entry in batch.entries where entry.outlet == lane {
          if case .record(_, let line) = entry.outcome { lines += line }
        }
        if lines.isEmpty { continue }
        if text.isEmpty { state.liveSince = batch.time }
        text.pieces.append((start.offset, lines))
      case .sealing(lane, let name, _):
        sealing = name
        state.sealed += 1
      case .sealed(lane):
        text = LiveText(base: 0)
        sealing = nil
      default: break
      }
    }
    if let name = sealing {
      // The next live file is made only when a new journal segment stands, so that it is never taken for this one.
      try finishSeal(name, text, fs, report)
      text = LiveText(base: 0)
    }
    try complete(text, fs, report)
    return state
  }

  /// The live file and its directory were synced before the seal was begun: one of the two names is there, or a
  /// consumer took the sealed file.
  private mutating func finishSeal(
    _ name: [UInt8], _ text: LiveText, _ fs: some FileSystem, _ report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) {
    let places = state.places
    if try fs.status(at: places.outbox / name) == nil, try fs.status(at: places.live) != nil {
      try complete(text, fs, report)
      try fs.rename(places.live, to: places.outbox / name, replacing: false)
    }
    try fs.syncDirectory(places.outbox)
  }

  private mutating func complete(
    _ text: LiveText, _ fs: some FileSystem, _ report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) {
    state.liveLength = 0
    if text.isEmpty, try fs.status(at: state.places.live) == nil { return }
    try fs.makeDirectories(state.places.outbox)
    let live = try LiveFile(fs, state.places.live)
    defer { fs.close(live.file) }
    let (length, remarks) = try text.complete(live, fs)
    for remark in remarks { report(.warning, remark) }
    try fs.sync(live.file)
    state.liveLength = length
    if length == 0 { state.liveSince = 0 }
  }
}

extension LiveText {
  var isEmpty: Bool { base == 0 && pieces.isEmpty }
}
