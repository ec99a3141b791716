import Bytes
import Disk

/// Removes what was kept for as long as its pipeline asks: inputs under `done/`, failures, sealed output files.
///
/// It only touches what this spool made and named: files in a day's directory, and in the folders there where those below
/// the inbox are read, inputs with a reason beside them, and sealed names. It runs beside the commits, never in them.
public struct Retention: Sendable {
  struct RetainedLane {
    var settings: LaneSettings
    var places: LanePlaces
    var outlets: [OutletFiles]
  }

  private let fs: any FileSystem
  private let lanes: [RetainedLane]
  private let settledInputs: (any SettledInputs)?

  init(_ fs: any FileSystem, _ lanes: [RetainedLane], _ settledInputs: (any SettledInputs)? = nil) {
    self.fs = fs
    self.lanes = lanes
    self.settledInputs = settledInputs
  }

  /// One pass.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - limit: files to remove at most.
  /// - Returns: how many were removed; as many as `limit` where there may be more.
  public func run(now: Int64, limit: Int = 1000) throws(DiskError) -> Int {
    var left = limit
    for lane in lanes {
      let (settings, places) = (lane.settings, lane.places)
      if settings.removesDone {
        // What a crash left there, and what may still be written to: that is kept for a while.
        try removeDone(places, through: UTC.day(now), settings.readsFolders, &left)
      } else if let keep = settings.keepDone {
        // A day's inputs go when the last of them is old enough.
        try removeDone(places, through: UTC.day(now - keep - 86_400), settings.readsFolders, &left)
      }
      if let keep = settings.keepOutbox {
        for outlet in lane.outlets { try removeSealed(outlet, before: UTC.basic(now - keep), &left) }
      }
      if settings.outboxSize > 0 {
        for outlet in lane.outlets { try removeSealed(outlet, beyond: settings.outboxSize, &left) }
      }
      if let keep = settings.keepFailed { try removeFailed(places, before: now - keep, &left) }
    }
    return limit - left
  }

  private func removeDone(
    _ places: LanePlaces, through last: String, _ isDeep: Bool, _ left: inout Int
  ) throws(DiskError) {
    let days = try names(in: places.done).filter { isDay($0) && !Array(last.utf8).lexicographicallyPrecedes($0) }
    for day in days.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let directory = places.done / day
      guard try fs.status(at: directory)?.kind == .directory else { continue }
      try removeAll(in: directory, isDeep, &left)
    }
  }

  /// Removes the files in a directory, then the directory, where it is empty: what others put there stays.
  ///
  /// - Parameter isDeep: whether folders in it are ours, too.
  private func removeAll(in directory: Path, _ isDeep: Bool, _ left: inout Int) throws(DiskError) {
    for name in try names(in: directory) {
      if left == 0 { return }
      switch try fs.status(at: directory / name)?.kind {
      case .directory where isDeep: try removeAll(in: directory / name, isDeep, &left)
      case .regular where settledInputs?.keeps(directory / name) != true:
        try remove(directory / name)
        left -= 1
      default: break
      }
    }
    if try names(in: directory).isEmpty { try remove(directory) }
  }

  private func removeSealed(_ files: OutletFiles, before stamp: String, _ left: inout Int) throws(DiskError) {
    let start = files.pipeline.count + 1
    for name in try names(in: files.directory) where files.sealedNumber(name) != nil {
      if left == 0 { return }
      guard name[start..<(start + 16)].lexicographicallyPrecedes(stamp.utf8) else { continue }
      guard try fs.status(at: files.directory / name)?.kind == .regular else { continue }
      try remove(files.directory / name)
      left -= 1
    }
  }

  /// The oldest, until what is left has as many bytes at most.
  private func removeSealed(_ files: OutletFiles, beyond size: Int, _ left: inout Int) throws(DiskError) {
    var sealed: [(number: Int, path: Path, size: Int)] = []
    for name in try names(in: files.directory) {
      guard let number = files.sealedNumber(name) else { continue }
      guard let status = try fs.status(at: files.directory / name), status.kind == .regular else { continue }
      sealed.append((number, files.directory / name, status.size))
    }
    var total = sealed.reduce(0) { $0 + $1.size }
    for file in sealed.sorted(by: { $0.number < $1.number }) where total > size {
      if left == 0 { return }
      try remove(file.path)
      total -= file.size
      left -= 1
    }
  }

  /// A reason is written when its input fails, so that its age is the failure's.
  private func removeFailed(_ places: LanePlaces, before limit: Int64, _ left: inout Int) throws(DiskError) {
    let ending = Array(ReasonFile.ending.utf8)
    for reason in try FailedDirectory.files(places.failed, fs) where FailedDirectory.isReason(reason) {
      if left == 0 { return }
      guard let status = try fs.status(at: reason), status.kind == .regular, status.modified / 1_000_000_000 < limit,
        try ReasonFile.pipeline(in: reason, fs) == places.pipeline
      else { continue }
      let input = reason.directory / Array(reason.name.dropLast(ending.count))
      if try fs.status(at: input)?.kind == .regular { try remove(input) }
      try remove(reason)
      FailedDirectory.removeEmpty(reason.directory, in: places.failed, fs)
      left -= 1
    }
  }

  private func names(in directory: Path) throws(DiskError) -> [[UInt8]] {
    do {
      return try fs.list(directory)
    } catch  where error.kind == .missing {
      return []
    }
  }

  private func remove(_ path: Path) throws(DiskError) {
    do {
      try fs.remove(path)
    } catch  where error.kind == .missing {
      // It was removed already.
    }
  }

  /// `2026-11-21`
  private func isDay(_ name: [UInt8]) -> Bool {
    name.count == 10
      && name.enumerated().allSatisfy { place, byte in
        place == 4 || place == 7 ? byte == UInt8(ascii: "-") : byte.isDigit
      }
  }
}
