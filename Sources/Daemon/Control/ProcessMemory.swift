import Disk
import Glibc

enum ProcessMemory {
  /// Bytes of a process that lie in no file, where several share a page the part that falls to each; as `ownBytes` where the
  /// kernel does not tell.
  static func anonymousBytes(of process: pid_t) -> Int {
    let fs = PosixFileSystem()
    guard let file = try? fs.open(Path("/proc/\(process)/smaps_rollup"), for: .reading) else {
      return ownBytes(of: process)
    }
    defer { fs.close(file) }
    // Pss_Anon:           1234 kB
    let key = Array("Pss_Anon:".utf8)
    for line in ((try? fs.read(file, at: 0, count: 4096)) ?? []).split(separator: 0x0A) where line.starts(with: key) {
      let number = line.dropFirst(key.count).drop { $0 == 0x20 }
      return (Int(leadingDigits: number) ?? 0) << 10
    }
    return ownBytes(of: process)
  }

  /// Bytes of a process that lie in no file and are not shared by mappings; pages that it shares with its parent since the fork
  /// are counted. 0 where it is gone.
  static func ownBytes(of process: pid_t) -> Int {
    let fs = PosixFileSystem()
    guard let file = try? fs.open(Path("/proc/\(process)/statm"), for: .reading) else { return 0 }
    defer { fs.close(file) }
    let fields = ((try? fs.read(file, at: 0, count: 128)) ?? []).split(separator: 0x20)
    guard fields.count > 2, let resident = Int(digits: fields[1]), let shared = Int(digits: fields[2]) else { return 0 }
    return max(0, resident - shared) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
