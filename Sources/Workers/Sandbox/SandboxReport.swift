import Glibc

/// What of the sandbox is in force.
public struct SandboxReport: Sendable, Equatable {
  public enum Layer: Sendable, Equatable {
    /// Of Landlock its version; the filter has one only.
    case inForce(version: Int32)
    /// The kernel, or something above this process, said no, with this errno.
    case refused(code: CInt)
    case leftOut
  }

  public var landlock: Layer
  public var filter: Layer

  public init(landlock: Layer, filter: Layer) {
    self.landlock = landlock
    self.filter = filter
  }

  /// Whether nothing is missing: with the filter in force any version of Landlock is enough.
  public var isWhole: Bool {
    if case .inForce = landlock, case .inForce = filter { return true }
    return false
  }

  /// What is missing and how to fix it; what was left out on purpose is not listed.
  public var gaps: [String] {
    zip([landlock, filter], sentences).compactMap { layer, sentence in
      if case .refused = layer { sentence } else { nil }
    }
  }

  /// For the log, `status` and a check of the system: sentences without a full stop, each with the fix where there is one.
  public var sentences: [String] { [landlockSentence, filterSentence] }

  private var landlockSentence: String {
    switch landlock {
    case .inForce(let version): return "workers can open no file (Landlock \(version) is in force)"
    case .leftOut: return "Landlock was left out"
    case .refused(let code):
      let reason =
        switch code {
        case ENOSYS: "this kernel does not have it; Linux 5.13 or later does"
        case EOPNOTSUPP: "it is switched off; add “landlock” to the kernel's parameter lsm= and start anew"
        case EPERM:
          "something above this process forbids it; add landlock_create_ruleset and landlock_restrict_self to "
            + "SystemCallFilter= of the unit, or to the container's seccomp profile"
        default: Self.words(code)
        }
      return "Landlock is not in force: \(reason)"
    }
  }

  private var filterSentence: String {
    switch filter {
    case .inForce:
      return "workers can make no system call but those of reading, writing and memory (a filter is in force)"
    case .leftOut: return "the filter of system calls was left out"
    case .refused(let code):
      let reason =
        switch code {
        case EPERM, EACCES:
          "something above this process forbids it; add seccomp and prctl to SystemCallFilter= of the unit, or to the "
            + "container's seccomp profile"
        case ENOSYS, EINVAL: "this kernel was built without it (CONFIG_SECCOMP_FILTER)"
        case ENOTSUP: "it knows x86-64 and AArch64 processors only"
        default: Self.words(code)
        }
      return "the filter of system calls is not in force: \(reason)"
    }
  }

  private static func words(_ code: CInt) -> String { String(cString: strerror(code)) }
}

// MARK: - On its way to the parent

extension SandboxReport {
  /// Two numbers; the parent makes the same report of them.
  public var numbers: [Int32] { [landlock.number, filter.number] }

  /// - Returns: `nil` for anything but two numbers.
  public init?(numbers: [Int32]) {
    guard numbers.count == 2 else { return nil }
    self.init(landlock: Layer(number: numbers[0]), filter: Layer(number: numbers[1]))
  }
}

extension SandboxReport.Layer {
  /// The version, 0 where it was left out, or the errno below zero.
  fileprivate var number: Int32 {
    switch self {
    case .inForce(let version): version
    case .leftOut: 0
    case .refused(let code): -code
    }
  }

  fileprivate init(number: Int32) {
    self = number > 0 ? .inForce(version: number) : number == 0 ? .leftOut : .refused(code: 0 &- number)
  }
}
