/// How much a confined process may have.
public struct SandboxLimits: Sendable, Equatable {
  /// Bytes of private memory (RLIMIT_DATA), what was there before the fork included; `nil` for no limit. Without effect in
  /// a program that was built with a sanitizer, which reserves address space by the terabyte.
  public var memory: UInt64? = 1 << 30
  /// Bytes that its standard error may hold.
  public var output: UInt64 = 1 << 20
  /// New descriptors get numbers below this one; those that are open stay.
  public var descriptors: UInt64 = 64
  /// The latest version of Landlock that is used; 0 for none.
  public var landlock = SandboxLimits.latestLandlock
  /// Whether system calls are filtered.
  public var filtersCalls = true

  public init() {}

  /// The latest version whose rights are known here.
  public static let latestLandlock: Int32 = 7
}
