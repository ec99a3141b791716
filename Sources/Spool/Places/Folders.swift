import Disk
import Synchronization

/// The directories that a spool works in. Remembers owner and mode of each, and makes one again that was removed.
public final class Folders: Sendable {
  private struct State {
    var traits: [Path: FolderTraits]
    /// Devices of the directories above the inboxes.
    var devices: [Path: UInt64] = [:]
    var watched: [Path] = []
    var lastLook: ContinuousClock.Instant?
  }

  private let fs: any FileSystem
  private let report: @Sendable (SpoolSettings.Severity, String) -> Void
  private let state: Mutex<State>
  /// A look costs a few calls for each directory.
  private static let leastPause = Duration.milliseconds(100)

  /// - Parameter traits: how directories were in earlier runs.
  init(
    _ fs: any FileSystem, remembered traits: [Path: FolderTraits] = [:],
    report: @escaping @Sendable (SpoolSettings.Severity, String) -> Void
  ) {
    self.fs = fs
    self.report = report
    state = Mutex(State(traits: traits))
  }

  /// How they were when they were last looked at.
  var traits: [Path: FolderTraits] { state.withLock { $0.traits } }

  /// Remembers how the directories of some lanes are now, and from now on with every `look`.
  ///
  /// - Parameter outlets: the directories that they write to.
  func watch(_ lanes: [LanePlaces], outlets: [Path]) {
    state.withLock { state in
      state.watched += outlets
      for places in lanes {
        state.watched += places.folders
        let above = places.inbox.directory
        state.devices[places.inbox] = (try? fs.status(at: above / "."))?.device
      }
      state.watched = Set(state.watched).sorted()
    }
    look(isDue: true)
  }

  /// Notes how the directories are now, so that one that is made again gets the mode and group it had.
  public func look(isDue: Bool = false) {
    state.withLock { state in
      let now = ContinuousClock.now
      if let last = state.lastLook, !isDue, now - last < Self.leastPause { return }
      state.lastLook = now
      for path in state.watched {
        if let traits = try? fs.traits(of: path) { state.traits[path] = traits }
      }
    }
  }

  /// Makes a directory and those above it; those that were there before, as they were.
  public func make(_ path: Path) throws(DiskError) {
    var made: [Path] = []
    try make(path, &made)
    guard let first = made.first else { return }
    report(
      .warning,
      "\(first) is gone: somebody removed it, or another disk lies there now; it is made again, and what it held is "
        + "not linecaster's any more")
  }

  /// - Parameter again: directories that were there before.
  private func make(_ path: Path, _ again: inout [Path]) throws(DiskError) {
    // What is there may still be no directory.
    if try fs.status(at: path) != nil { return try fs.makeDirectory(path) }
    let parent = path.directory
    if parent != path, parent != "." { try make(parent, &again) }
    try fs.makeDirectory(path)
    guard let traits = state.withLock({ $0.traits[path] }) else { return }
    let refused = fs.give(traits, to: path)
    // On the disk before a file is moved in: else a crash could lose the directory together with the file.
    try fs.syncDirectory(parent)
    again.append(path)
    if !refused.isEmpty {
      report(.warning, "\(path) had \(refused.joined(separator: " and ")) before, which linecaster may not give it")
    }
  }

  /// Makes an inbox again, but not where the disk that held it is gone: what is dropped there then would be hidden
  /// when the disk comes back.
  ///
  /// - Returns: whether it was made.
  public func makeInbox(_ inbox: Path) -> Bool {
    guard let device = state.withLock({ $0.devices[inbox] }) else { return false }
    do {
      let above = try fs.status(at: inbox.directory / ".")
      guard above?.device == device, try fs.status(at: inbox) == nil else { return false }
      try make(inbox)
      return true
    } catch {
      return false
    }
  }
}

extension LanePlaces {
  /// The directories that must be there while it runs, those above first.
  var folders: [Path] {
    var folders = [inbox, outbox]
    if failed.directory == inbox / ".linecaster" { folders.append(failed.directory) }
    return folders + [claimed.directory, claimed, done.directory, done, failed]
  }
}
