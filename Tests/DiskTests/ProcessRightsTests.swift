import Disk
import Testing

@Suite struct ProcessRightsTests {
  private func file(_ mode: UInt32, owner: UInt32 = 10, group: UInt32 = 20) -> FileStatus {
    FileStatus(
      kind: .regular, device: 1, inode: 1, size: 0, modified: 0, mode: mode, owner: owner, group: group, links: 1)
  }

  /// Tag, permissions, id.
  private func list(_ entries: (UInt16, UInt16, UInt32)...) throws -> AccessList {
    var bytes: [UInt8] = [2, 0, 0, 0]
    for (tag, permissions, id) in entries {
      for number in [UInt32(tag) | UInt32(permissions) << 16, id] {
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
      }
    }
    return try #require(AccessList(bytes))
  }

  @Test func ownerGroupAndOthersEachHaveTheirBits() {
    let owner = ProcessRights(user: 10, groups: [99])
    let member = ProcessRights(user: 11, groups: [20])
    let other = ProcessRights(user: 11, groups: [99])
    #expect(owner.may(.read, file(0o400)) && !member.may(.read, file(0o400)))
    #expect(member.may(.read, file(0o040)) && !owner.may(.read, file(0o044)))
    #expect(other.may(.read, file(0o004)) && !member.may(.read, file(0o004)))
    #expect(other.may([.write, .search], file(0o003)) && !other.may([.write, .search], file(0o002)))
  }

  @Test func capabilitiesStandAbovePermissions() {
    #expect(ProcessRights(user: 0, groups: [0], capabilities: 1 << 1).may(.write, file(0)))
    #expect(!ProcessRights(user: 0, groups: [0]).may(.read, file(0)))
    let reader = ProcessRights(user: 1, groups: [], capabilities: 1 << 2)
    #expect(reader.may(.read, file(0)) && !reader.may(.write, file(0)))
  }

  @Test func anAccessListDecides() throws {
    // user::rw-, user:30:rwx, group::---, group:40:r--, mask::r-x, other::---
    let acl = try list((0x01, 6, 0), (0x02, 7, 30), (0x04, 0, 0), (0x08, 4, 40), (0x10, 5, 0), (0x20, 0, 0))
    let status = file(0o650)
    #expect(ProcessRights(user: 30, groups: []).may([.read, .search], status, acl))
    #expect(!ProcessRights(user: 30, groups: []).may(.write, status, acl))
    #expect(ProcessRights(user: 31, groups: [20, 40]).may(.read, status, acl))
    #expect(!ProcessRights(user: 31, groups: [20]).may(.read, status, acl))
    #expect(!ProcessRights(user: 31, groups: [50]).may(.read, status, acl))
    #expect(AccessList([2, 0, 0, 0, 1]) == nil)
    #expect(AccessList([1, 0, 0, 0]) == nil)
  }

  @Test func thisProcessKnowsItself() {
    #expect(ProcessRights.own == ProcessRights(process: "self", PosixFileSystem()))
    #expect(ProcessRights(process: "0", PosixFileSystem()) == nil)
  }
}
