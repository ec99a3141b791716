import Disk
import Glibc
import TestSupport
import Testing

@Suite struct PosixFileSystemTests {
  let fs = PosixFileSystem()

  private func write(_ text: String, _ path: Path) throws {
    let file = try fs.open(path, for: .creating)
    defer { fs.close(file) }
    try fs.write(Array(text.utf8), to: file, at: 0)
  }

  private func read(_ path: Path) throws -> String {
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    return String(decoding: try fs.readAll(file), as: UTF8.self)
  }

  @Test func writesAtAnOffsetAndReadsBack() throws {
    let directory = TemporaryDirectory()
    let path = directory.path / "a"
    let file = try fs.open(path, for: .creatingNew)
    try fs.write(Array("hello".utf8), to: file, at: 0)
    try fs.write(Array("p!".utf8), to: file, at: 3)
    try fs.sync(file)
    #expect(try fs.read(file, at: 1, count: 3) == Array("elp".utf8))
    try fs.truncate(file, to: 2)
    fs.close(file)
    #expect(try read(path) == "he")
    #expect(throws: DiskError(.open, path, code: EEXIST)) { try fs.open(path, for: .creatingNew) }
  }

  @Test(arguments: [(0o2750, 0o640), (0o755, 0o644), (0o700, 0o600), (0o733, 0o600)])
  func whoMayReadTheFolderMayReadTheFile(folder: mode_t, expected: mode_t) throws {
    let directory = TemporaryDirectory()
    #expect(chmod("\(directory.path)", folder) == 0)
    let file = try fs.open(directory.path / "a", for: .appending)
    defer { fs.close(file) }
    // As a umask leaves it that is narrower, and one that is wider.
    for before in [0o600, 0o666] as [mode_t] {
      #expect(fchmod(file.descriptor, before) == 0)
      fs.letRead(file, asIn: directory.path)
      var status = stat()
      #expect(fstat(file.descriptor, &status) == 0 && status.st_mode & 0o7777 == expected)
    }
  }

  @Test func namesAreBytes() throws {
    let directory = TemporaryDirectory()
    let names: [[UInt8]] = [[0x6E, 0x0A], [0xFF, 0xFE], Array("ü".utf8)]
    for name in names { try write("x", directory.path / name) }
    let listed = try fs.list(directory.path)
    #expect(Set(listed) == Set(names))
    #expect((directory.path / names[1]).description.hasSuffix("\\xff\\xfe"))
  }

  @Test func renamesNeverOverAnythingUnlessAsked() throws {
    let directory = TemporaryDirectory()
    let (a, b) = (directory.path / "a", directory.path / "b")
    try write("one", a)
    try write("two", b)
    #expect(throws: DiskError(.rename, a, code: EEXIST)) { try fs.rename(a, to: b, replacing: false) }
    #expect(try read(b) == "two")
    try fs.rename(a, to: b, replacing: true)
    #expect(try read(b) == "one")
    #expect(try fs.status(at: a) == nil)
  }

