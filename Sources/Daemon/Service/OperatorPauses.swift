import Disk
import Synchronization

/// Pipelines whose intake an operator paused, until somebody resumes them: also over a restart.
public final class OperatorPauses: Sendable {
  /// In the folder `state`: a name a line.
  static let fileName = "paused"

  private let file: Path
  private let names: Mutex<Set<String>>

  /// Those that were paused before; none where the file cannot be read.
  public init(root: Path) {
    file = root / "state" / Self.fileName
    let fs = PosixFileSystem()
    var found: Set<String> = []
    if let opened = try? fs.open(file, for: .reading) {
      let text = (try? fs.readAll(opened, limit: 1 << 20)) ?? []
      found = Set(text.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
      fs.close(opened)
    }
    names = Mutex(found)
  }

  func contains(_ pipeline: String) -> Bool { names.withLock { $0.contains(pipeline) } }

  /// - Returns: whether it was otherwise before.
  /// - Throws: where it cannot be kept; nothing has changed then.
  func set(_ pipeline: String, isPaused: Bool) throws(DiskError) -> Bool {
    let result = names.withLock { names -> Result<Bool, DiskError> in
      if names.contains(pipeline) == isPaused { return .success(false) }
      var changed = names
      if isPaused { changed.insert(pipeline) } else { changed.remove(pipeline) }
      do throws(DiskError) {
        try write(changed)
        names = changed
        return .success(true)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func write(_ names: Set<String>) throws(DiskError) {
    let fs = PosixFileSystem()
    try fs.replace(file, with: Array(names.sorted().map { $0 + "\n" }.joined().utf8))
    try fs.syncDirectory(file.directory)
  }
}
