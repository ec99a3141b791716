import CLinux
import Glibc

/// The real one.
public struct PosixFileSystem: FileSystem {
  public init() {}

  public func open(_ path: Path, for use: FileUse) throws(DiskError) -> OpenFile {
    let always = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    let flags =
      switch use {
      case .reading: always | O_RDONLY
      case .updating: always | O_RDWR
      case .creating: always | O_RDWR | O_CREAT
      case .creatingNew: always | O_RDWR | O_CREAT | O_EXCL
      case .appending: always | O_RDWR | O_CREAT | O_APPEND
      }
    return OpenFile(descriptor: try check(.open, path) { Glibc.open($0, flags, 0o644) })
  }

  public func close(_ file: OpenFile) { _ = Glibc.close(file.descriptor) }

  public func read(_ file: OpenFile, at offset: Int, count: Int) throws(DiskError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(file.descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, offset + filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    if failure != 0 { throw DiskError(.read, name(of: file), code: failure) }
    return bytes
  }

  public func map(_ file: OpenFile, count: Int) throws(DiskError) -> FileView {
    // Reading behind the end of the file would end the process.
    if try status(of: file).size < count { throw DiskError(.read, name(of: file), code: EIO) }
    if count == 0 { return FileView([]) }
    guard let start = mmap(nil, count, PROT_READ, MAP_SHARED, file.descriptor, 0), start != MAP_FAILED else {
      throw DiskError(.read, name(of: file), code: errno)
    }
    // Look-ups go anywhere: what lies beside is not wanted.
    madvise(start, count, MADV_RANDOM)
    return FileView(mapped: UnsafeRawBufferPointer(start: start, count: count))
  }

  public func write(_ bytes: [UInt8], to file: OpenFile, at offset: Int) throws(DiskError) {
    let failure: Int32 = bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let put = pwrite(
          file.descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
        if put < 0, errno == EINTR { continue }
        if put < 0 { return errno }
        if put == 0 { return EIO }
        done += put
      }
      return 0
    }
    if failure != 0 { throw DiskError(.write, name(of: file), code: failure) }
  }

  public func append(_ bytes: [UInt8], to file: OpenFile) throws(DiskError) {
    // With O_APPEND Linux writes at the end, whatever the offset says (pwrite(2)).
    try write(bytes, to: file, at: 0)
  }

  public func truncate(_ file: OpenFile, to length: Int) throws(DiskError) {
    if ftruncate(file.descriptor, length) != 0 { throw DiskError(.truncate, name(of: file), code: errno) }
  }

  public func sync(_ file: OpenFile) throws(DiskError) {
    if fdatasync(file.descriptor) != 0 { throw DiskError(.sync, name(of: file), code: errno) }
  }

  public func beginWriting(_ file: OpenFile, from offset: Int, count: Int) {
    // An error in writing is told by the sync to come.
    _ = linux_begin_writing(file.descriptor, offset, count)
  }

