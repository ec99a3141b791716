import Disk
import Glibc
import Spool

/// Puts articles into an inbox so that the daemon never sees half of one: written under a name that it does not touch,
/// synced, then renamed, never over a file that waits.
struct SafeDrop {
  struct Dropped {
    /// Where it was put.
    var path: Path
    /// For reading, opened before anybody could take the file.
    var file: OpenFile
    var inode: UInt64
  }

  let inbox: Path
  /// The pipeline takes `NAME` when `NAME.done` stands beside it.
  let hasMarkers: Bool
  let fs: PosixFileSystem

  /// - Parameters:
  ///   - next: the next bytes, none at the end.
  ///   - beforeRename: called with the finished file and the name it will have, while nobody else knows of it; again
  ///     where that name is taken.
  func put(
    _ name: [UInt8], from next: () throws(DiskError) -> [UInt8],
    beforeRename: (OpenFile, [UInt8]) throws(DiskError) -> Void = { _, _ throws(DiskError) in }
  ) throws(DiskError) -> Dropped {
    let (draft, writing) = try makeDraft()
    var isOpen = true
    do throws(DiskError) {
      var length = 0
      while true {
        let piece = try next()
        if piece.isEmpty { break }
        try fs.write(piece, to: writing, at: length)
        length += piece.count
      }
      try fs.sync(writing)
      let file = try fs.open(draft, for: .reading)
      // Nobody may have it open for writing when it arrives.
      fs.close(writing)
      isOpen = false
      do throws(DiskError) {
        let path = try moveIn(draft, name) { name throws(DiskError) in try beforeRename(file, name) }
        return Dropped(path: path, file: file, inode: try fs.status(of: file).inode)
      } catch {
        fs.close(file)
        throw error
      }
    } catch {
      if isOpen { fs.close(writing) }
      _ = try? fs.remove(draft)
      throw error
    }
  }

  private func makeDraft() throws(DiskError) -> (Path, OpenFile) {
    var number = 1
    while true {
      let draft = inbox / ".linecaster-put-\(getpid())-\(number)"
      do throws(DiskError) {
        return (draft, try fs.open(draft, for: .creatingNew))
      } catch {
        guard error.kind == .taken else { throw error }
        number += 1
      }
    }
  }

  private func moveIn(
    _ draft: Path, _ name: [UInt8], _ before: ([UInt8]) throws(DiskError) -> Void
  ) throws(DiskError) -> Path {
    var number = 1
    while true {
      let target = inbox / (number == 1 ? name : otherName(name, number))
      do throws(DiskError) {
        try before(target.name)
        try fs.rename(draft, to: target, replacing: false)
        if hasMarkers { fs.close(try fs.open(inbox / Marker.name(of: target.name), for: .creating)) }
        try fs.syncDirectory(inbox)
        return target
      } catch {
        guard error.kind == .taken else { throw error }
        number += 1
      }
    }
  }
}
