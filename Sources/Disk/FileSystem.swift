/// Everything the spool does to files, so that tests can put a disk under it that crashes at any operation.
public protocol FileSystem: Sendable {
  /// Opens without following a symbolic link and without ever waiting for the other end of a FIFO.
  func open(_ path: Path, for use: FileUse) throws(DiskError) -> OpenFile
  func close(_ file: OpenFile)

  /// Up to `count` bytes from `offset`; fewer only at the end of the file.
  func read(_ file: OpenFile, at offset: Int, count: Int) throws(DiskError) -> [UInt8]
  /// The first `count` bytes of a file, which must be there. What is written later may show or not.
  func map(_ file: OpenFile, count: Int) throws(DiskError) -> FileView
  /// Writes all bytes at `offset`. Doing it again after a failure is safe.
  func write(_ bytes: [UInt8], to file: OpenFile, at offset: Int) throws(DiskError)
  /// Writes all bytes behind the last one of a file that was opened for appending. After a failure some of them may stand
  /// there.
  func append(_ bytes: [UInt8], to file: OpenFile) throws(DiskError)
  func truncate(_ file: OpenFile, to length: Int) throws(DiskError)
  /// Returns when data and length are on the disk. After a failure the content on disk is unknown.
  func sync(_ file: OpenFile) throws(DiskError)
  /// Lets the disk begin with bytes that will be synced later. A hint: it waits for nothing and promises nothing.
  func beginWriting(_ file: OpenFile, from offset: Int, count: Int)
  /// Returns when the names in a directory are on the disk.
  func syncDirectory(_ path: Path) throws(DiskError)

  func status(of file: OpenFile) throws(DiskError) -> FileStatus
  /// `nil` where there is nothing. A symbolic link is not followed.
  func status(at path: Path) throws(DiskError) -> FileStatus?
  /// Whether another process has the file open for writing; `nil` where that cannot be known.
  func hasWriter(_ file: OpenFile) -> Bool?

  /// Fails with EEXIST where `to` is taken and not `replacing`.
  func rename(_ from: Path, to: Path, replacing: Bool) throws(DiskError)
  /// Removes a file or an empty directory.
  func remove(_ path: Path) throws(DiskError)
  /// Fine where the directory is there already; its parent must be.
  func makeDirectory(_ path: Path) throws(DiskError)
  /// Names in a directory without `.` and `..`, in no order.
  func list(_ path: Path) throws(DiskError) -> [[UInt8]]
  /// Calls `body` with each of them, for directories of any size.
  func visit(_ path: Path, _ body: ([UInt8]) -> Void) throws(DiskError)

  /// Takes the lock that `path` stands for and writes `content` there; `nil` where another process holds it.
  func lock(_ path: Path, content: [UInt8]) throws(DiskError) -> OpenFile?
  func space(at path: Path) throws(DiskError) -> Space

  /// What keeps a name where it is, as far as that can be told.
  func restraints(at path: Path) -> Restraints
  /// The access list of a file or directory; `nil` where its mode says all.
  func accessList(at path: Path) -> AccessList?

  /// Whether files can be renamed from one directory to another: only within one mount.
  func shareMount(_ a: Path, _ b: Path) throws(DiskError) -> Bool

  /// The path without links and `..` to the same place, whether anything is there yet or not.
  func resolved(_ path: Path) throws(DiskError) -> Path
  /// Where a path leads.
  func realPlace(of path: Path) throws(DiskError) -> RealPlace

  /// Who may do what in a directory; `nil` where there is none. A symbolic link is followed.
  func traits(of directory: Path) throws(DiskError) -> FolderTraits?
  /// Gives them to a directory, as far as this process may.
  ///
  /// - Returns: what it may not give, in words.
  func give(_ traits: FolderTraits, to directory: Path) -> [String]
  /// Lets those read a file of this process who may read the directory that it lies in, whatever the umask says; where that cannot
  /// be done, the file stays as it is.
  func letRead(_ file: OpenFile, asIn directory: Path)
}

/// Who may do what in a directory.
public struct FolderTraits: Sendable, Equatable {
  public var owner: UInt32
  public var group: UInt32
  /// Permission bits with set-group-ID and the sticky bit.
  public var mode: UInt32
  /// Access lists as the kernel keeps them, of the directory and for what is made in it; empty for none.
  public var access: [UInt8]
  public var inherited: [UInt8]

