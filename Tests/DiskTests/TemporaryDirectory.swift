import Disk
import Glibc

/// A directory of its own for one test, gone at the end.
struct TemporaryDirectory: ~Copyable {
  let path: Path

  init() {
    var template = Array("/tmp/linecaster-test-XXXXXX".utf8CString)
    path = mkdtemp(&template) == nil ? "/nowhere" : Path(template.dropLast().map { UInt8(bitPattern: $0) })
  }

  deinit { remove(path, PosixFileSystem()) }

  private func remove(_ path: Path, _ fs: PosixFileSystem) {
    if let status = try? fs.status(at: path), status.kind == .directory {
      for name in (try? fs.list(path)) ?? [] { remove(path / name, fs) }
    }
    _ = try? fs.remove(path)
  }
}
