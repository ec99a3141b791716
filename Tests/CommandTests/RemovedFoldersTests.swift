import Foundation
import Testing

/// Directories that go away under a daemon at work.
@Suite struct RemovedFoldersTests {
  @Test(.timeLimit(.minutes(5))) func aCleanerRemovesEmptyFolders() throws {
    let spool = try CommandSpool()
    for folder in ["claimed/news", "outbox"] {
      try FileManager.default.createDirectory(
        atPath: spool.root.path + "/" + folder, withIntermediateDirectories: true)
    }
    #expect(chmod(spool.root.path + "/claimed/news", 0o2770) == 0)
    #expect(chmod(spool.inbox.path, 0o1777) == 0)
    _ = try spool.startDaemon()
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    while !spool.names("claimed/news").isEmpty { sched_yield() }
    #expect(BuiltCommand.works("find \(spool.root.path) -type d -empty -delete"))
    // The inbox too: nobody but the daemon makes it again.
    while !FileManager.default.fileExists(atPath: spool.inbox.path) { sched_yield() }
    try spool.drop("b.txt", "Snow fell on Tolmar.")
    try spool.waitForRecords(2)
    func mode(_ path: String) -> mode_t {
      var status = stat()
      return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }
    #expect(mode(spool.root.path + "/claimed/news") == 0o2770)
    #expect(mode(spool.inbox.path) == 0o1777)
    spool.waitForMessage("/spool/claimed is gone: somebody removed it")
  }

  @Test(.timeLimit(.minutes(5)), .enabled(if: HeldFilesTests.canMount)) func theInboxGetsAFreshDisk() throws {
    let spool = try CommandSpool()
    let inbox = spool.inbox.path
    #expect(BuiltCommand.works("mount -t tmpfs none \(inbox)"))
    defer { _ = BuiltCommand.works("umount \(inbox)") }
    _ = try spool.startDaemon()
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    #expect(BuiltCommand.works("umount -l \(inbox) && mount -t tmpfs none \(inbox)"))
    try spool.drop("b.txt", "Snow fell on Tolmar.")
    try spool.waitForRecords(2)
    // Whichever is looked at first: the folders of the spool, or where the inbox lies.
    spool.waitForMessage("/spool/inbox/.linecaster is gone", or: "lies on another file system now")
    // The line is there before its input has moved.
    while spool.names("inbox/.linecaster/done/news").isEmpty { sched_yield() }
    #expect(spool.names("inbox/.linecaster/done/news").count == 1)
  }
}
