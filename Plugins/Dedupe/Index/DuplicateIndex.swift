import Disk
import StageKit
import Threads

/// The index of a spool, or of a `pipe`: who decides asks it, and the journal's writer makes it durable.
public final class DuplicateIndex: JournaledState {
  /// Articles that are remembered without a directory: about 200 MB.
  static let mostInMemory = 250_000

  // Tests of a pipeline decide in a forked worker, where a Mutex of Synchronization traps: it keeps the number of the thread
  // that it was first used on.
  private let state: Monitor<ArticleIndex>
  private let place: StateDirectory?
  /// Whether the journal holds changes that follow on others, of which nothing is here.
  private let lacksEarlier = Monitor(false)
  private let deliveries: Monitor<DeliveryNote>

  /// In memory, empty.
  ///
  /// - Parameter window: seconds.
  init(window: Int64) {
    state = Monitor(ArticleIndex(window: window, mostInMemory: Self.mostInMemory))
    place = nil
    deliveries = Monitor(DeliveryNote())
  }

  private init(_ index: sending ArticleIndex, _ deliveries: DeliveryNote, _ place: StateDirectory) {
    state = Monitor(index)
    self.deliveries = Monitor(deliveries)
    self.place = place
  }

  /// Opens the index in a directory, or begins one there.
  public static func open(_ place: StateDirectory, windowSeconds: Int64) throws(DiskError) -> DuplicateIndex {
    let opening = IndexOpening(fs: place.fs, directory: place.path, report: place.report)
    var index = try opening.run(window: windowSeconds)
    let deliveries = try DeliveryNote.read(place.fs, in: place.path, next: index.nextNumber)
    index.undelivered = deliveries.undelivered
    return DuplicateIndex(index, deliveries, place)
  }

  func withIndex<R: Sendable>(_ body: (inout ArticleIndex) -> R) -> R { state.withLock { body(&$0) } }

  /// Articles are remembered for at least so many seconds.
  func keep(for window: Int64) { state.withLock { $0.window = max($0.window, window) } }

  public var count: Int { state.withLock { $0.count } }

  // MARK: - JournaledState

  public func replay(_ change: [UInt8]) {
    state.withLock { index in
      if index.nextNumber == 0, EntryHead.number(of: change) ?? 0 > 0 { lacksEarlier.withLock { $0 = true } }
      index.replay(change)
    }
  }

  public func committed(_ change: [UInt8]) {
    guard let number = EntryHead.number(of: change) else { return }
    state.withLock { $0.commit(through: number) }
  }

  public func makeDurable() throws(DiskError) {
    guard let place else { return }
    try write(place)
    do {
      try seal(place)
    } catch  where error.isTransient {
      // Entries are all that must be there; on a full disk they wait in memory for their table.
    }
    for number in state.withLock({ $0.takeForgotten() }) { try SliceFile.remove(number, in: place.path, place.fs) }
    for number in state.withLock({ $0.takeDamaged() }) {
      place.report(
        true,
        "\(place.path / SliceFile.name(number, SliceFile.entries)) is damaged; some of its articles are not found; "
          + "linecaster dedupe verify says more")
    }
  }

  public func delivered(through change: [UInt8]) throws(DiskError) {
    guard let place else { return }
    let next = EntryHead.number(of: change).map { $0 + 1 } ?? state.withLock { $0.nextNumber }
    let note = deliveries.withLock { note in
      note.next = next
      return note
    }
    try note.write(place.fs, in: place.path)
  }

  private func write(_ place: StateDirectory) throws(DiskError) {
    let (fs, directory) = (place.fs, place.path)
    let jobs = state.withLock { index in
      index.slices.indices.compactMap { at -> (UInt64, offset: Int, bytes: [UInt8], end: Int)? in
        guard let work = index.slices[at].unwritten(count: index.committedCount(of: at)) else { return nil }
        return (index.slices[at].firstNumber, work.offset, work.bytes, work.end)
      }
    }
    for (number, offset, bytes, end) in jobs {
      let file = try fs.open(directory / SliceFile.name(number, SliceFile.entries), for: .creating)
      defer { fs.close(file) }
      try fs.write(bytes, to: file, at: offset)
      if try fs.status(of: file).size > end { try fs.truncate(file, to: end) }
      try fs.sync(file)
      let view = try fs.map(file, count: end)
      // Each name before the next file: what a restart finds is all up to some entry.
      if offset == 0 { try fs.syncDirectory(directory) }
      state.withLock { index in index.slices.first { $0.firstNumber == number }?.adopt(view) }
    }
  }

  private func seal(_ place: StateDirectory) throws(DiskError) {
    let jobs = state.withLock { index in
      index.slices.indices.filter(index.isReadyToSeal).map { index.slices[$0].tableContent }
    }
    for content in jobs {
      let view = try SliceFile.write(content.encoded, content.firstNumber, in: place.path, place.fs)
      guard let table = SealedTable(view) else { continue }
      state.withLock { index in index.slices.first { $0.firstNumber == content.firstNumber }?.seal(table) }
    }
  }

  // MARK: - Filling

  /// Whether earlier articles of the spool are not in it: it is new, or its files went away.
  public var wantsFilling: Bool { lacksEarlier.withLock { $0 } || count == 0 }

  /// Empties it to be filled with earlier articles; until `endFilling` a restart begins anew.
  public func beginFilling() throws(DiskError) {
    state.withLock { $0.removeAll() }
    guard let place else { return }
    let mark = place.path / SliceFile.unfinished
    place.fs.close(try place.fs.open(mark, for: .creating))
    try place.fs.syncDirectory(place.path)
    for number in try SliceFile.all(place.fs, in: place.path) {
      try SliceFile.remove(number, in: place.path, place.fs)
    }
  }

  public func endFilling() throws(DiskError) {
    lacksEarlier.withLock { $0 = false }
    try makeDurable()
    guard let place else { return }
    try SliceFile.removeIfThere(place.path / SliceFile.unfinished, place.fs)
    try place.fs.syncDirectory(place.path)
  }
}
