import Disk

/// What the spool must remember of a pipeline from one run to the next.
struct LaneState: Equatable {
  var places: LanePlaces
  /// Of the state that its changes belong to; empty where it has none.
  var stateName: [UInt8] = []
  /// Those of this run and those that have lines of earlier ones; the one of its records first.
  var outlets = [OutletState(folder: Outlet.records.folder)]
  /// Settled lines of files that are not done, by claim number; `everyLine` for an input that is done and could not be
  /// moved, because its disk was not there.
  var progress: [UInt64: Int] = [:]

  static let everyLine = Int.max

  /// Claims that went away with their lines half settled, more than anybody has.
  private static let mostProgress = 100_000

  mutating func forgetOldest() {
    if progress.count <= Self.mostProgress { return }
    for number in progress.keys.sorted().prefix(progress.count - Self.mostProgress) { progress[number] = nil }
  }
}

extension JournalRecord {
  /// The checkpoint that begins a segment.
  static func checkpoint(
    _ counters: SpoolCounters, _ lanes: [LaneState], _ carried: [CarriedChange], root: Path
  ) -> JournalRecord {
    var lanes = lanes
    for index in lanes.indices { lanes[index].places = lanes[index].places.relative(to: root) }
    return .checkpoint(
      Checkpoint(nextClaim: counters.nextClaim, nextSequence: counters.nextSequence, lanes: lanes, carried: carried))
  }
}
