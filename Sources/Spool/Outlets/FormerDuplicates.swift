import Disk

/// Copies as journals of format 2 kept them: beside the outbox file, in `outbox/NAME.duplicates.jsonl`, as the lines of a
/// lane of their own.
enum FormerDuplicates {
  private static let ending = Array(".duplicates".utf8)

  static func files(of places: LanePlaces) -> OutletFiles {
    OutletFiles(pipeline: places.pipeline + ending, directory: places.outbox)
  }

  /// `news.duplicates-20261121T191400Z-000017.jsonl` to what it is called in its folder.
  static func name(_ name: [UInt8], of pipeline: [UInt8]) -> [UInt8] {
    name.starts(with: pipeline + ending) ? pipeline + name[(pipeline.count + ending.count)...] : name
  }

  /// The pipeline whose copies a lane took; `nil` for a lane that had an inbox.
  static func owner(of places: LanePlaces) -> [UInt8]? {
    !places.hasInbox && places.pipeline.hasSuffix(ending) ? places.pipeline.dropLast(ending.count) : nil
  }
}

/// How the lanes and outlets of a journal of format 2 are numbered now.
struct FormerLanes {
  /// By former number.
  private var keys: [OutletKey] = []
  /// The pipelines of outlets of copies.
  private var owners: [OutletKey: [UInt8]] = [:]

  /// - Parameter former: as such a journal has them; becomes lanes with their outlets.
  init(_ former: inout [LaneState]) {
    var lanes: [LaneState] = []
    keys = former.map { lane in
      if FormerDuplicates.owner(of: lane.places) != nil { return OutletKey(lane: -1) }
      lanes.append(lane)
      return OutletKey(lane: lanes.count - 1)
    }
    for (number, lane) in former.enumerated() {
      guard let name = FormerDuplicates.owner(of: lane.places) else { continue }
      let owner = Self.owner(named: name, of: lane.places, in: &lanes)
      keys[number] = OutletKey(lane: owner, folder: Outlet.duplicates.folder)
      owners[keys[number]] = name
      if lanes[owner].outlets.contains(where: { $0.folder == Outlet.duplicates.folder }) { continue }
      var outlet = OutletState(folder: Outlet.duplicates.folder)
      let state = lane.outlets[0]
      (outlet.liveLength, outlet.liveSince, outlet.sealed) = (state.liveLength, state.liveSince, state.sealed)
      lanes[owner].outlets.append(outlet)
    }
    former = lanes
  }

  private static func owner(named name: [UInt8], of places: LanePlaces, in lanes: inout [LaneState]) -> Int {
    func find(_ isOwner: (LanePlaces) -> Bool) -> Int? {
      lanes.firstIndex { $0.places.pipeline == name && $0.places.outbox == places.outbox && isOwner($0.places) }
    }
    let beside = places.claimed.directory
    if let owner = find({ $0.claimed.directory == beside }) ?? find({ _ in true }) { return owner }
    lanes.append(
      LaneState(
        places: LanePlaces(
          pipeline: name, inbox: beside / name, outbox: places.outbox, claimed: beside / name,
          done: places.done.directory / name, failed: places.failed)))
    return lanes.count - 1
  }

  /// What a sealed file of an outlet is called now.
  func sealedName(_ name: [UInt8], of outlet: OutletKey) -> [UInt8] {
    owners[outlet].map { FormerDuplicates.name(name, of: $0) } ?? name
  }

  func key(_ number: Int) throws(UndecodableRecord) -> OutletKey {
    guard keys.indices.contains(number) else { throw UndecodableRecord() }
    return keys[number]
  }
}

/// Moves them to `outbox/duplicates/NAME.jsonl`.
///
/// Each file goes by one rename, and before the journal is looked at: what the last run left to be completed or sealed is
/// then completed and sealed in the new place, by every start that comes before the next segment stands.
struct DuplicatesMove {
  private let fs: any FileSystem
  private let folders: Folders
  private let report: (SpoolSettings.Severity, String) -> Void

  init(_ fs: any FileSystem, _ folders: Folders, _ report: @escaping (SpoolSettings.Severity, String) -> Void) {
    self.fs = fs
    self.folders = folders
    self.report = report
  }

  func run(_ places: LanePlaces) throws(DiskError) {
    let (old, new) = (FormerDuplicates.files(of: places), places.files(of: Outlet.duplicates.folder))
    guard try fs.status(at: old.directory / ".")?.kind == .directory else { return }
    let names = try fs.list(old.directory).filter { $0 == old.live.name || old.sealedNumber($0) != nil }
    if !names.isEmpty {
      try folders.make(new.directory)
      try fs.syncDirectory(old.directory)
      for name in names { try move(old.directory / name, to: new, places.pipeline) }
      try fs.syncDirectory(new.directory)
      try fs.syncDirectory(old.directory)
    }
    // Directories that such a lane had and never used.
    for directory in [places.claimed.directory, places.done.directory] {
      let own = directory / old.pipeline
      if (try? fs.list(own))?.isEmpty == true { _ = try? fs.remove(own) }
    }
  }

  private func move(_ source: Path, to files: OutletFiles, _ pipeline: [UInt8]) throws(DiskError) {
    guard try fs.status(at: source)?.kind == .regular else { return }
    let target = files.directory / FormerDuplicates.name(source.name, of: pipeline)
    do {
      try fs.rename(source, to: target, replacing: false)
      report(.info, "\(source) is now \(target)")
    } catch {
      guard error.kind == .taken else { throw error }
      report(.warning, "\(source) stays where it is: there is a \(target) already; copies are written to that one")
    }
  }
}
