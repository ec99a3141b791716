import Disk
import Glibc
import Logging
import Spool
import Testing

@testable import Daemon

@Suite struct InboxTests {
  private let disk = SimulatedDisk(seed: 1)
  private let queue = ReadyQueue()
  private let start = ContinuousClock.now

  private func inbox(settle: Duration = .seconds(1)) throws -> Inbox {
    let settings = SpoolSettings(root: "/spool", lanes: [.init(pipeline: "news")], contentHash: { $0 })
    let spool = try Spool.open(settings, disk)
    return Inbox(
      spool.lanes[0], disk, rules: NameRules(accept: ["*.txt"]), settle: settle, queue: queue, foreign: [],
      isPolled: false, log: Logger(label: "test") { _ in Listener(said: Said()) })
  }

  private func write(_ name: String, _ content: String) throws {
    let file = try disk.open("/spool/inbox" / name, for: .creating)
    try disk.write(Array(content.utf8), to: file, at: 0)
    disk.close(file)
  }

  private func event(_ name: String, _ mask: Int) -> Inotify.Event {
    Inotify.Event(watch: 1, mask: UInt32(mask), name: Array(name.utf8))
  }

  private func ready() -> [String] {
    var names: [String] = []
    while case .name(let name)? = queue.next(until: .now) { names.append(String(decoding: name, as: UTF8.self)) }
    return names
  }

  @Test func whatIsRenamedInIsReadyAtOnce() throws {
    var inbox = try inbox()
    try write("a.txt", "x")
    inbox.take(event("a.txt", Int(IN_MOVED_TO)), at: start)
    inbox.take(event("a.txt.part", Int(IN_MOVED_TO)), at: start)
    inbox.take(event(".a.txt", Int(IN_MOVED_TO)), at: start)
    #expect(ready() == ["a.txt"])
  }

  @Test func whatIsWrittenSettles() throws {
    var inbox = try inbox()
    try write("a.txt", "x")
    inbox.take(event("a.txt", Int(IN_CLOSE_WRITE)), at: start)
    inbox.release(at: start + .milliseconds(999))
    #expect(ready() == [])
    #expect(inbox.nextDue == start + .seconds(1))
    inbox.release(at: start + .seconds(1))
    #expect(ready() == ["a.txt"])
    #expect(inbox.waiting == 0)
  }

  @Test func aWriteBeginsTheQuietAnew() throws {
    var inbox = try inbox()
    try write("a.txt", "x")
    inbox.scan(at: start)
    try write("a.txt", "more")
    inbox.release(at: start + .seconds(1))
    #expect(ready() == [])
    inbox.release(at: start + .seconds(2))
    #expect(ready() == ["a.txt"])
  }

  @Test func oneScanComesByTimeAndName() throws {
    var inbox = try inbox()
    for name in ["c.txt", "a.txt", "b.txt"] { try write(name, "x") }
    inbox.scan(at: start)
    inbox.release(at: start + .seconds(1))
    #expect(ready() == ["c.txt", "a.txt", "b.txt"])
  }

  @Test func aNameIsQueuedOnce() throws {
    var inbox = try inbox()
    try write("a.txt", "x")
    inbox.take(event("a.txt", Int(IN_MOVED_TO)), at: start)
    inbox.take(event("a.txt", Int(IN_MOVED_TO)), at: start)
    inbox.scan(at: start)
    inbox.release(at: start + .seconds(5))
    #expect(ready() == ["a.txt"])
  }

  @Test func whatWentAwayIsForgotten() throws {
    var inbox = try inbox()
    try write("a.txt", "x")
    inbox.scan(at: start)
    try disk.remove("/spool/inbox/a.txt")
    inbox.release(at: start + .seconds(1))
    #expect(ready() == [])
    #expect(inbox.waiting == 0)
  }
}
