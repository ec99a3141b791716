import Glibc

/// A file of lines, as it is found on the disk.
public struct OutboxFile: Sendable, Equatable {
  public enum Compression: Sendable { case none, gzip, zstandard }

  /// The folder that was named, or that of a file that was named.
  public var outbox: String
  /// From there, without the ending of its compression.
  public var name: String
  public var path: String
  public var compression: Compression
  public var device: Int64 = 0
  public var inode: Int64 = 0
  public var size: Int64 = 0
  /// Nanoseconds.
  public var changed: Int64 = 0

  private static let ending = ".jsonl"

  /// - Parameter name: from the outbox.
  /// - Returns: `nil` where it is none by its name, or no regular file.
  init?(_ name: String, in outbox: String, anyName: Bool = false) {
    self.outbox = outbox
    path = "\(outbox)/\(name)"
    (self.name, compression) =
      name.hasSuffix(".gz")
      ? (String(name.dropLast(3)), .gzip)
      : name.hasSuffix(".zst") ? (String(name.dropLast(4)), .zstandard) : (name, .none)
    guard anyName || self.name.hasSuffix(Self.ending) else { return nil }
    var status = stat()
    guard lstat(path, &status) == 0 || (anyName && stat(path, &status) == 0), status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    take(status)
  }

  mutating func take(_ status: stat) {
    device = Int64(bitPattern: UInt64(status.st_dev))
    inode = Int64(bitPattern: UInt64(status.st_ino))
    size = Int64(status.st_size)
    changed = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }
}

/// What was named on the command line: an outbox, a spool that has one, or one file.
public struct OutboxPlace: Sendable {
  /// A folder, without links on its way.
  public let folder: String
  /// The file in it that was named; `nil` for the whole folder.
  public let file: String?

  /// - Returns: `nil` where there is nothing, or something that is neither folder nor file; `errno` says why.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder || status.st_mode & S_IFMT == S_IFREG else {
      errno = EINVAL
      return nil
    }
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    var whole = String(cString: resolved)
    // A spool stands for its outbox: inputs in it are no records.
    if isFolder, Self.isFolder(whole + "/outbox"), Self.isFolder(whole + "/state") { whole += "/outbox" }
    if isFolder {
      (folder, file) = (whole, nil)
    } else {
      let slash = whole.utf8.lastIndex(of: UInt8(ascii: "/")) ?? whole.startIndex
      (folder, file) = (String(whole[..<slash]), String(whole[whole.utf8.index(after: slash)...]))
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Folders below an outbox that are looked into: those of routes may have parts.
  private static let mostDepth = 8

  /// Its files in the order in which they are read: of each folder the sealed ones by number, then the live one.
  ///
  /// - Parameter folders: the folders that were looked into are added to it.
  public func files(folders: inout [String]) -> [OutboxFile] {
    if let file {
      folders.append(folder)
      return OutboxFile(file, in: folder, anyName: true).map { [$0] } ?? []
    }
    var found: [OutboxFile] = []
    list("", depth: 0, &found, &folders)
    return found
  }

  private func list(_ below: String, depth: Int, _ found: inout [OutboxFile], _ folders: inout [String]) {
    let path = below.isEmpty ? folder : "\(folder)/\(below)"
    guard let directory = opendir(path) else { return }
    folders.append(path)
    var (names, inner): ([String], [String]) = ([], [])
    while let entry = readdir(directory) {
      let type = entry.pointee.d_type
      // A name of at most 255 bytes and a zero, inside of the entry.
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if type == UInt8(DT_DIR) { inner.append(name) } else if name.contains(".jsonl") { names.append(name) }
    }
    closedir(directory)
    let prefix = below.isEmpty ? "" : below + "/"
    for name in names.sorted() {
      if let file = OutboxFile(prefix + name, in: folder) { found.append(file) }
    }
    guard depth < Self.mostDepth else { return }
    for name in inner.sorted() { list(prefix + name, depth: depth + 1, &found, &folders) }
  }
}
