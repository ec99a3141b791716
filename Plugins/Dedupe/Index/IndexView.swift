import Disk

/// An index as it lies on the disk, only looked at: a daemon may go on writing it.
public struct IndexView {
  private let fs: any FileSystem
  private let directory: Path
  /// A daemon is at work: what is just being written is no fault.
  private let isRunning: Bool

  public init(_ fs: any FileSystem, _ directory: Path, isRunning: Bool) {
    self.fs = fs
    self.directory = directory
    self.isRunning = isRunning
  }

  /// What an index holds.
  public struct Figures: Sendable {
    public var articles = 0
    public var slices = 0
    public var bytes = 0
    /// Articles that founded no cluster of their own.
    public var copies = 0
    /// Seconds since 1970; `nil` without articles.
    public var oldest: Int64?
    public var newest: Int64?
    /// Files that were set aside.
    public var damagedFiles = 0
  }

  /// One article of an index.
  public struct Article: Sendable {
    public var id: [UInt8]
    public var sequence: UInt64?
    /// Seconds since 1970.
    public var arrival: Int64
    /// Days since 1970.
    public var published: Int64?
    public var cluster: [UInt8]
    public var textHash: UInt64
    public var hashes: [UInt32]
    /// Whether `hashes` are all of the text's.
    public var isComplete: Bool
  }

  /// Whether the folder looks like an index.
  public func isIndex() throws(DiskError) -> Bool {
    try fs.list(directory).contains { name in
      name == Array("lock".utf8) || name.suffix(SliceFile.entries.utf8.count).elementsEqual(SliceFile.entries.utf8)
    }
  }

  public func figures() throws(DiskError) -> Figures {
    var figures = Figures()
    for name in try fs.list(directory) {
      if name.starts(with: Array("damaged-".utf8)) { figures.damagedFiles += 1 }
      figures.bytes += try fs.status(at: directory / name)?.size ?? 0
    }
    figures.slices = try SliceFile.all(fs, in: directory).count
    try visit { article in
      figures.articles += 1
      if article.cluster != article.id { figures.copies += 1 }
      figures.oldest = min(figures.oldest ?? article.arrival, article.arrival)
      figures.newest = max(figures.newest ?? article.arrival, article.arrival)
    }
    return figures
  }

  /// Calls `body` with each article, oldest first.
  public func visit(_ body: (Article) -> Void) throws(DiskError) {
    for number in try SliceFile.all(fs, in: directory) {
      guard let bytes = try content(SliceFile.name(number, SliceFile.entries)) else { continue }
      _ = SliceFile.read(bytes.span) { entry, _ in
        body(
          Article(
            id: entry.id, sequence: entry.sequence, arrival: entry.arrival, published: entry.published,
            cluster: entry.cluster ?? entry.id, textHash: entry.textHash, hashes: entry.sketch.hashes,
            isComplete: entry.sketch.isComplete))
      }
    }
  }

  /// Everything that is not as it should be: a path, and a sentence without a full stop.
  public func problems() throws(DiskError) -> [(path: Path, message: String)] {
    var problems: [(path: Path, message: String)] = []
    let numbers = try SliceFile.all(fs, in: directory)
    var next: UInt64 = 0
    for (at, number) in numbers.enumerated() {
      let path = directory / SliceFile.name(number, SliceFile.entries)
      guard let bytes = try content(SliceFile.name(number, SliceFile.entries)) else { continue }
      let slice = Slice(firstNumber: number)
      let isLast = at == numbers.count - 1
      let read = SliceFile.read(bytes.span, slice.append)
      for range in read.damage {
        problems.append((path, "is damaged from byte \(range.lowerBound) to \(range.upperBound)"))
      }
      let table = directory / SliceFile.name(number, SliceFile.table)
      let tableBytes = try content(SliceFile.name(number, SliceFile.table))
      if read.torn > 0, tableBytes != nil || !isLast {
        problems.append((path, "is damaged in its last \(read.torn) bytes"))
      } else if read.torn > 0, !isRunning {
        problems.append((path, "ends in \(read.torn) bytes that a crash left; the next start cuts them off"))
      }
      if slice.count > 0, slice.lastNumber < next {
        problems.append((path, "stands in an earlier file too; the next start removes it"))
      }
      next = max(next, slice.count > 0 ? slice.lastNumber + 1 : number)
      if let tableBytes {
        if let problem = problem(of: tableBytes, slice, length: bytes.count) { problems.append((table, problem)) }
      } else if !isLast, !isRunning {
        problems.append((table, "is missing; the next start makes it"))
      }
    }
    for name in try fs.list(directory) where name.starts(with: Array("damaged-".utf8)) {
      problems.append((directory / name, "was set aside; remove it when it was looked at"))
    }
    return problems
  }

  private func problem(of bytes: [UInt8], _ slice: Slice, length: Int) -> String? {
    let view = FileView(bytes)
    if SealedTable.isOfOtherVersion(view) { return "is of another version; the next start makes it anew" }
    guard let table = SealedTable(view) else { return "is damaged at its beginning" }
    if !table.isIntact { return "is damaged" }
    var content = slice.tableContent
    content.entriesLength = length
    let expected = content.encoded
    let isEqual = expected.withSpan(0..<expected.count) { $0.array(0..<$0.count) == bytes }
    return isEqual == true ? nil : "does not fit its entries"
  }

  /// `nil` where the file went away meanwhile.
  private func content(_ name: String) throws(DiskError) -> [UInt8]? {
    do {
      return try SliceFile.content(fs, directory / name)
    } catch  where error.kind == .missing {
      return nil
    }
  }
}
