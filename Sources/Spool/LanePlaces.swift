import Disk

/// Where the files of one pipeline lie.
public struct LanePlaces: Sendable, Equatable {
  public var pipeline: [UInt8]
  public var inbox: Path
  /// The directory of the records, above those of other outlets.
  public var outbox: Path
  /// The directory of this pipeline's claims.
  public var claimed: Path
  /// The directory of this pipeline's days.
  public var done: Path
  public var failed: Path
  /// Whether settled inputs are removed: a wish of this run, which the journal does not keep.
  public internal(set) var removesDone = false

  public init(pipeline: [UInt8], inbox: Path, outbox: Path, claimed: Path, done: Path, failed: Path) {
    self.pipeline = pipeline
    self.inbox = inbox
    self.outbox = outbox
    self.claimed = claimed
    self.done = done
    self.failed = failed
  }

  /// With paths under `root` as seen from there, so that a spool can be moved; the others as they are.
  func relative(to root: Path) -> LanePlaces { map { $0.relative(to: root) } }

  func resolved(under root: Path) -> LanePlaces { map { root / $0.bytes } }

  func map(_ change: (Path) -> Path) -> LanePlaces {
    var places = LanePlaces(
      pipeline: pipeline, inbox: change(inbox), outbox: change(outbox), claimed: change(claimed), done: change(done),
      failed: change(failed))
    places.removesDone = removesDone
    return places
  }

  /// Whether claims, inputs that are done and failures lie in the inbox, because a rename reaches no further.
  var liesBesideInbox: Bool { failed.directory.name == Array(".linecaster".utf8) }

  /// Whether anything ever comes in here: not in a directory of claims of which the pipeline is not known.
  public var hasInbox: Bool { inbox != claimed }
}

extension Path {
  func relative(to root: Path) -> Path {
    let start = root.bytes.last == UInt8(ascii: "/") ? root.bytes : root.bytes + [UInt8(ascii: "/")]
    return bytes.count > start.count && bytes.starts(with: start) ? Path(Array(bytes[start.count...])) : self
  }
}
