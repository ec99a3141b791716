import Disk

/// Completes one outlet's live file from the journal, and seals that were under way.
struct OutboxRedo {
  private let outlet: OutletKey
  private let files: OutletFiles
  private var state: OutletState
  private let records: [JournalRecord]
  private let found: LiveNote.Found
  /// Whether another program changed the file that was being sealed.
  private var wasChanged = false

  /// - Parameter found: how the last run left the live files.
  init(_ outlet: OutletKey, of lanes: [LaneState], records: [JournalRecord], found: LiveNote.Found) {
    self.outlet = outlet
    files = lanes.files(of: outlet)
    state = lanes[outlet]
    self.records = records
    self.found = found
  }

  mutating func run(
    _ fs: some FileSystem, _ note: inout LiveNote, _ report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) -> OutletState {
    var text = LiveText(base: state.liveLength)
    var sealing: [UInt8]?
    for record in records {
      switch record {
      case .batch(let batch):
        guard let start = batch.starts.first(where: { $0.outlet == outlet }) else { continue }
        let lines = batch.lines(of: outlet)
        if lines.isEmpty { continue }
        if text.isEmpty { state.liveSince = batch.time }
        text.pieces.append((start.offset, lines))
      case .sealing(outlet, let name, _):
        sealing = name
        state.sealed += 1
      case .sealed(outlet):
        text = LiveText(base: 0)
        sealing = nil
      default: break
      }
    }
    if let name = sealing {
      // The next live file is made only when a new journal segment stands, so that it is never taken for this one.
      try finishSeal(name, text, fs, &note, report)
      text = LiveText(base: 0)
    }
    try complete(text, fs, &note, report)
    return state
  }

  /// The live file and its directory were synced before the seal was begun: one of the two names is there, or a
  /// consumer took the sealed file.
  private mutating func finishSeal(
    _ name: [UInt8], _ text: LiveText, _ fs: some FileSystem, _ note: inout LiveNote,
    _ report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) {
    if try fs.status(at: files.directory / name) == nil, try fs.status(at: files.live) != nil {
      if let (change, _) = try change(of: text, fs) {
        try leave(change, as: name, fs, report)
        wasChanged = true
      } else {
        try complete(text, fs, &note, report)
        try fs.rename(files.live, to: files.directory / name, replacing: false)
      }
    }
    try fs.makeDirectories(files.directory)
    try fs.syncDirectory(files.directory)
  }

  private mutating func complete(
    _ known: LiveText, _ fs: some FileSystem, _ note: inout LiveNote,
    _ report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) {
    var text = known
    let path = files.live
    state.liveLength = 0
    if let (change, rest) = try change(of: text, fs) {
      text = LiveText(base: 0, pieces: rest.isEmpty ? [] : [(0, rest)])
      // The note stays until all of this is done: a start that is stopped on the way finds the same again.
      if try text.begins(path, fs) {
        report(.warning, change.message(path, sealed: nil, cutOff: 0))
      } else {
        let number = try fs.list(files.directory).compactMap(files.sealedNumber).max() ?? 0
        state.sealed = max(state.sealed, number) + 1
        let time = try fs.status(at: path)?.modified ?? 0
        let name = files.sealedName(time: time / 1_000_000_000, number: state.sealed)
        try leave(change, as: name, fs, report)
      }
    } else if !wasChanged {
      // Whatever is written now is no work of other programs. A note by which a change was found stays, as above.
      try note.set(nil, of: path, fs)
    }
    if text.isEmpty, try fs.status(at: path) == nil { return }
    try fs.makeDirectories(files.directory)
    let file = try fs.open(path, for: .creating)
    defer { fs.close(file) }
    let (length, remarks) = try text.complete(file, path, fs)
    for remark in remarks { report(.warning, remark) }
    try fs.sync(file)
    state.liveLength = length
    if length == 0 { state.liveSince = 0 }
  }

  private func change(
    of text: LiveText, _ fs: some FileSystem
  ) throws(DiskError) -> (change: LiveChange, rest: [UInt8])? {
    let path = files.live
    return try text.change(of: path, since: found.marks[path], isFinal: found.isFinal, fs)
  }

  /// Seals what another program left of the live file.
  private mutating func leave(
    _ change: LiveChange, as name: [UInt8], _ fs: some FileSystem, _ report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) {
    var end = (length: 0, cutOff: 0)
    if try fs.status(at: files.live) != nil {
      end = try fs.endAtLine(files.live, lastLine: found.marks[files.live]?.lastLine)
    }
    if end.length > 0 {
      try fs.rename(files.live, to: files.directory / name, replacing: false)
      try fs.syncDirectory(files.directory)
    }
    report(.warning, change.message(files.live, sealed: end.length > 0 ? name : nil, cutOff: end.cutOff))
  }
}
