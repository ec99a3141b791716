import Disk
import PipelineKit
import StageKit

/// Watches the disks that a pipeline writes to, so that intake pauses before they are full.
struct FreeSpace {
  private let fs: any FileSystem
  private let places: [Path]
  /// Bytes; 0 for no limit.
  var wanted: Int
  private var nextLook = ContinuousClock.now

  /// - Parameter wanted: bytes; 0 for no limit.
  init(_ fs: any FileSystem, _ places: [Path], wanted: Int) {
    self.fs = fs
    self.places = places
    self.wanted = wanted
  }

  /// On a small disk the default limit is lowered; one that was set is kept.
  func limit(on disk: Space) -> Int {
    wanted == OutboxSettings().minFree ? min(wanted, disk.total / 20) : wanted
  }

  /// What there is too little of, as a sentence without a full stop; looked at a few times a second at most.
  mutating func shortage() -> String? {
    if wanted == 0 || nextLook > .now { return nil }
    for place in places {
      // What cannot be measured shows when it is written to.
      guard let space = try? fs.space(at: place) else { continue }
      let limit = limit(on: space)
      if space.free < limit {
        return "intake is paused: \(space.free >> 20) MiB are free on the disk of \(place), less than min_free "
          + "(\(limit >> 20) MiB); free some, and it goes on by itself"
      }
    }
    nextLook = .now + .milliseconds(200)
    return nil
  }
}
