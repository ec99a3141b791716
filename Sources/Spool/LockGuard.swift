import Disk

/// Tells whether the lock file is still the one that this process holds: whoever deletes it lets a second process in.
struct LockGuard: Sendable {
  private let fs: any FileSystem
  private let path: Path
  /// `nil` on a file system that does not keep an inode's number: nothing can be told there.
  private let held: FileStatus?

  init(_ fs: any FileSystem, _ path: Path, _ file: OpenFile) throws(DiskError) {
    self.fs = fs
    self.path = path
    let status = try fs.status(of: file)
    held = try fs.status(at: path).flatMap { $0.isSameFile(as: status) ? status : nil }
  }

  var isHeld: Bool {
    guard let held else { return true }
    do {
      return try fs.status(at: path)?.isSameFile(as: held) == true
    } catch {
      // A disk in trouble shows elsewhere.
      return true
    }
  }
}
