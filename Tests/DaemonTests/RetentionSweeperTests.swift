import Disk
import Logging
import PipelineKit
import Spool
import TestSupport
import Testing

@testable import Daemon

@Suite struct RetentionSweeperTests {
  @Test func whatNobodyWaitsForGoesAsideUntilTheEnd() throws {
    let directory = TemporaryDirectory()
    let fs = PosixFileSystem()
    let sweeper = RetentionSweeper(fs, log: Logger(label: "test"))
    let paths = (0..<3).map { directory.path / "journal-\($0)" }
    for path in paths { fs.close(try fs.open(path, for: .creatingNew)) }
    #expect(sweeper.remove(paths[0]))
    #expect(sweeper.remove(paths[1]))
    sweeper.stop()
    #expect(!sweeper.remove(paths[2]), "nobody would remove it any more")
    let settings = SpoolSettings(root: directory.path / "spool", lanes: [.init(pipeline: "news")], contentHash: { $0 })
    let spool = try Spool.open(settings, fs)
    sweeper.run(spool.retention)
    try spool.close()
    let left = try paths.map { try fs.status(at: $0) != nil }
    #expect(left == [false, false, true])
  }
}
