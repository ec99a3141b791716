import ArticleIO
import Bytes
import Disk
import Glibc
import PipelineKit
import StageKit
import Terminal

/// The output of one shard: `part-I.jsonl.zst`, which appears whole, and `part-I.done`, which says what it was made of.
struct Part {
  let shard: Shard
  private let fs = PosixFileSystem()
  private let directory: Path
  /// What a part was made of: where this and the present one are equal, so are the outputs.
  private let origin: [JSONValue.Member]

  /// - Parameter settings: that change lines and are not in the digest.
  /// - Throws: where a file is not there, before anything is done.
  init(
    _ shard: Shard, in directory: String, of files: [[UInt8]], pipeline: String, digest: String,
    settings: [String: String]
  )
    throws
  {
    self.shard = shard
    self.directory = Path(directory).absolute
    let fs = fs
    let inputs = try files.map { path throws(DiskError) in
      // Links are followed, as they are when the file is read.
      let descriptor = openForReading(path)
      guard descriptor >= 0 else { throw DiskError(.open, Path(path), code: errno) }
      let file = OpenFile(descriptor: descriptor)
      defer { fs.close(file) }
      let status = try fs.status(of: file)
      return JSONValue.object([
        .init(key: "name", value: .string(Path.printable(path))), .init(key: "bytes", value: .number("\(status.size)")),
        .init(key: "modified", value: .string(UTC.extended(status.modified / 1_000_000_000))),
      ])
    }
    origin = [
      .init(key: "schema", value: .string("linecaster-part/1")), .init(key: "shard", value: .number("\(shard.index)")),
      .init(key: "of", value: .number("\(shard.count)")), .init(key: "pipeline", value: .string(pipeline)),
      .init(key: "digest", value: .string(digest)),
      .init(
        key: "settings",
        value: .object(settings.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .string($0.value)) })),
      .init(key: "inputs", value: .array(inputs)),
    ]
  }

  var path: Path { directory / "part-\(shard.index).jsonl.zst" }
  private var note: Path { directory / "part-\(shard.index).done" }

  /// The counts of a run that made the same of the same, where its output is still there as it was.
  func finished() throws(DiskError) -> JSONValue? {
    guard let status = try fs.status(at: note), status.kind == .regular, let part = try fs.status(at: path) else {
      return nil
    }
    let file = try fs.open(note, for: .reading)
    defer { fs.close(file) }
    guard let found = try? JSONValue(parsing: fs.readAll(file)), case .object(let members) = found,
      Array(members.prefix(origin.count)) == origin, found["bytes"]?.int == part.size
    else { return nil }
    return found
  }

  /// Begins the output under a name that no reader takes.
  func begin() throws(DiskError) -> PartOutput {
    try fs.makeDirectories(directory)
    // A note of another run must not stand beside this one's output.
    if try fs.status(at: note) != nil { try fs.remove(note) }
    let draft = directory / ".part-\(shard.index).jsonl.zst.tmp"
    let file = try fs.open(draft, for: .creating)
    try fs.truncate(file, to: 0)
    return PartOutput(fs, file, draft)
  }

  func finish(_ output: inout PartOutput, _ counts: FilterCounts) throws {
    let bytes = try output.finish()
    try fs.rename(output.draft, to: path, replacing: true)
    try fs.syncDirectory(directory)
    let figures = [
      ("lines", counts.lines), ("failed", counts.failed), ("set_aside", counts.setAside),
      ("discarded", counts.discarded), ("bytes", bytes),
    ]
    let members = origin + figures.map { .init(key: $0.0, value: .number("\($0.1)")) }
    try fs.replace(note, with: JSONValue.object(members).encoded + [0x0A])
    try fs.syncDirectory(directory)
  }
}

/// A file that is being written, compressed.
struct PartOutput: LineSink {
  private let fs: PosixFileSystem
  private let file: OpenFile
  let draft: Path
  private let writer = ZstdWriter()
  private var length = 0

  init(_ fs: PosixFileSystem, _ file: OpenFile, _ draft: Path) { (self.fs, self.file, self.draft) = (fs, file, draft) }

  mutating func write(_ lines: [UInt8]) throws { try put(writer.add(lines)) }

  /// - Returns: the bytes of the file, which are on the disk.
  mutating func finish() throws -> Int {
    try put(writer.finish())
    try fs.sync(file)
    fs.close(file)
    return length
  }

  /// Gives up what was written.
  mutating func discard() {
    fs.close(file)
    try? fs.remove(draft)
  }

  private mutating func put(_ bytes: [UInt8]?) throws {
    guard let bytes else { throw Complaint("the output cannot be compressed", code: .temporary) }
    try fs.write(bytes, to: file, at: length)
    length += bytes.count
  }
}