  public func syncDirectory(_ path: Path) throws(DiskError) {
    let descriptor = try check(.open, path) { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { _ = Glibc.close(descriptor) }
    if fsync(descriptor) != 0 { throw DiskError(.sync, path, code: errno) }
  }

  public func status(of file: OpenFile) throws(DiskError) -> FileStatus {
    var answer = stat()
    if fstat(file.descriptor, &answer) != 0 { throw DiskError(.look, name(of: file), code: errno) }
    return FileStatus(answer)
  }

  public func status(at path: Path) throws(DiskError) -> FileStatus? {
    var answer = stat()
    do {
      try check(.look, path) { lstat($0, &answer) }
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    return FileStatus(answer)
  }

  public func hasWriter(_ file: OpenFile) -> Bool? {
    if linux_probe_lease(file.descriptor) == 0 { return false }
    return errno == EAGAIN ? true : nil
  }

  public func rename(_ from: Path, to: Path, replacing: Bool) throws(DiskError) {
    if replacing { return try rename(from, to) { Glibc.rename($0, $1) } }
    do {
      try rename(from, to) { linux_rename_noreplace($0, $1) }
    } catch {
      // NFS and most FUSE file systems do not know the flag. Look first, then: the folders where a name must not be
      // taken twice have one writer, who holds the lock.
      guard error.code == EINVAL || error.code == ENOSYS else { throw error }
      if try status(at: to) != nil { throw DiskError(.rename, from, code: EEXIST) }
      try rename(from, to) { Glibc.rename($0, $1) }
    }
  }

  private func rename(
    _ from: Path, _ to: Path, _ call: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> CInt
  ) throws(DiskError) {
    let target = to.bytes + [0]
    try check(.rename, from) { from in
      target.withUnsafeBufferPointer { to in
        to.withMemoryRebound(to: CChar.self) { to in to.baseAddress.map { call(from, $0) } ?? -1 }
      }
    }
  }

  public func remove(_ path: Path) throws(DiskError) { try check(.remove, path) { Glibc.remove($0) } }

  public func makeDirectory(_ path: Path) throws(DiskError) {
    do {
      try check(.makeDirectory, path) { mkdir($0, 0o755) }
    } catch {
      guard error.code == EEXIST else { throw error }
      var answer = stat()
      try check(.look, path) { stat($0, &answer) }
      if answer.st_mode & S_IFMT != S_IFDIR { throw DiskError(.makeDirectory, path, code: ENOTDIR) }
    }
  }

  public func list(_ path: Path) throws(DiskError) -> [[UInt8]] {
    var names: [[UInt8]] = []
    try visit(path) { names.append($0) }
    return names
  }

  public func visit(_ path: Path, _ body: ([UInt8]) -> Void) throws(DiskError) {
    let descriptor = try check(.list, path) { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let directory = fdopendir(descriptor) else {
      let code = errno
      _ = Glibc.close(descriptor)
      throw DiskError(.list, path, code: code)
    }
    defer { closedir(directory) }
    while true {
      errno = 0
      guard let entry = readdir(directory) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: field.pointee)) { start in
          Array(
            UnsafeBufferPointer(
              start: start, count: strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))))
        }
      }
      if name != [UInt8(ascii: ".")], name != [UInt8(ascii: "."), UInt8(ascii: ".")] { body(name) }
    }
    if errno != 0 { throw DiskError(.list, path, code: errno) }
  }

  public func lock(_ path: Path, content: [UInt8]) throws(DiskError) -> OpenFile? {
    let file = try open(path, for: .creating)
    if flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      close(file)
      if code == EWOULDBLOCK { return nil }
      throw DiskError(.lock, path, code: code)
    }
    do {
      try truncate(file, to: 0)
      try write(content, to: file, at: 0)
    } catch  where error.code != ENOSPC {
      close(file)
      throw error
    } catch {
      // The lock holds without its content, and a full disk is no reason not to start.
    }
    return file
  }

  public func space(at path: Path) throws(DiskError) -> Space {
    var answer = statvfs()
    try check(.measure, path) { statvfs($0, &answer) }
    let unit = Int(answer.f_frsize)
    return Space(free: Int(answer.f_bavail) * unit, total: Int(answer.f_blocks) * unit)
  }

  public func restraints(at path: Path) -> Restraints {
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    var (attributes, mount): (UInt64, UInt64) = (0, 0)
    linux_attributes(name, &attributes, &mount)
    var found: Restraints = []
    if attributes & UInt64(STATX_ATTR_IMMUTABLE) != 0 { found.insert(.immutable) }
    if attributes & UInt64(STATX_ATTR_APPEND) != 0 { found.insert(.appendOnly) }
    if attributes & UInt64(STATX_ATTR_MOUNT_ROOT) != 0 { found.insert(.mountPoint) }
    var answer = statvfs()
    if statvfs(name, &answer) == 0, answer.f_flag & UInt(ST_RDONLY) != 0 { found.insert(.readOnlyMount) }
    return found
  }

  public func accessList(at path: Path) -> AccessList? {
    attribute(AccessList.attribute, of: path).flatMap(AccessList.init)
  }

  public func shareMount(_ a: Path, _ b: Path) throws(DiskError) -> Bool {
    guard let first = try status(at: a / "."), let second = try status(at: b / ".") else { return false }
    return first.device == second.device && mount(of: a / ".") == mount(of: b / ".")
  }

  /// The number of the mount that a path lies in; 0 where the kernel does not tell.
  private func mount(of path: Path) -> UInt64 {
    var (attributes, mount): (UInt64, UInt64) = (0, 0)
    linux_attributes(path.bytes.map { CChar(bitPattern: $0) } + [0], &attributes, &mount)
    return mount
  }

  public func resolved(_ path: Path) throws(DiskError) -> Path {
    let (found, rest, _) = try walk(path.absolute)
    return rest.reduce(found) { $0 / $1 }
  }

  /// The directories in which a change of a name can make a path lead elsewhere, or to another content: those of the links on its
  /// way, and the one that it leads to or into.
  public func directories(onTheWayTo path: Path) throws(DiskError) -> Set<Path> {
    let (found, rest, links) = try walk(path.absolute)
    return Set(links.map(\.directory) + [rest.isEmpty ? found.directory : found])
  }

  public func realPlace(of path: Path) throws(DiskError) -> RealPlace {
    let (found, rest, _) = try walk(path.absolute)
    guard let nearest = try status(at: found) else { throw DiskError(.look, found, code: ENOENT) }
    var above = try directories(above: found)
    // Mounts that show what this one hides.
    if let file = try? open("/proc/self/mountinfo", for: .reading) {
      defer { close(file) }
      for other in MountTable(try readAll(file)).otherPaths(to: found) {
        if let status = try? status(at: other), status.isSameFile(as: nearest) {
          above.formUnion(try directories(above: other))
        }
      }
    }
    return RealPlace(nearest: nearest.directory, above: above, rest: rest)
  }

  /// Follows a path as far as anything is there.
  ///
  /// - Returns: the last part that is there, by a path without links, the names that are not, and the links that were followed.
  private func walk(_ path: Path) throws(DiskError) -> (Path, [[UInt8]], links: [Path]) {
    var names = Array(path.bytes.split(separator: UInt8(ascii: "/")).map(Array.init).reversed())
    var found: Path = "/"
    var missing: [[UInt8]] = []
    var links: [Path] = []
    while let name = names.popLast() {
      if name == [UInt8(ascii: ".")] { continue }
      if name == Array("..".utf8) {
        if missing.popLast() == nil { found = found.directory }
        continue
      }
      guard missing.isEmpty, let status = try look(at: found / name) else {
        missing.append(name)
        continue
      }
      guard status.kind == .symbolicLink else {
        found = found / name
        continue
      }
      links.append(found / name)
      // As the kernel does.
      if links.count > 40 { throw DiskError(.look, path, code: ELOOP) }
      let target = try readLink(found / name)
      if target.first == UInt8(ascii: "/") { found = "/" }
      names += target.split(separator: UInt8(ascii: "/")).map(Array.init).reversed()
    }
    return (found, missing, links)
  }

  /// `nil` also where nobody lets this process look, and below a file.
  private func look(at path: Path) throws(DiskError) -> FileStatus? {
    do {
      return try status(at: path)
    } catch {
      guard error.code == EACCES || error.code == ENOTDIR else { throw error }
      return nil
    }
  }

  private func directories(above path: Path) throws(DiskError) -> Set<RealPlace.Directory> {
    var found: Set<RealPlace.Directory> = []
    var path = path
    while true {
      if let status = try status(at: path) { found.insert(status.directory) }
      if path == "/" { return found }
      path = path.directory
    }
  }

  private func readLink(_ path: Path) throws(DiskError) -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = try check(.look, path) { Int32(readlink($0, &buffer, buffer.count)) }
    return buffer[..<Int(count)].map { UInt8(bitPattern: $0) }
  }

  public func traits(of directory: Path) throws(DiskError) -> FolderTraits? {
    let place = directory / "."
    guard let status = try status(at: place), status.kind == .directory else { return nil }
    return FolderTraits(
      owner: status.owner, group: status.group, mode: status.mode,
      access: attribute(AccessList.attribute, of: place) ?? [],
      inherited: attribute(AccessList.defaultAttribute, of: place) ?? [])
  }

  public func give(_ traits: FolderTraits, to directory: Path) -> [String] {
    guard let now = try? self.traits(of: directory), now != traits else { return [] }
    let name = directory.bytes.map { CChar(bitPattern: $0) } + [0]
    var refused: [String] = []
    // A change of owner or group takes bits of the mode away.
    if now.owner != traits.owner, chown(name, traits.owner, .max) != 0 { refused.append("owner \(traits.owner)") }
    if now.group != traits.group, chown(name, .max, traits.group) != 0 { refused.append("group \(traits.group)") }
    for (attribute, list) in [
      (AccessList.attribute, traits.access), (AccessList.defaultAttribute, traits.inherited),
    ] {
      if list.isEmpty {
        removexattr(name, attribute)
      } else if setxattr(name, attribute, list, list.count, 0) != 0 {
        refused.append("access list")
      }
    }
    if chmod(name, traits.mode) != 0 {
      refused.append("mode \(String(traits.mode, radix: 8))")
      // A service manager may forbid the bit that hands the group on, and that alone (RestrictSUIDSGID).
      chmod(name, traits.mode & ~0o2000)
    }
    return refused
  }

  public func letRead(_ file: OpenFile, asIn directory: Path) {
    guard let mode = (try? traits(of: directory))??.mode else { return }
    _ = fchmod(file.descriptor, 0o600 | mode & 0o044)
  }

  /// An extended attribute; `nil` where there is none.
  private func attribute(_ attribute: String, of path: Path) -> [UInt8]? {
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    let size = getxattr(name, attribute, nil, 0)
    if size <= 0 { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    return getxattr(name, attribute, &bytes, size) == size ? bytes : nil
  }

  /// Calls `body` with the path as C wants it; a negative answer becomes an error.
  @discardableResult
  private func check(
    _ operation: DiskError.Operation, _ path: Path, _ body: (UnsafePointer<CChar>) -> Int32
  ) throws(DiskError) -> Int32 {
    if path.bytes.contains(0) { throw DiskError(operation, path, code: EINVAL) }
    while true {
      let bytes = path.bytes + [0]
      let (answer, code): (Int32, Int32) = bytes.withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: CChar.self) { buffer in
          guard let start = buffer.baseAddress else { return (-1, EINVAL) }
          let answer = body(start)
          return (answer, answer < 0 ? errno : 0)
        }
      }
      if answer >= 0 { return answer }
      if code != EINTR { throw DiskError(operation, path, code: code) }
    }
  }

  /// The path behind a descriptor, for messages.
  private func name(of file: OpenFile) -> Path {
    let link = "/proc/self/fd/\(file.descriptor)"
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(link, &buffer, buffer.count)
    return count > 0 ? Path(buffer[..<count].map { UInt8(bitPattern: $0) }) : Path(link)
  }
}

extension FileStatus {
  fileprivate var directory: RealPlace.Directory { RealPlace.Directory(device: device, inode: inode) }

  init(_ answer: stat) {
    let kind: Kind =
      switch answer.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      case S_IFIFO: .fifo
      case S_IFSOCK: .socket
      default: .device
      }
    self.init(
      kind: kind, device: UInt64(answer.st_dev), inode: UInt64(answer.st_ino), size: Int(answer.st_size),
      modified: Int64(answer.st_mtim.tv_sec) * 1_000_000_000 + Int64(answer.st_mtim.tv_nsec),
      mode: answer.st_mode & 0o7777, owner: answer.st_uid, group: answer.st_gid, links: Int(answer.st_nlink))
  }
}
