import Glibc

/// What a process may do to files: who it is, and its capabilities.
public struct ProcessRights: Sendable, Equatable {
  /// Numbers of linux/capability.h.
  public enum Capability: UInt64, Sendable {
    /// Permissions do not count.
    case overridesPermissions = 1
    /// Nor do they for reading.
    case readsEverything = 2
    /// Counts as the owner of every file.
    case ownsEverything = 3
  }

  public struct Access: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static let read = Access(rawValue: 4)
    public static let write = Access(rawValue: 2)
    /// Of a directory: to use the names in it.
    public static let search = Access(rawValue: 1)
  }

  public var user: UInt32
  public var groups: Set<UInt32>
  /// One bit for each.
  public var capabilities: UInt64

  public init(user: UInt32, groups: Set<UInt32>, capabilities: UInt64 = 0) {
    self.user = user
    self.groups = groups
    self.capabilities = capabilities
  }

  /// Of this process.
  public static var own: ProcessRights {
    ProcessRights(process: "self", PosixFileSystem())
      ?? ProcessRights(user: geteuid(), groups: [getegid()], capabilities: geteuid() == 0 ? .max : 0)
  }

  /// Of any process; `nil` where `/proc` does not tell.
  public init?(process: String, _ fs: PosixFileSystem) {
    guard let file = try? fs.open(Path("/proc/\(process)/status"), for: .reading) else { return nil }
    defer { fs.close(file) }
    guard let content = try? fs.readAll(file) else { return nil }
    var (user, groups, capabilities): (UInt32?, Set<UInt32>, UInt64) = (nil, [], 0)
    for line in content.split(separator: 0x0A) {
      let fields = line.split { $0 == 0x09 || $0 == 0x20 }.map { String(decoding: $0, as: UTF8.self) }
      guard fields.count > 1 else { continue }
      switch fields[0] {
      // Real, effective, saved, and the one that counts for files.
      case "Uid:": user = fields.count > 4 ? UInt32(fields[4]) : nil
      case "Gid:": if fields.count > 4, let group = UInt32(fields[4]) { groups.insert(group) }
      case "Groups:": groups.formUnion(fields.dropFirst().compactMap { UInt32($0) })
      case "CapEff:": capabilities = UInt64(fields[1], radix: 16) ?? 0
      default: break
      }
    }
    guard let user else { return nil }
    self.init(user: user, groups: groups, capabilities: capabilities)
  }

  public func has(_ capability: Capability) -> Bool { capabilities & 1 << capability.rawValue != 0 }

  /// Whether owner, mode and access list let the process do all of `wanted`.
  public func may(_ wanted: Access, _ status: FileStatus, _ list: AccessList? = nil) -> Bool {
    if has(.overridesPermissions) || wanted == .read && has(.readsEverything) { return true }
    let bits = wanted.rawValue
    if status.owner == user { return status.mode >> 6 & bits == bits }
    if let list { return list.grants(bits, user: user, groups: groups, owningGroup: status.group) }
    if groups.contains(status.group) { return status.mode >> 3 & bits == bits }
    return status.mode & bits == bits
  }
}
