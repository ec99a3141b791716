import Bytes
import Disk

/// An input of one lane, somewhere on its way.
public struct FoundInput: Sendable {
  public enum Place: Sendable, Equatable {
    case inbox
    /// The number of the claim.
    case claimed(UInt64)
    case done
  }

  public let lane: SpoolView.KnownLane
  public let place: Place
  public let path: Path
  /// Its path from the inbox: `a.txt`, or from a folder below it `desk/a.txt`.
  public let name: [UInt8]
  /// Of the claim, where its place or its own name there tells: later ones have higher numbers.
  public var number: UInt64?
}

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

/// Whether an input is one that was asked for: by its path from the inbox, or by its name alone.
public func isMeant(_ path: [UInt8], by asked: [UInt8]) -> Bool {
  path == asked || !asked.contains(UInt8(ascii: "/")) && Path(path).name == asked
}

extension Path {
  /// The path from a directory down to this one; `nil` where it does not lie there.
  public func below(_ directory: Path) -> [UInt8]? {
    let start = directory.bytes.last == UInt8(ascii: "/") ? directory.bytes : directory.bytes + [UInt8(ascii: "/")]
    return bytes.count > start.count && bytes.starts(with: start) ? Array(bytes[start.count...]) : nil
  }
}

/// The number in such a mark: `a~17.txt` and `a~17.2.txt` to 17.
private func markedNumber(_ path: [UInt8]) -> UInt64? {
  path.lastIndex(of: UInt8(ascii: "~")).flatMap { UInt64(leadingDigits: path[($0 + 1)...]) }
}

/// `a~17.txt` and `a~17.2.txt` to `a.txt`: what a settled input was called where its name was taken; `nil` for
/// names without such a mark.
func unmarked(_ path: [UInt8]) -> [UInt8]? {
  let entry = Path(path).name
  guard let tilde = entry.lastIndex(of: UInt8(ascii: "~")) else { return nil }
  let rest = entry[(tilde + 1)...]
  func digits(_ from: Int) -> Int { rest[from...].firstIndex { !$0.isDigit } ?? rest.endIndex }
  var end = digits(rest.startIndex)
  guard end > rest.startIndex else { return nil }
  if end < rest.endIndex, rest[end] == UInt8(ascii: ".") {
    let second = digits(end + 1)
    let isNumber = second > end + 1 && (second == rest.endIndex || rest[second] == UInt8(ascii: "."))
    if isNumber { end = second }
  }
  guard end == rest.endIndex || rest[end] == UInt8(ascii: ".") else { return nil }
  return Array(path.dropLast(entry.count) + entry[..<tilde] + rest[end...])
}
