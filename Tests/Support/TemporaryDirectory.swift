import Disk
import Glibc

/// A directory of its own for one test, gone with everything in it at the end.
public struct TemporaryDirectory: ~Copyable {
  public let path: Path

  public init() {
    var template = Array("/tmp/linecaster-test-XXXXXX".utf8CString)
    path = mkdtemp(&template) == nil ? "/nowhere" : Path(template.dropLast().map { UInt8(bitPattern: $0) })
  }

  deinit { PosixFileSystem().removeTree(path) }

  /// Writes a file, in place of the one there.
  public borrowing func write(_ name: String, _ text: String) throws {
    let fs = PosixFileSystem()
    try? fs.remove(path / name)
    let file = try fs.open(path / name, for: .creating)
    defer { fs.close(file) }
    try fs.write(Array(text.utf8), to: file, at: 0)
  }
}
