import Disk

/// Why a spool cannot go on.
public enum SpoolError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another process has the spool; its process id where the lock file says so.
  case locked(Path, pid: Int?)
  /// Somebody deleted the lock of a spool that this process has.
  case lockLost(Path)
  case disk(DiskError)
  /// What the pipelines ask for cannot be.
  case layout(String)
  /// The system has no thread, descriptor or the like left for this process.
  case resources(String)

  /// A sentence without a full stop that says how to fix it.
  public var description: String {
    switch self {
    case .locked(let root, let pid):
      let holder = pid.map { "process \($0) runs" } ?? "another process runs"
      return "the spool \(root) is in use: \(holder) on it; stop that one first, or use another --root"
    case .lockLost(let root):
      return
        "\(root / "state/lock") was deleted or replaced by somebody, so that another linecaster may run on the spool "
        + "now; this one ends and writes nothing more: leave state/ alone, and start it again"
    case .disk(let error): return error.description
    case .layout(let message), .resources(let message): return message
    }
  }
}
