import Disk
import Glibc

func processID() -> Int32 { getpid() }

/// Decides where each pipeline's files lie.
struct Layout {
  private let settings: SpoolSettings
  private let fs: any FileSystem
  private let folders: Folders

  init(_ settings: SpoolSettings, _ fs: any FileSystem, _ folders: Folders) {
    self.settings = settings
    self.fs = fs
    self.folders = folders
  }

  /// - Parameter former: where files of earlier runs lie or lay.
  /// - Throws: what cannot stand side by side.
  func check(former: [LanePlaces]) throws {
    let conflicts = try PlaceTable(root: settings.root, lanes: settings.lanes, former: former, fs).conflicts()
    if conflicts.isEmpty { return }
    throw SpoolError.layout(
      conflicts.map { "‘\(settings.lanes[$0.lane].pipeline)’: \($0.message)" }.joined(separator: "; "))
  }

  func places() throws -> [LanePlaces] {
    var places: [LanePlaces] = []
    for lane in settings.lanes { places.append(try self.places(of: lane)) }
    return places
  }

  private func places(of lane: LaneSettings) throws -> LanePlaces {
    let name = Array(lane.pipeline.utf8)
    guard !name.isEmpty, !name.contains(UInt8(ascii: "/")), name.first != UInt8(ascii: "."), name.count <= 100 else {
      throw SpoolError.layout("‘\(lane.pipeline)’ cannot be a pipeline's name: it becomes the name of a file")
    }
    let inbox = settings.root / lane.inbox
    try folders.make(inbox)
    try folders.make(settings.root / "claimed")
    let base =
      try canRename(from: inbox, to: settings.root / "claimed") ? settings.root : inbox / ".linecaster"
    var places = LanePlaces(
      pipeline: name, inbox: inbox, outbox: settings.root / lane.outbox, claimed: base / "claimed" / name,
      done: base / "done" / name, failed: base / "failed")
    places.removesDone = lane.removesDone
    return places
  }

  /// Whether a file can go from the inbox to `claimed/` by a rename, which is so only within one mount.
  private func canRename(from inbox: Path, to claimed: Path) throws(DiskError) -> Bool {
    // Always the same: what a kill leaves of it goes with the next.
    let name = ".linecaster-probe"
    let file = try fs.open(inbox / name, for: .creating)
    fs.close(file)
    do {
      try fs.rename(inbox / name, to: claimed / name, replacing: true)
    } catch {
      try fs.remove(inbox / name)
      if error.kind == .otherFileSystem { return false }
      throw error
    }
    try fs.remove(claimed / name)
    return true
  }
}
