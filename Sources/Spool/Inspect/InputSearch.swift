import Disk

/// An input of one lane, somewhere on its way.
public struct FoundInput: Sendable {
  public enum Place: Sendable, Equatable {
    case inbox
    /// The number of the claim.
    case claimed(UInt64)
    case done
  }

  public let lane: SpoolView.Lane
  public let place: Place
  public let path: Path
  public let status: FileStatus
}

extension SpoolView {
  /// All inputs of this name that stand in inboxes, in `claimed/` or in `done/`, in this order.
  public func inputs(named name: [UInt8]) throws(DiskError) -> [FoundInput] {
    var found: [FoundInput] = []
    for lane in lanes { found += try waiting(name, lane) }
    for lane in lanes { found += try claimed(name, lane) }
    for lane in lanes { found += try done(name, lane) }
    return found
  }

  /// The name an input had in its inbox, told from where it lies in the spool; `nil` for other places.
  public func originalName(of path: Path) -> [UInt8]? {
    for lane in lanes {
      let places = lane.places
      if path.directory == places.inbox { return path.name }
      if path.directory == places.claimed { return ClaimName.parse(path.name)?.name }
      if path.directory.directory == places.claimed { return path.name }
      if path.directory.directory == places.done { return path.name }
    }
    return nil
  }

  private func waiting(_ name: [UInt8], _ lane: Lane) throws(DiskError) -> [FoundInput] {
    let path = lane.places.inbox / name
    guard let status = try fs.status(at: path) else { return [] }
    return [FoundInput(lane: lane, place: .inbox, path: path, status: status)]
  }

  private func claimed(_ name: [UInt8], _ lane: Lane) throws(DiskError) -> [FoundInput] {
    var found: [FoundInput] = []
    for claim in try ClaimName.list(fs, lane.places.claimed) where claim.name == name {
      let path = ClaimName.path(in: lane.places.claimed, number: claim.number, name: name)
      guard let status = try fs.status(at: path) else { continue }
      found.append(FoundInput(lane: lane, place: .claimed(claim.number), path: path, status: status))
    }
    return found
  }

  private func done(_ name: [UInt8], _ lane: Lane) throws(DiskError) -> [FoundInput] {
    var found: [FoundInput] = []
    let done = lane.places.done
    guard try fs.status(at: done)?.kind == .directory else { return [] }
    for day in try fs.list(done).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard try fs.status(at: done / day)?.kind == .directory else { continue }
      for entry in try fs.list(done / day) where entry == name || unmarked(entry) == name {
        guard let status = try fs.status(at: done / day / entry) else { continue }
        found.append(FoundInput(lane: lane, place: .done, path: done / day / entry, status: status))
      }
    }
    return found
  }
}

/// `a~17.txt` and `a~17.2.txt` to `a.txt`: what a settled input was called where its name was taken; `nil` for
/// names without such a mark.
func unmarked(_ entry: [UInt8]) -> [UInt8]? {
  guard let tilde = entry.lastIndex(of: UInt8(ascii: "~")) else { return nil }
  let rest = entry[(tilde + 1)...]
  func digits(_ from: Int) -> Int { rest[from...].firstIndex { $0 < 0x30 || $0 > 0x39 } ?? rest.endIndex }
  var end = digits(rest.startIndex)
  guard end > rest.startIndex else { return nil }
  if end < rest.endIndex, rest[end] == UInt8(ascii: ".") {
    let second = digits(end + 1)
    let isNumber = second > end + 1 && (second == rest.endIndex || rest[second] == UInt8(ascii: "."))
    if isNumber { end = second }
  }
  guard end == rest.endIndex || rest[end] == UInt8(ascii: ".") else { return nil }
  return Array(entry[..<tilde] + rest[end...])
}
