import Disk

/// Is told where inputs end up that may still be written to.
public protocol SettledInputs: Sendable {
  /// An input was put where it stays, or with `Part.line` a bad line of one.
  func settled(_ input: InputIdentity, _ part: Settlement.Part, at place: Path)

  /// Whether an input that goes at once otherwise is kept for now.
  func keeps(_ place: Path) -> Bool
}

extension Spool {
  /// Takes inputs again that were settled.
  ///
  /// - Returns: for each its claim; `nil` where it is not in its place any more.
  public func takeAgain(_ notes: [RevisionNote], lane: Int) throws(SpoolError) -> [Claim?] {
    let taken = notes.map { (claim: counters.takeClaim(), note: $0) }
    let files = RevisionNotes(fs, root: root)
    try retryingTransientErrors { () throws(DiskError) in try files.write(taken) }
    // What the journal holds of the inputs would take them, or their bad lines, back to where they were.
    try begin(taken.map { ($0.claim, $0.note.settledLines) }, lane: lane)
    let claimed = lanes[lane].places.claimed
    let places = try retryingTransientErrors { () throws(DiskError) in try files.carryOut(taken, in: claimed) }
    return zip(taken, places).map { taken, place in
      guard let place else {
        files.remove(claim: taken.claim)
        committer.withLock { $0.forgetRevision(taken.claim) }
        return nil
      }
      let note = taken.note
      return Claim(
        number: taken.claim, name: note.name, path: place, settledLines: note.settledLines, revision: note)
    }
  }
}
