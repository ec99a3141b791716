import Disk

/// Is told where inputs end up that may still be written to.
public protocol SettledInputs: Sendable {
  /// An input was put where it stays, or with `Part.line` a bad line of one.
  func settled(_ input: InputIdentity, _ part: Settlement.Part, at place: Path)

  /// Whether an input that goes at once otherwise is kept for now.
  func keeps(_ place: Path) -> Bool
}

extension Spool {
  /// Takes an input again that was settled before all of it was there.
  ///
  /// - Returns: `nil` where it is not in its place any more.
  public func takeAgain(_ note: RevisionNote, lane: Int) throws(SpoolError) -> Claim? {
    let claim = counters.takeClaim()
    let notes = RevisionNotes(fs, root: root)
    try retryingTransientErrors { () throws(DiskError) in try notes.write(note, claim: claim) }
    // What the journal holds of the input would take it, or its bad line, back to where it was.
    try begin(claim, lane: lane, settledLines: note.settledLines)
    let claimed = lanes[lane].places.claimed
    let place = try retryingTransientErrors { () throws(DiskError) in
      try notes.carryOut(note, claim: claim, in: claimed)
    }
    guard let place else {
      notes.remove(claim: claim)
      return nil
    }
    return Claim(number: claim, name: note.name, path: place, settledLines: note.settledLines, revision: note)
  }
}
