/// State in files of its own whose changes travel in a spool's journal: the journal makes a change true, and the files
/// follow when the journal's segment is about to go.
///
/// A change may be handed over again after a crash, at the start, in the journal's order: it counts once.
public protocol JournaledState: AnyObject, Sendable {
  /// A change that the journal of an earlier run holds.
  func replay(_ change: [UInt8])
  /// A change of this run that is in the journal now.
  func committed(_ change: [UInt8])
  /// Puts all changes so far on the disk. Doing it again after a failure is safe.
  func makeDurable() throws(DiskError)

  /// Whether what came before is not in it: it is new, or its files went away.
  var wantsFilling: Bool { get }
  /// Empties it to be filled from what was published; until `endFilling` a restart begins anew.
  func beginFilling() throws(DiskError)
  func endFilling() throws(DiskError)
}

extension JournaledState {
  public var wantsFilling: Bool { false }
  public func beginFilling() throws(DiskError) {}
  public func endFilling() throws(DiskError) {}
}

/// Something that keeps state in a spool: a stage of a pipeline.
public protocol StateKeeper: Sendable {
  /// What several pipelines share their state under; `nil` where each has its own.
  var sharedState: String? { get }
  /// Whether some records go beside the outbox.
  var setsAside: Bool { get }

  /// Opens what lies in a directory, or begins anew there. What is damaged is set aside and told.
  ///
  /// - Parameter report: takes plain sentences, and whether something was lost.
  func openState(
    _ fs: any FileSystem, in directory: Path, report: @escaping @Sendable (_ isLoss: Bool, String) -> Void
  ) throws(DiskError) -> any JournaledState
}
