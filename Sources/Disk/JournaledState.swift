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
  /// What was decided up to a change went out, where no journal tells that. What lies on the disk and did not, a later run
  /// does not take for published.
  ///
  /// - Parameter change: empty before the first one: from here on this is told.
  func delivered(through change: [UInt8]) throws(DiskError)

  /// Whether what came before is not in it: it is new, or its files went away.
  var wantsFilling: Bool { get }
  /// Empties it to be filled from what was published; until `endFilling` a restart begins anew.
  func beginFilling() throws(DiskError)
  func endFilling() throws(DiskError)
}

extension JournaledState {
  public func delivered(through change: [UInt8]) throws(DiskError) {}
  public var wantsFilling: Bool { false }
  public func beginFilling() throws(DiskError) {}
  public func endFilling() throws(DiskError) {}
}

/// A directory that state may be kept in.
public struct StateDirectory: Sendable {
  public let fs: any FileSystem
  public let path: Path
  /// Takes plain sentences about what was found damaged there, and whether something was lost.
  public let report: @Sendable (_ isLoss: Bool, String) -> Void

  public init(
    _ fs: any FileSystem, _ path: Path, report: @escaping @Sendable (_ isLoss: Bool, String) -> Void = { _, _ in }
  ) {
    self.fs = fs
    self.path = path
    self.report = report
  }
}
