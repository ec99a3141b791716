import Disk
import Synchronization
import TestSupport
import Testing

@testable import Spool

/// A cleaner removes directories under a spool at work.
@Suite struct FoldersTests {
  private final class Said: Sendable {
    let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
  }

  private func spool(_ said: Said) -> TestSpool {
    var test = TestSpool(seed: 1)
    test.settings.report = { _, message in said.lines.withLock { $0.append(message) } }
    return test
  }

  /// Removes a directory and all in it.
  private func remove(_ path: Path, _ disk: SimulatedDisk) throws {
    if try disk.status(at: path)?.kind == .directory {
      for name in try disk.list(path) { try remove(path / name, disk) }
    }
    try disk.remove(path)
  }

  private func mode(_ path: String, _ test: TestSpool) throws -> UInt32? {
    try test.disk.status(at: TestSpool.root / path)?.mode
  }

  @Test(arguments: ["a.txt", String(repeating: "a", count: 250) + ".txt"])
  func claimsGoOnWhereTheirDirectoryWas(name: String) throws {
    let said = Said()
    let test = spool(said)
    let opened = try test.open()
    try test.disk.setMode(0o2770, of: TestSpool.root / "claimed/news")
    try test.disk.setMode(0o751, of: TestSpool.root / "claimed")
    opened.lanes[0].folders.look(isDue: true)
    try test.drop("first.txt", "first")
    try opened.commit(try test.take(opened), now: 1_000_000)
    try remove(TestSpool.root / "claimed", test.disk)
    try test.drop(name, "second")
    try opened.commit(try test.take(opened), now: 1_000_000)
    #expect(try test.outboxLines() == ["first", "second"])
    #expect(try mode("claimed/news", test) == 0o2770)
    #expect(try mode("claimed", test) == 0o751)
    #expect(said.all.count { $0.contains("/spool/claimed is gone: somebody removed it") } == 1, "\(said.all)")
    #expect(said.all.count { $0.contains("is gone") } == 1)
    try opened.close()
  }

  @Test func whatEveryCommitNeedsIsMadeAgain() throws {
    let said = Said()
    let test = spool(said)
    let opened = try test.open()
    for round in 1...2 {
      try test.drop("good.txt", "good \(round)")
      try test.drop("broken.txt", "bad \(round)")
      try test.drop("many.jsonl", "one \(round)\nbad \(round)")
      try opened.commit(try test.take(opened), now: 1_000_000)
      for folder in ["done", "failed", "outbox"] {
        try test.disk.setMode(0o700, of: TestSpool.root / folder)
        #expect(try test.disk.list(TestSpool.root / folder).isEmpty == false)
      }
      try opened.checkpoint()
      if round == 1 {
        for folder in ["done", "failed", "outbox"] {
          opened.lanes[0].folders.look(isDue: true)
          try remove(TestSpool.root / folder, test.disk)
        }
      }
    }
    #expect(try test.outboxLines().sorted() == ["good 2", "one 2"])
    for folder in ["done", "failed", "outbox"] {
      #expect(said.all.count { $0.contains("/spool/\(folder) is gone") } == 1, "\(said.all)")
      #expect(try mode(folder, test) == 0o700)
    }
    try opened.close()
  }

  @Test func anInputThatIsTakenAwayIsTold() throws {
    let said = Said()
    let test = spool(said)
    let opened = try test.open()
    for name in ["a.txt", "b.txt"] { try test.drop(name, name) }
    let settlements = try test.take(opened)
    try remove(TestSpool.root / "claimed", test.disk)
    try opened.commit(settlements, now: 1_000_000)
    #expect(try test.outboxLines() == ["a.txt", "b.txt"])
    #expect(said.all.contains { $0.contains("a.txt and 1 more: taken away by somebody else") }, "\(said.all)")
    try opened.close()
    try test.settleEverything()
    #expect(try test.outboxLines() == ["a.txt", "b.txt"])
  }

  @Test func anInboxIsMadeAgainOnItsOwnDiskOnly() throws {
    let test = TestSpool(seed: 1)
    let opened = try test.open()
    let folders = opened.lanes[0].folders
    #expect(!folders.makeInbox(test.inbox))
    try test.disk.setMode(0o1733, of: test.inbox)
    folders.look(isDue: true)
    try remove(test.inbox, test.disk)
    #expect(folders.makeInbox(test.inbox))
    #expect(try mode("inbox", test) == 0o1733)
    #expect(!folders.makeInbox("/elsewhere"))
    try opened.close()
  }
}