  public init(owner: UInt32, group: UInt32, mode: UInt32, access: [UInt8] = [], inherited: [UInt8] = []) {
    self.owner = owner
    self.group = group
    self.mode = mode
    self.access = access
    self.inherited = inherited
  }
}

/// What keeps a name where it is, whoever asks for it to be moved.
public struct Restraints: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// `chattr +i`
  public static let immutable = Restraints(rawValue: 1)
  /// `chattr +a`
  public static let appendOnly = Restraints(rawValue: 2)
  /// Something is mounted on it.
  public static let mountPoint = Restraints(rawValue: 4)
  /// It lies in a mount that may only be read.
  public static let readOnlyMount = Restraints(rawValue: 8)
}

/// What a file is opened for.
public enum FileUse: Sendable, Equatable {
  case reading
  /// Reading and writing a file that is there.
  case updating
  /// Reading and writing; made where it is not there.
  case creating
  /// Reading and writing a new file; EEXIST where the name is taken.
  case creatingNew
  /// Reading, and writing where the file ends at that moment, whoever made it longer or shorter; made where it is not there.
  case appending
}

/// An open file. The number means something only to the file system that gave it.
public struct OpenFile: Sendable, Hashable {
  public let descriptor: Int32
  public init(descriptor: Int32) { self.descriptor = descriptor }
}

/// What the file system knows of a file.
public struct FileStatus: Sendable, Equatable {
  public enum Kind: Sendable, Equatable { case regular, directory, symbolicLink, fifo, socket, device }

  public var kind: Kind
  public var device: UInt64
  public var inode: UInt64
  /// Bytes.
  public var size: Int
  /// Nanoseconds since 1970.
  public var modified: Int64
  /// Permission bits.
  public var mode: UInt32
  public var owner: UInt32
  public var group: UInt32
  public var links: Int

  public init(
    kind: Kind, device: UInt64, inode: UInt64, size: Int, modified: Int64, mode: UInt32, owner: UInt32,
    group: UInt32 = 0, links: Int
  ) {
    self.kind = kind
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.mode = mode
    self.owner = owner
    self.group = group
    self.links = links
  }

  /// Whether both are the same file, whatever was written to it in between.
  public func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }

  /// Whether nothing was written between the two looks.
  public func isUnchanged(since other: FileStatus) -> Bool {
    isSameFile(as: other) && size == other.size && modified == other.modified
  }
}

/// Bytes of a file system.
public struct Space: Sendable, Equatable {
  public var free: Int
  public var total: Int
  public init(free: Int, total: Int) {
    self.free = free
    self.total = total
  }
}

extension FileSystem {
  public func beginWriting(_ file: OpenFile, from offset: Int, count: Int) {}
  public func restraints(at path: Path) -> Restraints { [] }
  public func accessList(at path: Path) -> AccessList? { nil }
  public func resolved(_ path: Path) throws(DiskError) -> Path { path }
  public func letRead(_ file: OpenFile, asIn directory: Path) {}

  /// Gives a file a new content, which appears under its name only when it is whole.
  public func replace(_ path: Path, with bytes: [UInt8]) throws(DiskError) {
    let draft = path.directory / (Array(".".utf8) + path.name + Array(".new".utf8))
    let file = try open(draft, for: .creating)
    do {
      defer { close(file) }
      try truncate(file, to: 0)
      try write(bytes, to: file, at: 0)
      try sync(file)
    }
    try rename(draft, to: path, replacing: true)
  }

  /// Removes a file, or a directory with all that is in it, as far as that goes. Links are not followed.
  public func removeTree(_ path: Path) {
    if let status = try? status(at: path), status.kind == .directory {
      for name in (try? list(path)) ?? [] { removeTree(path / name) }
    }
    try? remove(path)
  }

  /// Makes a directory and those above it.
  public func makeDirectories(_ path: Path) throws(DiskError) {
    if try status(at: path) != nil { return try makeDirectory(path) }
    let parent = path.directory
    if parent != path, parent != "." { try makeDirectories(parent) }
    try makeDirectory(path)
  }

  /// The whole content of an open file, at most `limit` bytes.
  public func readAll(_ file: OpenFile, limit: Int = .max) throws(DiskError) -> [UInt8] {
    let expected = try status(of: file).size
    var bytes = try read(file, at: 0, count: min(limit, expected + 1))
    while bytes.count < limit {
      let more = try read(file, at: bytes.count, count: min(limit - bytes.count, 1 << 20))
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }
}
