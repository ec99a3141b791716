/// A POSIX access list, as the kernel keeps it in an extended attribute (linux/posix_acl_xattr.h).
public struct AccessList: Sendable, Equatable {
  public static let attribute = "system.posix_acl_access"
  /// What a directory hands on to what is made in it.
  public static let defaultAttribute = "system.posix_acl_default"

  /// The kernel's own numbers.
  private enum Tag: UInt16 {
    case owner = 0x01
    case user = 0x02
    case owningGroup = 0x04
    case group = 0x08
    case mask = 0x10
    case other = 0x20
  }

  private struct Entry: Equatable {
    var tag: Tag
    var permissions: UInt32
    var id: UInt32
  }

  private let entries: [Entry]

  /// `nil` for bytes that are no access list.
  public init?(_ bytes: [UInt8]) {
    func number(_ at: Int, _ count: Int) -> UInt32 {
      (0..<count).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
    }
    guard bytes.count >= 4, (bytes.count - 4).isMultiple(of: 8), number(0, 4) == 2 else { return nil }
    var entries: [Entry] = []
    for at in stride(from: 4, to: bytes.count, by: 8) {
      guard let tag = Tag(rawValue: UInt16(truncatingIfNeeded: number(at, 2))) else { return nil }
      entries.append(Entry(tag: tag, permissions: number(at + 2, 2), id: number(at + 4, 4)))
    }
    self.entries = entries
  }

  /// Whether someone who is not the owner is granted what `wanted` says (4 read, 2 write, 1 search): by a list of
  /// their own, else by any of their groups, else as one of the others.
  func grants(_ wanted: UInt32, user: UInt32, groups: Set<UInt32>, owningGroup: UInt32) -> Bool {
    let mask = entries.first { $0.tag == .mask }?.permissions ?? 7
    if let own = entries.first(where: { $0.tag == .user && $0.id == user }) {
      return own.permissions & mask & wanted == wanted
    }
    let theirs = entries.filter {
      $0.tag == .owningGroup && groups.contains(owningGroup) || $0.tag == .group && groups.contains($0.id)
    }
    if !theirs.isEmpty { return theirs.contains { $0.permissions & mask & wanted == wanted } }
    return entries.contains { $0.tag == .other && $0.permissions & wanted == wanted }
  }
}
