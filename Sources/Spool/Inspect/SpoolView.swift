import Disk

/// A spool as it lies on the disk, looked at without its lock: a daemon may be running on it.
public struct SpoolView: Sendable {
  public struct KnownLane: Sendable {
    public let places: LanePlaces
    /// Settled lines of files that are not done, by claim number.
    public let settledLines: [UInt64: Int]
    /// Whether it is a pipeline of the run that goes on, else of the last one, else of the next.
    public let isPresent: Bool
  }

  public let root: Path
  /// Present lanes, then those of earlier runs.
  public let lanes: [KnownLane]
  let known: KnownPlaces
  /// Whether a former version ran here last, which kept copies that were set aside beside the outbox file.
  private let isFormer: Bool
  let fs: any FileSystem

  /// - Parameters:
  ///   - wanted: pipelines that are known from elsewhere. Without them and without a journal, the directories tell
  ///     which pipelines there were.
  ///   - isRunning: whether a daemon runs; then its places count, else those of `wanted`.
  ///   - placesOnly: `settledLines` may be old; quicker, because the journal need not be read whole.
  public init(
    root: Path, wanted: [LaneSettings] = [], isRunning: Bool = false, placesOnly: Bool = false,
    _ fs: some FileSystem
  ) throws(DiskError) {
    self.root = root
    self.fs = fs
    let view = try JournalView(fs, state: root / "state", headOnly: placesOnly)
    let journal = view.lanes(root: root)
    isFormer = view.newest?.isFormer == true
    var known = try KnownPlaces.read(fs, state: root / "state", root: root) ?? KnownPlaces(journal)
    var (present, deep) = (known.present, known.deepPipelines)
    for lane in wanted {
      let name = Array(lane.pipeline.utf8)
      let place = present.firstIndex { $0.pipeline == name }
      if place != nil, isRunning { continue }
      if lane.readsFolders { deep.insert(name) } else { deep.remove(name) }
      if let place, present[place].has(lane, root: root) { continue }
      if let place { present.remove(at: place) }
      present.append(try Self.places(of: lane, root: root, fs))
    }
    if present.isEmpty, journal.isEmpty {
      for name in try Self.pipelineNames(root: root, fs) {
        let lane = LaneSettings(pipeline: String(decoding: name, as: UTF8.self))
        present.append(try Self.places(of: lane, root: root, fs))
      }
    }
    if present != known.present || deep != known.deepPipelines {
      try known.begin(present, deep: deep, root: root, fs)
    }
    self.known = known
    var lanes: [LanePlaces] = present
    for places in journal.map(\.places) + known.former where !lanes.contains(places) { lanes.append(places) }
    self.lanes = lanes.enumerated().map { place, places in
      let progress = journal.first { $0.places.claimed == places.claimed }?.progress ?? [:]
      return KnownLane(
        places: places, settledLines: progress.filter { $0.value < LaneState.everyLine },
        isPresent: place < present.count)
    }
  }

  private init(_ view: SpoolView, _ change: (Path) -> Path) {
    (root, known, isFormer, fs) = (change(view.root), view.known, view.isFormer, view.fs)
    lanes = view.lanes.map { lane in
      KnownLane(places: lane.places.map(change), settledLines: lane.settledLines, isPresent: lane.isPresent)
    }
  }

  /// The pipelines that take articles.
  public var pipelines: [KnownLane] { lanes.filter(\.isPresent) }

  /// All that some lanes write to or wrote to, each once.
  public func outlets(of lanes: [LanePlaces]) throws(DiskError) -> [OutletFiles] {
    var found: [OutletFiles] = []
    for places in lanes {
      for files in try places.outlets(fs) + (isFormer ? [FormerDuplicates.files(of: places)] : [])
      where !found.contains(files) {
        found.append(files)
      }
    }
    return found
  }

  /// Why this version may not read or change a spool; `nil` where it may.
  public static func refusal(of root: Path, _ fs: some FileSystem) throws(DiskError) -> String? {
    try JournalFile.refusal(fs, root / "state")
  }

  /// What waits in places that nothing reads any more.
  public var abandoned: [Abandoned] {
    AbandonedSearch(known, others: lanes.filter { !$0.isPresent }.map(\.places), fs).run()
  }

  /// The same, once the spool has no other pipelines than these.
  public func abandoned(withOnly names: Set<String>) -> [Abandoned] {
    var known = known
    let left = known.present.filter { names.contains(String(decoding: $0.pipeline, as: UTF8.self)) }
    guard (try? known.begin(left, deep: known.deepPipelines, root: root, fs)) != nil else { return [] }
    return AbandonedSearch(known, others: lanes.map(\.places), fs).run()
  }

  /// The pipeline that now stands for a name, which may be that of one that is gone.
  public func successor(named pipeline: String) -> KnownLane? {
    let name = Array(pipeline.utf8)
    let succession = Succession(known, fs)
    let former = lanes.first { $0.places.pipeline == name }?.places
    return (succession.successor(named: name) ?? former.flatMap(succession.successor)).flatMap(lane)
  }

  /// The pipeline that stands for places of earlier runs now.
  public func successor(of places: LanePlaces) -> KnownLane? {
    Succession(known, fs).successor(of: places).flatMap(lane)
  }

  /// The pipeline that reads an inbox.
  public func reader(of inbox: Path) -> KnownLane? {
    Succession(known, fs).reader(of: inbox).flatMap(lane)
  }

  /// Whether folders below an inbox are read, or were when it was last in use.
  public func readsFolders(below inbox: Path) -> Bool { known.deep.contains(inbox) }

  private func lane(_ places: LanePlaces) -> KnownLane? { lanes.first { $0.isPresent && $0.places == places } }

  /// The same spool with every path changed.
  public func mapPaths(_ change: (Path) -> Path) -> SpoolView { SpoolView(self, change) }

  /// Where a pipeline's files lie, told from what is there.
  private static func places(
    of lane: LaneSettings, root: Path, _ fs: some FileSystem
  ) throws(DiskError) -> LanePlaces {
    let name = Array(lane.pipeline.utf8)
    let inbox = root / lane.inbox
    let ownBase = inbox / ".linecaster"
    let (own, roots) = (try fs.status(at: inbox / ".")?.device, try fs.status(at: root / ".")?.device)
    let isElsewhere = own != nil && roots != nil && own != roots
    let hasOwnBase = try fs.status(at: ownBase) != nil
    let base = isElsewhere || hasOwnBase ? ownBase : root
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

extension LanePlaces {
  /// Whether these are the places that a pipeline asks for.
  fileprivate func has(_ lane: LaneSettings, root: Path) -> Bool {
    inbox == root / lane.inbox && outbox == root / lane.outbox
  }
}

extension KnownPlaces {
  /// What a journal tells alone: where a pipeline has several lanes, the first is the one of the last run.
  init(_ journal: [LaneState]) {
    for lane in journal where lane.places.hasInbox {
      if present.contains(where: { $0.pipeline == lane.places.pipeline }) {
        former.append(lane.places)
      } else {
        present.append(lane.places)
      }
    }
  }
}

/// Another name for a file whose own is taken: `a.txt` and 2 to `a-2.txt`.
public func otherName(_ name: [UInt8], _ number: Int) -> [UInt8] { marked(name, "-\(number)") }
