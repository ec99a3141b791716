import Bytes
import Disk

/// Takes up an index that an earlier run left: complete slices where they lie, the last one into memory.
struct IndexOpening {
  let fs: any FileSystem
  let directory: Path
  let report: @Sendable (_ isLoss: Bool, String) -> Void

  func run(window: Int64) throws(DiskError) -> ArticleIndex {
    var index = ArticleIndex(window: window)
    try fs.makeDirectories(directory)
    try fs.syncDirectory(directory.directory)
    try fs.syncDirectory(directory.directory.directory)
    if try fs.status(at: directory / SliceFile.unfinished) != nil { return try empty(index) }
    try SliceFile.removeIfThere(directory / SliceFile.draft, fs)
    let numbers = try SliceFile.all(fs, in: directory)
    for (at, number) in numbers.enumerated() {
      var missing: [UInt64] = []
      guard let slice = try slice(number, isLast: at == numbers.count - 1, &missing) else { continue }
      if slice.lastNumber < index.nextNumber {
        // Its entries stand in the one before it too: somebody compacted the index and was stopped.
        try SliceFile.remove(number, in: directory, fs)
        continue
      }
      index.adopt(slice, missing: missing)
    }
    for number in try SliceFile.all(fs, in: directory, SliceFile.table) where !numbers.contains(number) {
      try SliceFile.remove(number, in: directory, fs)
    }
    return index
  }

  /// Removes everything; the mark goes last.
  private func empty(_ index: ArticleIndex) throws(DiskError) -> ArticleIndex {
    for name in try fs.list(directory) where name != Array(SliceFile.unfinished.utf8) {
      try SliceFile.removeIfThere(directory / name, fs)
    }
    try fs.syncDirectory(directory)
    try SliceFile.removeIfThere(directory / SliceFile.unfinished, fs)
    try fs.syncDirectory(directory)
    return index
  }

  private func slice(_ number: UInt64, isLast: Bool, _ missing: inout [UInt64]) throws(DiskError) -> Slice? {
    if let slice = try SliceFile.sealed(fs, in: directory, number) { return slice }
    let path = directory / SliceFile.name(number, SliceFile.entries)
    let table = directory / SliceFile.name(number, SliceFile.table)
    let hasTable = try fs.status(at: table) != nil
    let file = try SliceFile.view(fs, path)
    let slice = Slice(firstNumber: number, length: file.count)
    var next = number
    var gaps: [UInt64] = []
    let read = file.withSpan(0..<file.count) { bytes in
      SliceFile.read(bytes) { entry, content in
        // Numbers that only a damaged journal knew leave gaps too: of long ones nothing is to be had.
        if entry.number > next, entry.number - next < 1 << 16 { gaps += Range(from: next, upTo: entry.number) }
        next = max(next, entry.number + 1)
        slice.append(entry, content)
      }
    }
    guard let read else { return nil }
    missing = gaps
    if slice.count == 0 {
      // A crash leaves a file without entries only as the last one.
      if isLast, !hasTable {
        try SliceFile.remove(number, in: directory, fs)
      } else {
        let kept = try setAside(path, number)
        report(true, "\(path) is damaged and kept as \(kept); its articles are not known any more")
      }
      return nil
    }
    let isTorn = isLast && !hasTable && read.damage.isEmpty
    if !read.damage.isEmpty || read.torn > 0 && !isTorn {
      let kept = try setAside(path, number)
      let lost = read.damage.reduce(read.torn) { $0 + $1.count }
      report(
        true,
        "\(path) is damaged: \(lost) bytes hold no articles any more, the others are kept; the file is \(kept) now")
    } else {
      slice.noteFile(of: slice.length)
      if hasTable {
        let isOther = try SealedTable.isOfOtherVersion(SliceFile.view(fs, table))
        report(false, "\(table) is \(isOther ? "of another version of the program" : "damaged") and is made anew")
      }
    }
    if !isLast { try seal(slice) }
    return slice
  }

  private func setAside(_ path: Path, _ number: UInt64) throws(DiskError) -> Path {
    try SliceFile.removeIfThere(directory / SliceFile.name(number, SliceFile.table), fs)
    return try SliceFile.setAside(path, fs)
  }

  /// Writes the slice's table at once and frees its keys: several open slices would not fit in memory.
  private func seal(_ slice: Slice) throws(DiskError) {
    let path = directory / SliceFile.name(slice.firstNumber, SliceFile.entries)
    if !slice.hasFile { try SliceFile.replace(path, with: FileView(slice.tail), fs) }
    slice.adopt(try SliceFile.view(fs, path))
    let table = try SliceFile.write(slice.tableContent.encoded, slice.firstNumber, in: directory, fs)
    if let table = SealedTable(table) { slice.seal(table) }
  }
}
