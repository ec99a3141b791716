import CLinux
import Glibc

/// Takes from a process, for good, all that decoding and reading an article does not need.
public enum Sandbox {
  /// Call it in the child, when everything it will ever read is loaded, before the first byte of an article comes in.
  ///
  /// Afterwards the process can read and write the descriptors that it kept, get memory, look at the clock, and end. It can open
  /// no file, socket or process, and start none. Where the kernel lacks a layer the others stand; the report tells.
  ///
  /// - Parameters:
  ///   - parent: the process that forked it, with whose end it ends.
  ///   - keeping: the descriptors that stay open; the three standard ones lead nowhere where they are not among these.
  ///   - receiver: the one socket that descriptors may come in by.
  /// - Throws: where what every kernel has fails, or the parent is gone. End then.
  public static func enter(
    _ limits: SandboxLimits = SandboxLimits(), parent: pid_t, keeping: [CInt], receiver: CInt? = nil
  ) throws(ChildError) -> SandboxReport {
    // Landlock and the filter confine the calling thread.
    try ChildProcess.requireOneThread()
    guard linux_end_with_parent(parent) == 0 else { throw errno == ESRCH ? .orphaned : .call("prctl") }
    try closeAll(except: keeping)
    // A reader that went and an output that is full are errors of the call, not ends of the process.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    guard linux_forbid_inspection() == 0 else { throw .call("prctl") }
    guard linux_forbid_new_privileges() == 0 else { throw .call("prctl") }
    let landlock = enterLandlock(limits.landlock)
    let memory = linux_is_sanitized() == 1 ? nil : limits.memory
    guard linux_set_limits(memory ?? .max, limits.output, limits.descriptors) == 0 else { throw .call("setrlimit") }
    return SandboxReport(landlock: landlock, filter: limits.filtersCalls ? enterFilter(receiver) : .leftOut)
  }

  private static func closeAll(except kept: [CInt]) throws(ChildError) {
    let lost = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].filter { !kept.contains($0) }
    if !lost.isEmpty {
      let nowhere = open("/dev/null", O_RDWR)
      guard nowhere >= 0 else { throw .call("open of /dev/null") }
      for standard in lost where dup2(nowhere, standard) < 0 { throw .call("dup2") }
    }
    closeOthers(than: kept)
  }

  /// Closes all descriptors but the three standard ones and these.
  static func closeOthers(than kept: [CInt]) {
    var next: UInt32 = 3
    for descriptor in Set(kept).filter({ $0 > STDERR_FILENO }).sorted().map(UInt32.init) {
      if descriptor > next { linux_close_range(next, descriptor - 1) }
      next = descriptor + 1
    }
    linux_close_range(next, .max)
  }

  private static func enterLandlock(_ latest: Int32) -> SandboxReport.Layer {
    if latest <= 0 { return .leftOut }
    let offered = linux_landlock_version()
    guard offered > 0 else { return .refused(code: errno) }
    let version = min(offered, latest, SandboxLimits.latestLandlock)
    return linux_landlock_take_all(version) == 0 ? .inForce(version: version) : .refused(code: errno)
  }

  private static func enterFilter(_ receiver: CInt?) -> SandboxReport.Layer {
    linux_filter_worker_calls(receiver ?? -1) == 0 ? .inForce(version: 1) : .refused(code: errno)
  }
}
