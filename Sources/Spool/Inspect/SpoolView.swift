import Disk

/// A spool as it lies on the disk, looked at without its lock: a daemon may be running on it.
public struct SpoolView: Sendable {
  public struct Lane: Sendable {
    public let places: LanePlaces
    /// Settled lines of files that are not done, by claim number.
    public let settledLines: [UInt64: Int]
  }

  public let root: Path
  /// Lanes that the journal remembers, then those that were asked for and never ran.
  public let lanes: [Lane]
  let fs: any FileSystem

  /// - Parameters:
  ///   - wanted: pipelines that are known from elsewhere. Without them and without a journal, the directories tell
  ///     which pipelines there were.
  ///   - placesOnly: `settledLines` may be old; quicker, because the journal need not be read whole.
  public init(
    root: Path, wanted: [SpoolSettings.Lane] = [], placesOnly: Bool = false, _ fs: some FileSystem
  ) throws(DiskError) {
    self.root = root
    self.fs = fs
    let journal = try JournalView(fs, state: root / "state", headOnly: placesOnly)
    var lanes = journal.lanes(root: root).map { Lane(places: $0.places, settledLines: $0.progress) }
    for lane in wanted where !lanes.contains(where: { $0.places.pipeline == Array(lane.pipeline.utf8) }) {
      lanes.append(Lane(places: try Self.places(of: lane, root: root, fs), settledLines: [:]))
    }
    if lanes.isEmpty {
      for name in try Self.pipelineNames(root: root, fs) {
        let lane = SpoolSettings.Lane(pipeline: String(decoding: name, as: UTF8.self))
        lanes.append(Lane(places: try Self.places(of: lane, root: root, fs), settledLines: [:]))
      }
    }
    self.lanes = lanes
  }

  init(root: Path, lanes: [Lane], _ fs: any FileSystem) {
    (self.root, self.lanes, self.fs) = (root, lanes, fs)
  }

  /// The same spool with every path changed.
  public func mapPaths(_ change: (Path) -> Path) -> SpoolView {
    let lanes = lanes.map { lane in
      let places = lane.places
      return Lane(
        places: LanePlaces(
          pipeline: places.pipeline, inbox: change(places.inbox), outbox: change(places.outbox),
          claimed: change(places.claimed), done: change(places.done), failed: change(places.failed)),
        settledLines: lane.settledLines)
    }
    return SpoolView(root: change(root), lanes: lanes, fs)
  }

  /// Where a pipeline's files lie, told from what is there.
  private static func places(
    of lane: SpoolSettings.Lane, root: Path, _ fs: some FileSystem
  ) throws(DiskError) -> LanePlaces {
    let name = Array(lane.pipeline.utf8)
    let inbox = root / lane.inbox
    let ownBase = inbox / ".linecaster"
    let base = try fs.status(at: ownBase) != nil ? ownBase : root
    return LanePlaces(
      pipeline: name, inbox: inbox, outbox: root / lane.outbox, claimed: base / "claimed" / name,
      done: base / "done" / name, failed: base / "failed")
  }

  private static func pipelineNames(root: Path, _ fs: some FileSystem) throws(DiskError) -> [[UInt8]] {
    var names: Set<[UInt8]> = []
    for parent in [root / "claimed", root / "done"] {
      guard try fs.status(at: parent)?.kind == .directory else { continue }
      for name in try fs.list(parent) where try fs.status(at: parent / name)?.kind == .directory {
        if String(validating: name, as: UTF8.self) != nil { names.insert(name) }
      }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

/// Another name for a file whose own is taken: `a.txt` and 2 to `a-2.txt`.
public func otherName(_ name: [UInt8], _ number: Int) -> [UInt8] { marked(name, "-\(number)") }
