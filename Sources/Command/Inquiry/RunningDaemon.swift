import Bytes
import Disk
import Glibc

/// The process that holds a spool, found without touching its lock.
struct RunningDaemon {
  let pid: Int

  /// `nil` where nothing runs on the spool.
  init?(root: Path, _ fs: PosixFileSystem) {
    let path = root / "state" / "lock"
    guard let status = try? fs.status(at: path), let content = Self.read(path, fs),
      let pid = Int(leadingDigits: content),
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

  /// Who it is to the file system; `nil` where that cannot be told.
  var rights: ProcessRights? { ProcessRights(process: "\(pid)", PosixFileSystem()) }

  static func read(_ path: Path, _ fs: PosixFileSystem) -> [UInt8]? {
    guard let file = try? fs.open(path, for: .reading) else { return nil }
    defer { fs.close(file) }
    // Files of /proc have no size: they are read to their end.
    return try? fs.readAll(file)
  }
}
