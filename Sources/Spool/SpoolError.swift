import Disk

/// Why a spool cannot go on.
public enum SpoolError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another process has the spool; its process id where the lock file says so.
  case locked(Path, pid: Int?)
  case disk(DiskError)
  /// What the pipelines ask for cannot be.
  case layout(String)

  /// A sentence without a full stop, with the mend.
  public var description: String {
    switch self {
    case .locked(let root, let pid):
      let holder = pid.map { "process \($0) runs" } ?? "another process runs"
      return "the spool \(root) is in use: \(holder) on it; stop that one first, or use another --root"
    case .disk(let error): return error.description
    case .layout(let message): return message
    }
  }
}
