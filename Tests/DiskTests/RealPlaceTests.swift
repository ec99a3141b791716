import Disk
import Glibc
import TestSupport
import Testing

/// Two names for one place are told to be one.
@Suite struct RealPlaceTests {
  private let fs = PosixFileSystem()
  private let scratch = Scratch()

  private func place(_ path: String) throws -> RealPlace { try fs.realPlace(of: scratch.path / path) }

  private func make(_ paths: String...) throws {
    for path in paths { try fs.makeDirectories(scratch.path / path) }
  }

  @Test func spellingDoesNotMatter() throws {
    try make("a/b")
    #expect(try place("a/b") == place("a/./b/../b/"))
    #expect(try place("a/b") == fs.realPlace(of: Path("\(scratch.path)/../\(scratch.path.name.text)/a/b")))
    #expect(try place("a/b") != place("a"))
    #expect(try place("a/b").isWithin(place("a")))
    #expect(try !place("a").isWithin(place("a/b")))
  }

  @Test func whatIsNotThereYetHasAPlace() throws {
    try make("a")
    #expect(try place("a/new/deep") == place("a/new/../new/deep"))
    #expect(try place("a/new/deep").isWithin(place("a/new")))
    #expect(try place("a/new/deep").isWithin(place("a")))
    #expect(try !place("a/newer").isWithin(place("a/new")))
    #expect(try place("a/new/../../a") == place("a"))
    try scratch.directory.write("file", "x")
    #expect(try place("file/below").isWithin(place("file")))
  }

  @Test func linksAreFollowedAlsoToNowhere() throws {
    try make("a")
    let base = scratch.path
    #expect(symlink("a", (base / "link").description) == 0)
    #expect(symlink("a/later", (base / "dangling").description) == 0)
    #expect(symlink(base.description, (base / "a/up").description) == 0)
    #expect(try place("link") == place("a"))
    #expect(try place("link/x").isWithin(place("a")))
    #expect(try place("dangling") == place("a/later"))
    #expect(try place("a/up/a/up/link") == place("a"))
    #expect(symlink("loop", (base / "loop").description) == 0)
    #expect(throws: DiskError.self) { try place("loop") }
  }

  @Test(.enabled(if: geteuid() == 0)) func mountsAreSeenThrough() throws {
    try make("a/b/c", "m", "n")
    func mount(_ source: String, _ target: String) -> Bool {
      Glibc.mount((scratch.path / source).description, (scratch.path / target).description, "none", 4096, nil) == 0
    }
    guard mount("a", "m") else { try Test.cancel("this root may not mount") }
    defer { umount((scratch.path / "m").description) }
    #expect(try place("m") == place("a"))
    #expect(try place("m/b/new") == place("a/b/new"))
    // Above a folder that is mounted by itself lies what it lies in.
    #expect(mount("a/b", "n"))
    defer { umount((scratch.path / "n").description) }
    #expect(try place("n/c").isWithin(place("a")))
    #expect(try place("n") == place("m/b"))
    #expect(try !place("n").isWithin(place("a/b/c")))
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

/// A directory that goes with its test.
private final class Scratch {
  let directory = TemporaryDirectory()
  var path: Path { directory.path }
}
