import Bytes
import Disk

extension SpoolView {
  /// All inputs of this name that stand in inboxes, in `claimed/` or in `done/`, in this order.
  ///
  /// - Parameters:
  ///   - name: a path from the inbox; a name alone means files of any folder.
  ///   - deep: pipelines whose folders below the inbox are read.
  public func inputs(named name: [UInt8], deep: Set<[UInt8]> = []) throws(DiskError) -> [FoundInput] {
    var found: [FoundInput] = []
    // Of lanes that share a directory, the first counts: present ones come before those of earlier runs.
    var seen: Set<Path> = []
    for lane in lanes where seen.insert(lane.places.inbox).inserted {
      found += try waiting(
        name, lane, isDeep: deep.contains(lane.places.pipeline) || known.deep.contains(lane.places.inbox))
    }
    seen = []
    for lane in lanes where seen.insert(lane.places.claimed).inserted { found += try claimed(name, lane) }
    seen = []
    for lane in lanes where seen.insert(lane.places.done).inserted { found += try done(name, lane) }
    // A former inbox may be a folder of a present one.
    seen = []
    return found.filter { seen.insert($0.path).inserted }
  }

  /// The path an input had from its inbox, told from where it lies in the spool; `nil` for other places.
  public func originalName(of path: Path) -> [UInt8]? {
    for lane in lanes {
      let places = lane.places
      if let claim = path.below(places.claimed) {
        if !claim.contains(UInt8(ascii: "/")) { return ClaimName.parse(claim)?.name }
        // Behind the directory that bears the number.
        return claim.firstIndex(of: UInt8(ascii: "/")).map { Array(claim[($0 + 1)...]) }
      }
      if let done = path.below(places.done) {
        return done.firstIndex(of: UInt8(ascii: "/")).map { Array(done[($0 + 1)...]) }
      }
    }
    // One inbox may lie in another.
    return lanes.compactMap { path.below($0.places.inbox) }.min { $0.count < $1.count }
  }

  private func waiting(_ name: [UInt8], _ lane: KnownLane, isDeep: Bool) throws(DiskError) -> [FoundInput] {
    let inbox = lane.places.inbox
    let inner = lanes.filter(\.isPresent).map(\.places.inbox).filter { $0.below(inbox) != nil }
    if inner.contains(where: { (inbox / name).below($0) != nil }) { return [] }
    func input(_ name: [UInt8]) -> FoundInput {
      FoundInput(lane: lane, place: .inbox, path: inbox / name, name: name)
    }
    var found: [FoundInput] = []
    do { if try fs.status(at: inbox / name) != nil { found.append(input(name)) } } catch
      where error.kind == .impassable
    {}
    if isDeep, !name.contains(UInt8(ascii: "/")), try fs.status(at: inbox) != nil {
      try InboxWalk(inbox, foreign: inner, fs).visit(entry: { path, _ in
        if path != name, Path(path).name == name { found.append(input(path)) }
      })
    }
    return found
  }

  private func claimed(_ name: [UInt8], _ lane: KnownLane) throws(DiskError) -> [FoundInput] {
    var found: [FoundInput] = []
    for claim in try ClaimName.list(fs, lane.places.claimed) where isMeant(claim.name, by: name) {
      let path = ClaimName.path(in: lane.places.claimed, number: claim.number, name: claim.name)
      guard try fs.status(at: path) != nil else { continue }
      found.append(
        FoundInput(lane: lane, place: .claimed(claim.number), path: path, name: claim.name, number: claim.number))
    }
    return found
  }

  /// All inputs of a pipeline in `done/`, each with the names that it may have had, the likelier first.
  ///
  /// - Parameter since: seconds since 1970; days before that are passed over.
  public func done(of lane: KnownLane, since: Int64 = .min) throws(DiskError) -> [(path: Path, names: [[UInt8]])] {
    var found: [(path: Path, names: [[UInt8]])] = []
    let done = lane.places.done
    guard try fs.status(at: done)?.kind == .directory else { return [] }
    let first = since > 0 ? Array(UTC.day(since).utf8) : []
    for day in try fs.list(done) where !day.lexicographicallyPrecedes(first) {
      try visitDone(done / day, []) { entry in
        found.append((done / day / entry, [unmarked(entry), entry].compactMap(\.self)))
      }
    }
    return found
  }

  private func done(_ name: [UInt8], _ lane: KnownLane) throws(DiskError) -> [FoundInput] {
    var found: [FoundInput] = []
    let done = lane.places.done
    guard try fs.status(at: done)?.kind == .directory else { return [] }
    for day in try fs.list(done) {
      try visitDone(done / day, []) { entry in
        for candidate in [entry, unmarked(entry)].compactMap(\.self) where isMeant(candidate, by: name) {
          found.append(
            FoundInput(
              lane: lane, place: .done, path: done / day / entry, name: candidate,
              number: candidate == entry ? nil : markedNumber(entry)))
          return
        }
      }
    }
    return found
  }

  /// Calls `body` with the path of everything below a day that is no folder. One of 100,000 inputs and no folder is read
  /// without a look at each.
  private func visitDone(_ directory: Path, _ prefix: [UInt8], _ body: ([UInt8]) -> Void) throws(DiskError) {
    guard let status = try fs.status(at: directory), status.kind == .directory else { return }
    // A directory has a link of its own, one from above, and one from each directory in it; some file systems count none.
    let mayHoldFolders = status.links != 2
    for name in try fs.list(directory) {
      if mayHoldFolders, try fs.status(at: directory / name)?.kind == .directory {
        try visitDone(directory / name, prefix + name + [UInt8(ascii: "/")], body)
      } else {
        body(prefix + name)
      }
    }
  }
}

extension Path {
  /// The path from a directory down to this one; `nil` where it does not lie there.
  public func below(_ directory: Path) -> [UInt8]? {
    let start = directory.bytes.last == UInt8(ascii: "/") ? directory.bytes : directory.bytes + [UInt8(ascii: "/")]
    return bytes.count > start.count && bytes.starts(with: start) ? Array(bytes[start.count...]) : nil
  }
}
