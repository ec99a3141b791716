import Disk

/// The files of an outlet, oldest first, as they are at one moment. Close it after use.
public struct OutboxView {
  public struct File {
    public let path: Path
    /// Nanoseconds since 1970.
    public let modified: Int64
    public let isLive: Bool
    /// The live file is held open, because it may get another name.
    fileprivate let held: OpenFile?
  }

  public let files: [File]
  private let fs: any FileSystem

  public init(_ outlet: OutletFiles, _ fs: any FileSystem) throws(DiskError) {
    self.fs = fs
    guard try fs.status(at: outlet.directory / ".")?.kind == .directory else {
      files = []
      return
    }
    // The live file first: whoever seals it meanwhile makes it a file of the list, and it is known by its inode.
    var live: (file: OpenFile, status: FileStatus)?
    if try fs.status(at: outlet.live)?.kind == .regular, let file = try? fs.open(outlet.live, for: .reading) {
      live = (file, try fs.status(of: file))
    }
    var files: [File] = []
    let sealed = try fs.list(outlet.directory).compactMap { name in outlet.sealedNumber(name).map { ($0, name) } }
    for (_, name) in sealed.sorted(by: { $0.0 < $1.0 }) {
      guard let status = try fs.status(at: outlet.directory / name), status.kind == .regular else { continue }
      if let held = live, held.status.isSameFile(as: status) {
        fs.close(held.file)
        live = nil
      }
      files.append(File(path: outlet.directory / name, modified: status.modified, isLive: false, held: nil))
    }
    if let live {
      files.append(File(path: outlet.live, modified: live.status.modified, isLive: true, held: live.file))
    }
    self.files = files
  }

  public func close() {
    for file in files { if let held = file.held { fs.close(held) } }
  }

  /// Calls `body` with the number of each line, from 1, and its bytes without the line end; a last line that has no
  /// line end is not whole. A file that a consumer took away has no lines.
  public func readLines(
    of file: File, _ body: (_ number: Int, _ line: [UInt8], _ isWhole: Bool) -> Void
  ) throws(DiskError) {
    let open: OpenFile
    if let held = file.held {
      open = held
    } else {
      do {
        open = try fs.open(file.path, for: .reading)
      } catch {
        if error.kind == .missing { return }
        throw error
      }
    }
    defer { if file.held == nil { fs.close(open) } }
    var (at, number, pending) = (0, 1, [UInt8]())
    while true {
      let piece = try fs.read(open, at: at, count: 1 << 20)
      if piece.isEmpty { break }
      at += piece.count
      var start = 0
      while let end = piece[start...].firstIndex(of: 0x0A) {
        body(number, pending + piece[start..<end], true)
        number += 1
        pending = []
        start = end + 1
      }
      pending += piece[start...]
    }
    if !pending.isEmpty { body(number, pending, false) }
  }
}
