import Bytes
import Disk

/// What is remembered of an input that was put back into its inbox: how often it had failed, and when first.
///
/// A file in `state/retried/`, called after the inode of the file that waits now. It may be missing, and nothing rests on
/// it: then the count begins anew.
public struct RetryNote: Sendable, Equatable {
  public var pipeline: [UInt8]
  /// As it waits, from the inbox.
  public var name: [UInt8]
  public var attempts: Int
  /// Seconds since 1970; `nil` where it is not known.
  public var first: Int64?

  public init(pipeline: [UInt8], name: [UInt8], attempts: Int, first: Int64?) {
    self.pipeline = pipeline
    self.name = name
    self.attempts = attempts
    self.first = first
  }

  private static func directory(_ root: Path) -> Path { root / "state" / "retried" }

  /// Call it before the file is seen in its inbox.
  public func write(for inode: UInt64, root: Path, _ fs: some FileSystem) throws(DiskError) {
    let directory = Self.directory(root)
    if try fs.status(at: directory) == nil {
      try fs.makeDirectory(directory)
      // The daemon's user has to be able to remove files there.
      if let traits = try fs.traits(of: directory.directory) { _ = fs.give(traits, to: directory) }
    }
    let file = try fs.open(directory / "\(inode)", for: .creating)
    defer { fs.close(file) }
    let content = Array("\(attempts)\n\(first.map(UTC.extended) ?? "")\n".utf8) + pipeline + [0x0A] + name
    try fs.write(content, to: file, at: 0)
    try fs.truncate(file, to: content.count)
  }

  /// Whether anything was put back that is not settled yet.
  static func exist(_ root: Path, _ fs: some FileSystem) -> Bool {
    ((try? fs.status(at: directory(root))) ?? nil) != nil
  }

  /// `nil` where the input was not put back.
  static func read(of input: InputIdentity, _ pipeline: [UInt8], root: Path, _ fs: some FileSystem) -> RetryNote? {
    guard let file = try? fs.open(directory(root) / "\(input.inode)", for: .reading) else { return nil }
    defer { fs.close(file) }
    guard let content = try? fs.readAll(file, limit: 1 << 16) else { return nil }
    let parts = content.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false).map(Array.init)
    // Inodes are used again.
    guard parts.count == 4, parts[2] == pipeline, parts[3] == input.name,
      let attempts = Int(digits: parts[0]), attempts > 0, attempts < 1 << 32
    else { return nil }
    return RetryNote(pipeline: pipeline, name: input.name, attempts: attempts, first: UTC.seconds(parts[1]))
  }

  /// After the input was settled.
  static func remove(of input: InputIdentity, root: Path, _ fs: some FileSystem) {
    guard (try? fs.remove(directory(root) / "\(input.inode)")) != nil else { return }
    if (try? fs.list(directory(root)).isEmpty) == true { _ = try? fs.remove(directory(root)) }
  }
}
