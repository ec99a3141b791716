import Disk

/// The journal as it lies on the disk, only looked at: a daemon may go on writing it.
struct JournalView {
  /// The newest segment that begins with a checkpoint.
  struct Newest {
    var path: Path
    var checkpoint: JournalRecord.Checkpoint
    /// Behind the checkpoint.
    var records: [JournalRecord]
    /// Byte ranges that hold no valid record.
    var damage: [Range<Int>]
    var tornBytes: Int
    /// Whether a former version wrote it.
    var isFormer: Bool
  }

  var newest: Newest?
  /// Newer segments whose beginning is damaged.
  var unreadable: [Path] = []
  /// Older segments that a crash left behind.
  var older: [Path] = []

  /// Bytes that hold any checkpoint but one with thousands of half-settled files.
  private static let headSize = 1 << 20

  /// - Parameter headOnly: the checkpoint is enough; what follows it, and what is damaged there, is not looked at.
  init(_ fs: some FileSystem, state: Path, headOnly: Bool = false) throws(DiskError) {
    guard try fs.status(at: state) != nil else { return }
    try find(fs, state, limit: headOnly ? Self.headSize : .max)
    if headOnly, !unreadable.isEmpty { try find(fs, state, limit: .max) }
  }

  private mutating func find(_ fs: some FileSystem, _ state: Path, limit: Int) throws(DiskError) {
    // A checkpoint may replace the segment while it is looked for.
    for _ in 0..<10 {
      (newest, unreadable, older) = (nil, [], [])
      if try look(fs, state, limit: limit) { return }
    }
  }

  /// - Returns: whether no segment went away meanwhile.
  private mutating func look(_ fs: some FileSystem, _ state: Path, limit: Int) throws(DiskError) -> Bool {
    for segment in try JournalFile.segments(fs, state).reversed() {
      let path = JournalFile.path(in: state, segment: segment)
      if newest != nil {
        older.append(path)
        continue
      }
      do {
        guard let content = try JournalFile.read(fs, path, for: .reading, limit: limit) else {
          unreadable.append(path)
          continue
        }
        fs.close(content.journal.file)
        guard case .checkpoint(let checkpoint) = content.records.first else {
          unreadable.append(path)
          continue
        }
        newest = Newest(
          path: path, checkpoint: checkpoint, records: Array(content.records.dropFirst()), damage: content.damage,
          tornBytes: content.tornBytes, isFormer: content.former != nil)
      } catch {
        if error.kind == .missing { return false }
        throw error
      }
    }
    return true
  }

  /// The settled articles since the checkpoint, in order.
  var entries: [JournalRecord.Entry] {
    (newest?.records ?? []).flatMap { record -> [JournalRecord.Entry] in
      if case .batch(let batch) = record { batch.entries } else { [] }
    }
  }

  /// The lanes as the journal leaves them: what the checkpoint says and what was settled since.
  func lanes(root: Path) -> [LaneState] {
    guard let newest else { return [] }
    var lanes = newest.checkpoint.lanes
    for index in lanes.indices { lanes[index].places = lanes[index].places.resolved(under: root) }
    for entry in entries where lanes.indices.contains(entry.lane) { lanes[entry.lane].note(entry) }
    return lanes
  }
}
