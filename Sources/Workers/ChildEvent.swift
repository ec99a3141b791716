import CLinux
import Glibc

/// What waitid(2) told of a child.
public struct ChildEvent: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case exited(code: CInt)
    case killed(signal: CInt)
    /// It stands still, and is not gone.
    case stopped(signal: CInt)
  }

  public var pid: pid_t
  public var kind: Kind
  /// The most memory that it had resident, shared pages included, in bytes.
  public var peakMemory: UInt64

  public init(pid: pid_t, kind: Kind, peakMemory: UInt64) {
    self.pid = pid
    self.kind = kind
    self.peakMemory = peakMemory
  }

  init(_ event: linux_child_event) {
    let kind: Kind =
      switch event.code {
      case CInt(CLD_EXITED): .exited(code: event.status)
      case CInt(CLD_STOPPED): .stopped(signal: event.status)
      default: .killed(signal: event.status)
      }
    self.init(pid: event.pid, kind: kind, peakMemory: event.peak_memory)
  }

  /// Whether what it was doing is not to blame: a process sent the signal. SIGKILL says nothing of its sender, and never
  /// comes from inside.
  ///
  /// - Parameter fault: what the child, which watched for faults, noted of its end.
  public func cameFromOutside(_ fault: Fault?) -> Bool {
    guard case .killed(let signal) = kind else { return false }
    if let fault, fault.signal == signal { return !fault.isOwn }
    // What others send is noted. The kernel kills without asking the child where its handler cannot run, or a filter above
    // it is broken.
    return ![SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS].contains(signal)
  }

  /// “ended by signal 4 (SIGILL), a trap”.
  public var words: String {
    switch kind {
    case .exited(let code): "ended with exit code \(code)"
    case .killed(let signal): "ended by signal \(signal)\(Self.name(of: signal))\(Self.meaning(of: signal))"
    case .stopped(let signal): "stopped by signal \(signal)\(Self.name(of: signal))"
    }
  }

  private static func name(of signal: CInt) -> String {
    let names: [CInt: String] = [
      SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT",
      SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE",
      SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGSTOP: "SIGSTOP", SIGTSTP: "SIGTSTP", SIGXCPU: "SIGXCPU",
      SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS", SIGUSR1: "SIGUSR1", SIGUSR2: "SIGUSR2",
    ]
    return names[signal].map { " (\($0))" } ?? ""
  }

  private static func meaning(of signal: CInt) -> String {
    switch signal {
    case SIGILL, SIGTRAP: ", a trap"
    case SIGSEGV, SIGBUS: ", a fault in memory"
    case SIGFPE: ", a fault in arithmetic"
    case SIGABRT: ", it gave up"
    case SIGSYS: ", a forbidden system call"
    default: ""
    }
  }
}
