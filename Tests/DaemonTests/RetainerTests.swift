import Disk
import Logging
import PipelineKit
import Spool
import TestSupport
import Testing

@testable import Daemon

@Suite struct RetainerTests {
  @Test func whatNobodyWaitsForGoesAsideUntilTheEnd() throws {
    let directory = TemporaryDirectory()
    let fs = PosixFileSystem()
    let retainer = Retainer(fs, log: Logger(label: "test"))
    let paths = (0..<3).map { directory.path / "journal-\($0)" }
    for path in paths { fs.close(try fs.open(path, for: .creatingNew)) }
    #expect(retainer.remove(paths[0]))
    #expect(retainer.remove(paths[1]))
    retainer.stop()
    #expect(!retainer.remove(paths[2]), "nobody would remove it any more")
    let settings = SpoolSettings(root: directory.path / "spool", lanes: [.init(pipeline: "news")], contentHash: { $0 })
    let spool = try Spool.open(settings, fs)
    retainer.run(spool.retention)
    try spool.close()
    let left = try paths.map { try fs.status(at: $0) != nil }
    #expect(left == [false, false, true])
  }
}
