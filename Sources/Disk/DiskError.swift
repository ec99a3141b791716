import Glibc

/// Why the file system refused.
public struct DiskError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Operation: String, Sendable {
    case open, read, write, truncate, sync, look = "look at", rename, remove, list, lock
    case makeDirectory = "make the directory"
    case measure = "measure the free space of"
  }

  public var operation: Operation
  public var path: Path
  /// errno.
  public var code: Int32

  public init(_ operation: Operation, _ path: Path, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// Whether it can pass by itself: no space, no descriptors, no memory, a device in trouble.
  ///
  /// A failed sync never does: the kernel takes the pages for written then, and the next sync succeeds without having
  /// written them.
  public var isTransient: Bool {
    switch code {
    case ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE, ENOMEM, EAGAIN, EINTR, EIO: operation != .sync
    default: false
    }
  }

  /// Whether space, descriptors or memory are short, so that whoever asks next gets the same answer.
  public var isShortage: Bool { isTransient && ![EAGAIN, EINTR, EIO].contains(code) }

  /// A sentence without a full stop: what, where, why, and how to fix it where that is known.
  public var description: String { "cannot \(operation.rawValue) \(path): \(reason)" }

  private var reason: String {
    switch code {
    case ENOENT: "there is no such file or directory; check the path"
    case EACCES, EPERM: "permission denied; give the user that runs linecaster access (it is uid \(geteuid()))"
    case ENOSPC: "no space left on the device; free some, or move the spool to a larger disk"
    case EDQUOT: "the disk quota is used up; free some space or raise the quota"
    case EFBIG:
      "the file would be larger than this process may write (LimitFSIZE of the service, ulimit -f) or its file system holds; "
        + "raise the limit, or lower outbox: {roll: {size: …}}"
    case EROFS: "the file system is mounted read-only; remount it writable"
    case EMFILE: "too many open files in this process; raise LimitNOFILE (ulimit -n)"
    case ENFILE: "too many open files on this machine; raise fs.file-max"
    case EXDEV: "it lies on another file system, where a rename cannot reach"
    case EEXIST: "the name is taken"
    case ENOTDIR: "a part of the path is not a directory"
    case EISDIR: "it is a directory"
    case ELOOP: "it is a symbolic link, which is never followed"
    case ENAMETOOLONG: "the name is too long"
    case EIO: "the device reports an input/output error; look at the kernel log (dmesg)"
    default: String(cString: strerror(code))
    }
  }
}

extension DiskError {
  /// The answers that callers tell apart.
  public enum Kind: Sendable, Equatable {
    case missing, taken, denied, otherFileSystem
    /// A part of the path is no directory, or the path is too long.
    case impassable
    case other
  }

  public var kind: Kind {
    switch code {
    case ENOENT: .missing
    case EEXIST: .taken
    case EACCES, EPERM: .denied
    case EXDEV: .otherFileSystem
    case ENOTDIR, ENAMETOOLONG: .impassable
    default: .other
    }
  }
}
