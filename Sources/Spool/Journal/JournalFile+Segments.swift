import Bytes
import Disk

/// The journal's segments in `state/`: `journal-0000000017`. The newest one counts.
extension JournalFile {
  private static let prefix = Array("journal-".utf8)

  static func path(in state: Path, segment: UInt64) -> Path {
    state / "journal-\(String(segment, width: 10))"
  }

  static func segments(_ fs: some FileSystem, _ state: Path) throws(DiskError) -> [UInt64] {
    var found: [UInt64] = []
    for name in try fs.list(state) where name.starts(with: prefix) {
      let number = UInt64(String(decoding: name.dropFirst(prefix.count), as: UTF8.self))
      if let number, number != barrier { found.append(number) }
    }
    return found.sorted()
  }

  /// A directory with the name of the last segment that there can be. Versions that know format 2 alone take a journal
  /// that they cannot read for a damaged one, and begin anew with the number 1; they stop at this one.
  private static let barrier = UInt64.max

  static func stopFormerVersions(_ fs: some FileSystem, _ state: Path) throws(DiskError) {
    let path = path(in: state, segment: barrier)
    if try fs.status(at: path) != nil { return }
    try fs.makeDirectory(path)
    try fs.syncDirectory(state)
  }

  /// Why this version may not touch a spool; `nil` where it may.
  static func refusal(_ fs: some FileSystem, _ state: Path) throws(DiskError) -> String? {
    guard try fs.status(at: state) != nil else { return nil }
    for segment in try segments(fs, state) {
      let path = path(in: state, segment: segment)
      do {
        let file = try fs.open(path, for: .reading)
        defer { fs.close(file) }
        guard let found = version(of: try fs.read(file, at: 0, count: headerSize)), found > version else { continue }
        return
          "\(path) has the format \(found), and this linecaster knows formats up to \(version): a newer one wrote it; run "
          + "that one, or give this one a spool of its own with --root"
      } catch {
        if error.kind != .missing { throw error }
      }
    }
    return nil
  }

  typealias Found = (segment: UInt64, checkpoint: JournalRecord.Checkpoint, content: Content)

  /// The newest segment that begins with a checkpoint. Newer ones that do not are set aside.
  static func newest(
    _ fs: some FileSystem, _ state: Path, report: (SpoolSettings.Severity, String) -> Void
  ) throws(DiskError) -> Found? {
    for segment in try segments(fs, state).reversed() {
      let path = path(in: state, segment: segment)
      if var content = try read(fs, path) {
        if case .checkpoint(let checkpoint) = content.records.first {
          content.records.removeFirst()
          return (segment, checkpoint, content)
        }
        fs.close(content.journal.file)
      }
      report(.error, "\(path) is damaged at its beginning; its name becomes \(try setAside(fs, path))")
    }
    return nil
  }

  /// Keeps a damaged segment for those who want to look into it.
  @discardableResult
  static func setAside(_ fs: some FileSystem, _ path: Path) throws(DiskError) -> Path {
    let target = path.directory / (Array("damaged-".utf8) + path.name)
    try fs.rename(path, to: target, replacing: true)
    return target
  }

  static func removeOthers(_ fs: some FileSystem, _ state: Path, but kept: Path) throws(DiskError) {
    for segment in try segments(fs, state) {
      let path = path(in: state, segment: segment)
      if path != kept { try fs.remove(path) }
    }
  }
}
