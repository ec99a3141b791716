import Glibc

/// Why a child process could not be started, confined or waited for.
public enum ChildError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A system call failed, with this errno.
  case call(String, code: CInt)
  /// A process with several threads cannot be forked or confined safely.
  case threads(Int)
  /// `/proc`, which tells the number of threads, cannot be read.
  case noProc
  /// The parent ended while the child was being started.
  case orphaned

  /// With the errno of the call that failed last.
  static func call(_ name: String) -> ChildError { .call(name, code: errno) }

  public var description: String {
    switch self {
    case .call(let name, let code):
      "\(name) failed: \(String(cString: strerror(code)))\(Self.mend(of: code).map { "; \($0)" } ?? "")"
    case .threads(let count):
      "a process with \(count) threads cannot start or become a worker; this is a fault of linecaster"
    case .noProc: "/proc cannot be read; mount it, since it tells the number of threads"
    case .orphaned: "the process that started this worker has ended"
    }
  }

  private static func mend(of code: CInt) -> String? {
    switch code {
    case EAGAIN: "raise the number of processes that the user may have (TasksMax= of the unit, ulimit -u)"
    case ENOMEM: "the machine has no memory left for another process"
    case EMFILE: "raise LimitNOFILE (ulimit -n)"
    case EPERM: "something above this process forbids the call (SystemCallFilter= of the unit, a container's profile)"
    default: nil
    }
  }
}