  @Test func opensNoSymbolicLinkAndWaitsForNoFIFO() throws {
    let directory = TemporaryDirectory()
    try write("x", directory.path / "file")
    #expect(symlink("file", (directory.path / "link").description) == 0)
    #expect(mkfifo((directory.path / "fifo").description, 0o600) == 0)
    #expect(throws: DiskError(.open, directory.path / "link", code: ELOOP)) {
      try fs.open(directory.path / "link", for: .reading)
    }
    let fifo = try fs.open(directory.path / "fifo", for: .reading)
    #expect(try fs.status(of: fifo).kind == .fifo)
    fs.close(fifo)
    #expect(try fs.status(at: directory.path / "link")?.kind == .symbolicLink)
  }

  @Test func aLockHasOneHolder() throws {
    let directory = TemporaryDirectory()
    let path = directory.path / "lock"
    let first = try fs.lock(path, content: [0x31])
    #expect(first != nil)
    #expect(try fs.lock(path, content: [0x32]) == nil)
    #expect(try read(path) == "1")
    if let first { fs.close(first) }
    let second = try fs.lock(path, content: [0x33])
    #expect(second != nil)
  }

  @Test func makesDirectoriesAboveAndMindsThoseThatAreThere() throws {
    let directory = TemporaryDirectory()
    let deep = directory.path / "a/b/c"
    try fs.makeDirectories(deep)
    try fs.makeDirectories(deep)
    #expect(try fs.status(at: deep)?.kind == .directory)
    try write("x", directory.path / "file")
    #expect(throws: DiskError.self) { try fs.makeDirectory(directory.path / "file") }
  }

  @Test func tellsWhoWrites() throws {
    let directory = TemporaryDirectory()
    let path = directory.path / "a"
    try write("x", path)
    let reader = try fs.open(path, for: .reading)
    defer { fs.close(reader) }
    // `nil` is right too: not every file system gives leases.
    #expect(fs.hasWriter(reader) != true)
    let writer = try fs.open(path, for: .updating)
    #expect(fs.hasWriter(reader) != false)
    fs.close(writer)
  }

  @Test func errorsNameThePlaceAndTheMend() {
    let error = DiskError(.write, "/spool/outbox/news.jsonl", code: ENOSPC)
    #expect(
      error.description
        == "cannot write /spool/outbox/news.jsonl: no space left on the device; free some, or move the spool to a larger disk"
    )
    #expect(error.isTransient)
    #expect(!DiskError(.sync, "/x", code: EIO).isTransient)
    #expect(!DiskError(.open, "/x", code: EACCES).isTransient)
  }
}

/// Who may do what in a directory, taken from one and given to another.
@Suite struct FolderTraitsTests {
  private let fs = PosixFileSystem()
  /// user::rwx, user:65534:r-x, group::r-x, mask::r-x, other::---
  private let list: [UInt8] =
    [2, 0, 0, 0] + [1, 0, 7, 0, 255, 255, 255, 255] + [2, 0, 5, 0, 0xFE, 0xFF, 0, 0]
    + [4, 0, 5, 0, 255, 255, 255, 255] + [0x10, 0, 5, 0, 255, 255, 255, 255] + [0x20, 0, 0, 0, 255, 255, 255, 255]

  @Test func goFromOneDirectoryToAnother() throws {
    let directory = TemporaryDirectory()
    let (a, b) = (directory.path / "a", directory.path / "b")
    for path in [a, b] { try fs.makeDirectory(path) }
    #expect(chmod(a.description, 0o3750) == 0)
    let traits = try #require(try fs.traits(of: a))
    #expect(traits.mode == 0o3750)
    #expect(fs.give(traits, to: b) == [])
    #expect(try fs.traits(of: b) == traits)
    #expect(try fs.traits(of: directory.path / "c") == nil)
  }

  @Test func accessListsGoAlong() throws {
    let directory = TemporaryDirectory()
    let path = directory.path / "a"
    try fs.makeDirectory(path)
    let own = try #require(try fs.traits(of: path))
    let wanted = FolderTraits(
      owner: own.owner, group: own.group, mode: 0o2750, access: list, inherited: list)
    if fs.give(wanted, to: path) != [] { try Test.cancel("the file system has no access lists") }
    #expect(try fs.traits(of: path) == wanted)
    #expect(fs.accessList(at: path) == AccessList(list))
    #expect(fs.give(own, to: path) == [])
    #expect(try fs.traits(of: path) == own)
  }

  @Test(.enabled(if: geteuid() != 0, "root may give everything")) func whatMayNotBeGivenIsNamed() throws {
    let directory = TemporaryDirectory()
    let path = directory.path / "a"
    try fs.makeDirectory(path)
    var traits = try #require(try fs.traits(of: path))
    traits.owner = 0
    #expect(fs.give(traits, to: path) == ["owner 0"])
  }
}
