import CLinux
import Glibc

/// A process that this one forked.
public struct ChildProcess: Sendable {
  public let pid: pid_t
  /// `nil` where the kernel gives none (before Linux 5.3, or a filter above this process).
  public let handle: ProcessHandle?

  /// Forks: `child` runs in the new process, with everything that this one has in memory.
  ///
  /// - Throws: `threads` where this process has more than one, whose locks nobody would hold or release in the child.
  public static func fork(_ child: () -> Never) throws(ChildError) -> ChildProcess {
    try requireOneThread()
    let pid = linux_fork()
    if pid == 0 { child() }
    guard pid > 0 else { throw .call("fork") }
    return ChildProcess(pid: pid, handle: ProcessHandle(pid))
  }

  /// The proof that fork and the sandbox ask for.
  static func requireOneThread() throws(ChildError) {
    let count = linux_thread_count()
    if count < 0 { throw .noProc }
    if count != 1 { throw .threads(Int(count)) }
  }

  /// Sends it a signal. Only before its end was waited for: afterwards the number may be another process's.
  public func send(_ signal: CInt = SIGKILL) {
    if let handle { handle.send(signal) } else { kill(pid, signal) }
  }

  /// Waits until a child of this process has ended or stopped; one that ended is gone with that.
  ///
  /// - Parameters:
  ///   - pid: the child; 0 for any.
  ///   - blocking: false to look only.
  /// - Returns: `nil` where there is no such child, or nothing has happened yet.
  public static func next(_ pid: pid_t = 0, blocking: Bool = true) throws(ChildError) -> ChildEvent? {
    let options = WEXITED | WSTOPPED | (blocking ? 0 : WNOHANG)
    var event = linux_child_event()
    var status = linux_wait(pid, options, &event)
    while status < 0, errno == EINTR { status = linux_wait(pid, options, &event) }
    if status < 0, errno != ECHILD { throw .call("waitid") }
    return status == 1 ? ChildEvent(event) : nil
  }
}

/// Orphans below this process become its children, for it to wait for.
///
/// - Returns: whether the kernel does that.
public func adoptOrphans() -> Bool { linux_adopt_orphans() == 0 }

/// Any process, held by a descriptor: a signal sent through it never reaches another one that got the number since.
public final class ProcessHandle: Sendable {
  /// Becomes readable (poll) when the process ends. Can be sent over a Unix socket.
  public let descriptor: CInt

  /// Takes over a descriptor that came from another process.
  public init(descriptor: CInt) { self.descriptor = descriptor }

  fileprivate convenience init?(_ pid: pid_t) {
    let descriptor = linux_open_process(pid)
    if descriptor < 0 { return nil }
    self.init(descriptor: descriptor)
  }

  deinit { close(descriptor) }

  /// - Returns: whether the process was still there.
  @discardableResult
  public func send(_ signal: CInt = SIGKILL) -> Bool { linux_signal_process(descriptor, signal) == 0 }
}
