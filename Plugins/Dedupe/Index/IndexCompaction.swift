import Disk

/// Makes an index smaller: leaves out what is old or damaged, and puts small slices together. Nobody else may use the
/// index meanwhile; a crash at any moment leaves one that opens.
public struct IndexCompaction {
  private let fs: any FileSystem
  private let directory: Path
  private let seconds: Int64

  /// - Parameter seconds: articles that arrived so long before the newest one are left out, a slice at a time.
  public init(_ fs: any FileSystem, _ directory: Path, keeping seconds: Int64) {
    self.fs = fs
    self.directory = directory
    self.seconds = seconds
  }

  private struct Part {
    var slice: Slice
    var isChanged: Bool
  }

  public func run() throws(DiskError) {
    try fs.syncDirectory(directory)
    for name in try fs.list(directory) where name.starts(with: Array("damaged-".utf8)) {
      try SliceFile.removeIfThere(directory / name, fs)
    }
    let numbers = try SliceFile.all(fs, in: directory)
    var pending: Part?
    var newest = Int64.min
    // The newest first needs no second look at the others: it says what is old.
    if let last = numbers.last { newest = try read(last).slice.newestArrival }
    for number in numbers {
      let part = try read(number)
      let isOld = newest != .min && part.slice.newestArrival < newest - seconds
      if part.slice.count == 0 || isOld && number != numbers.last {
        try SliceFile.remove(number, in: directory, fs)
        continue
      }
      if let first = pending {
        if let joined = join(first.slice, part.slice) {
          pending = Part(slice: joined, isChanged: true)
          try write(joined)
          try SliceFile.remove(number, in: directory, fs)
          continue
        }
        if first.isChanged { try write(first.slice) }
      }
      pending = part
    }
    if let last = pending, last.isChanged { try write(last.slice) }
    try fs.syncDirectory(directory)
    for number in try SliceFile.all(fs, in: directory).dropLast()
    where try fs.status(at: directory / SliceFile.name(number, SliceFile.table)) == nil {
      _ = try SliceFile.write(try read(number).slice.tableContent.encoded, number, in: directory, fs)
    }
  }

  private func read(_ number: UInt64) throws(DiskError) -> Part {
    let bytes = try SliceFile.content(fs, directory / SliceFile.name(number, SliceFile.entries))
    let slice = Slice(firstNumber: number)
    let read = SliceFile.read(bytes.span, slice.append)
    return Part(slice: slice, isChanged: !read.damage.isEmpty || read.torn > 0)
  }

  /// Both as one slice; `nil` where they are too many or too far apart.
  private func join(_ a: Slice, _ b: Slice) -> Slice? {
    let span = max(a.newestArrival, b.newestArrival) - min(a.oldestArrival, b.oldestArrival)
    guard a.isFormer == b.isFormer, span <= seconds / Int64(ArticleIndex.slicesInWindow),
      a.count + b.count <= KeyTable.mostPlaces,
      a.hasRoom(keys: b.offered), a.length + b.length < 1 << 30
    else { return nil }
    let joined = Slice(firstNumber: a.firstNumber)
    for slice in [a, b] { _ = SliceFile.read(slice.tail.span, joined.append) }
    return joined
  }

  private func write(_ slice: Slice) throws(DiskError) {
    try SliceFile.removeIfThere(directory / SliceFile.name(slice.firstNumber, SliceFile.table), fs)
    try SliceFile.replace(
      directory / SliceFile.name(slice.firstNumber, SliceFile.entries), with: FileView(slice.tail), fs)
  }
}
