import Disk

/// What the owner of a spool decides.
public struct SpoolSettings: Sendable {
  /// State whose changes travel in the journal.
  public struct State: Sendable {
    /// Stays the same from run to run.
    public var name: [UInt8]
    /// Called once, with the lock held.
    public var open: @Sendable () throws(DiskError) -> any JournaledState

    public init(name: [UInt8], open: @escaping @Sendable () throws(DiskError) -> any JournaledState) {
      self.name = name
      self.open = open
    }
  }

  public enum Severity: Sendable { case info, warning, error }

  public var root: Path
  public var lanes: [LaneSettings]
  /// Whether these lanes are the spool's from now on, and what others left is told.
  public var remembersPlaces = true
  public var states: [State] = []
  /// Of this boot of the machine; empty for not known, so that what a killed run noted of its live files is not trusted.
  public var boot: [UInt8] = []
  /// Bytes of journal after which a checkpoint makes everything durable and begins a new segment.
  public var journalLimit = 16 << 20
  /// The hash that identities are compared by.
  public var contentHash: @Sendable ([UInt8]) -> [UInt8]
  /// Plain sentences for the log.
  public var report: @Sendable (Severity, String) -> Void = { _, _ in }
  /// Waits a while after an error that may pass; `false` gives up.
  public var wait: @Sendable (DiskError) -> Bool = { _ in false }
  /// Takes a file that must go, but not at once; `false` where it does not take it. To remove a large one takes long.
  public var removeAside: @Sendable (Path) -> Bool = { _ in false }
  /// Told of inputs that may still be written to.
  public var settledInputs: (any SettledInputs)?
  /// A number that nobody can guess, for each journal segment.
  public var salt: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }

  public init(root: Path, lanes: [LaneSettings], contentHash: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    self.root = root
    self.lanes = lanes
    self.contentHash = contentHash
  }
}

extension SpoolSettings {
  /// Does disk work, again and again while the trouble may pass.
  func retryingTransientErrors<R>(_ work: () throws(DiskError) -> R) throws(SpoolError) -> R {
    while true {
      do {
        return try work()
      } catch {
        guard error.isTransient, wait(error) else { throw .disk(error) }
      }
    }
  }
}
