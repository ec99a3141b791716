import Disk
import Glibc

/// The process that holds a spool, found without touching its lock.
struct RunningDaemon {
  let pid: Int

  /// `nil` where nothing runs on the spool.
  init?(root: Path, _ fs: PosixFileSystem) {
    let path = root / "state" / "lock"
    guard let status = try? fs.status(at: path), let content = Self.read(path, fs),
      let pid = Int(String(decoding: content.prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self)),
      let locks = Self.read("/proc/locks", fs)
    else { return nil }
    // 1: FLOCK  ADVISORY  WRITE 4711 08:01:1234567 0 EOF
    let isHeld = locks.split(separator: 0x0A).contains { line in
      let fields = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      guard fields.count >= 6, fields[1] == "FLOCK", fields[3] == "WRITE" else { return false }
      return fields[5].split(separator: ":").last.map(String.init) == "\(status.inode)"
    }
    guard isHeld else { return nil }
    self.pid = pid
  }

  /// Whether the process may read a file with this owner and mode; `nil` where it cannot be told.
  func mayRead(_ status: FileStatus, group: UInt32, _ fs: PosixFileSystem) -> (uid: UInt32, answer: Bool)? {
    guard let content = Self.read(Path("/proc/\(pid)/status"), fs) else { return nil }
    var (uid, groups): (UInt32?, [UInt32]) = (nil, [])
    for line in content.split(separator: 0x0A) {
      let fields = line.split { $0 == 0x09 || $0 == 0x20 }.map { String(decoding: $0, as: UTF8.self) }
      guard fields.count > 1 else { continue }
      switch fields[0] {
      case "Uid:": uid = fields.count > 2 ? UInt32(fields[2]) : nil
      case "Gid:", "Groups:": groups += fields.dropFirst().compactMap { UInt32($0) }
      default: break
      }
    }
    guard let uid else { return nil }
    if uid == 0 { return (uid, true) }
    if status.owner == uid { return (uid, status.mode & 0o400 != 0) }
    if groups.contains(group) { return (uid, status.mode & 0o040 != 0) }
    return (uid, status.mode & 0o004 != 0)
  }

  static func read(_ path: Path, _ fs: PosixFileSystem) -> [UInt8]? {
    guard let file = try? fs.open(path, for: .reading) else { return nil }
    defer { fs.close(file) }
    // Files of /proc have no size: they are read to their end.
    return try? fs.readAll(file)
  }
}
