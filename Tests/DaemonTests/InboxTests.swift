import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import TestSupport
import Testing

@testable import Daemon

@Suite struct InboxTests {
  private let disk = SimulatedDisk(seed: 1)
  private let queue = ReadyQueue(capacity: 8)
  private let start = ContinuousClock.now

  private func inbox(
    settle: Duration = .seconds(1), ready: Readiness = .auto, capacity: Int = 100, readsFolders: Bool = false
  ) throws -> Inbox {
    let settings = SpoolSettings(root: "/spool", lanes: [.init(pipeline: "news")], contentHash: { $0 })
    let spool = try Spool.open(settings, disk)
    return Inbox(
      spool.lanes[0], disk,
      Inbox.Rules(
        names: NameRules(accept: ["*.txt"]), ready: ready, settle: settle, readsFolders: readsFolders,
        capacity: capacity), queue: queue,
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
    while case .name(let name, _)? = queue.next(until: .now) { names.append(String(decoding: name, as: UTF8.self)) }
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

  // MARK: - ready: rename

  @Test func whatIsWrittenHereWaitsForARename() throws {
    var inbox = try inbox(ready: .rename)
    try write("a.txt", "x")
    inbox.take(event("a.txt", Int(IN_CREATE)), at: start)
    inbox.take(event("a.txt", Int(IN_CLOSE_WRITE)), at: start)
    inbox.scan(at: start)
    inbox.release(at: start + .seconds(9))
    #expect(ready() == [])
    try disk.rename("/spool/inbox/a.txt", to: "/spool/inbox/b.txt", replacing: false)
    inbox.take(event("b.txt", Int(IN_MOVED_TO)), at: start)
    #expect(ready() == ["b.txt"])
  }

  @Test func whatWasThereBeforeTheStartSettles() throws {
    var inbox = try inbox(ready: .rename)
    try write("a.txt", "x")
    inbox.scan(at: start)
    inbox.release(at: start)
    #expect(ready() == [])
    inbox.release(at: start + .seconds(1))
    #expect(ready() == ["a.txt"])
  }

  // MARK: - ready: marker

  @Test func aFileWaitsForItsMarkerAndAMarkerForItsFile() throws {
    var inbox = try inbox(ready: .marker)
    try write("a.txt", "x")
    inbox.take(event("a.txt", Int(IN_MOVED_TO)), at: start)
    inbox.scan(at: start)
    inbox.release(at: start + .seconds(9))
    #expect(ready() == [])
    try write("a.txt.done", "")
    inbox.take(event("a.txt.done", Int(IN_CREATE)), at: start)
    inbox.take(event("a.txt.done", Int(IN_CLOSE_WRITE)), at: start)
    #expect(ready() == ["a.txt"])
    try write("b.txt.done", "")
    inbox.take(event("b.txt.done", Int(IN_CLOSE_WRITE)), at: start)
    #expect(ready() == [])
    try write("b.txt", "x")
    inbox.take(event("b.txt", Int(IN_CLOSE_WRITE)), at: start)
    #expect(ready() == ["b.txt"])
  }

  @Test func aScanFindsMarkedFilesAndNoMarkers() throws {
    var inbox = try inbox(ready: .marker)
    for name in ["a.txt", "b.txt", "b.txt.done", "c.txt.done", "x.doc", "x.doc.done"] { try write(name, "x") }
    inbox.scan(at: start)
    #expect(ready() == ["b.txt"])
  }

  // MARK: - More files than fit

  @Test func theOldestOfManyComeFirstAndTheRestLater() throws {
    var inbox = try inbox(capacity: 4)
    let names = (0..<30).map { "\(($0 * 7) % 30).txt" }
    for name in names { try write(name, "x") }
    var seen: [String] = []
    var now = start
    inbox.scan(at: now)
    for _ in 0..<40 where seen.count < 30 {
      #expect(inbox.waiting <= 4)
      now += .seconds(1)
      inbox.release(at: now)
      #expect(queue.count <= 8)
      for name in ready() {
        seen.append(name)
        try disk.remove("/spool/inbox" / name)
      }
      if inbox.wantsScan { inbox.scan(at: now) }
    }
    #expect(seen == names)
    #expect(!inbox.hasMore)
  }

  @Test func whatFindsNoRoomIsFoundByTheNextScan() throws {
    var inbox = try inbox()
    for number in 0..<20 {
      try write("\(number).txt", "x")
      inbox.take(event("\(number).txt", Int(IN_MOVED_TO)), at: start)
    }
    #expect(queue.count == 8)
    #expect(inbox.hasMore)
    #expect(ready() == (0..<8).map { "\($0).txt" })
    for number in 0..<8 { try disk.remove(Path("/spool/inbox/\(number).txt")) }
    inbox.scan(at: start)
    inbox.release(at: start + .seconds(1))
    #expect(ready() == (8..<16).map { "\($0).txt" })
  }

  // MARK: - Folders

  @Test func foldersAreReadWhereTheyAreAskedFor() throws {
    var flat = try inbox()
    for folder in ["desk", "desk/north", "x.txt"] { try disk.makeDirectory("/spool/inbox" / folder) }
    for name in ["b.txt", "desk/a.txt", "desk/north/c.txt", "x.txt/d.txt"] { try write(name, "x") }
    flat.scan(at: start)
    flat.release(at: start + .seconds(1))
    #expect(ready() == ["b.txt"])
    disk.restart(.afterKill)
    var deep = try inbox(readsFolders: true)
    deep.scan(at: start)
    deep.release(at: start + .seconds(1))
    #expect(ready() == ["b.txt", "desk/a.txt", "desk/north/c.txt", "x.txt/d.txt"])
  }

  @Test func aFolderThatComesIsReadWithWhatItHolds() throws {
    var inbox = try inbox(readsFolders: true)
    inbox.scan(at: start)
    try disk.makeDirectories("/spool/inbox/desk/north")
    try write("desk/north/a.txt", "x")
    inbox.take(event("desk", Int(IN_CREATE | IN_ISDIR)), at: start)
    #expect(inbox.waiting == 1)
    inbox.release(at: start + .seconds(1))
    #expect(ready() == ["desk/north/a.txt"])
  }

  @Test func theOldestOfAllFoldersComeFirst() throws {
    var inbox = try inbox(capacity: 3, readsFolders: true)
    try disk.makeDirectory("/spool/inbox/desk")
    for name in ["desk/1.txt", "2.txt", "desk/3.txt", "4.txt", "desk/5.txt"] { try write(name, "x") }
    inbox.scan(at: start)
    inbox.release(at: start + .seconds(1))
    #expect(ready() == ["desk/1.txt", "2.txt", "desk/3.txt"])
    #expect(inbox.hasMore)
  }

  @Test func aWatchKeepsToItsFolderUnderAnyName() {
    var watches = FolderWatches()
    func folder(_ watch: Int32) -> String? { watches.folder(of: watch).map { String(decoding: $0, as: UTF8.self) } }
    func set(_ watch: Int32?, _ folder: String) { watches.set(watch, of: Array(folder.utf8)) }
    set(1, "a")
    set(2, "a/b")
    set(3, "ab")
    // Renamed: the same directory, the same watch.
    set(1, "c")
    set(2, "c/b")
    #expect([1, 2, 3].map(folder) == ["c", "c/b", "ab"])
    #expect(watches.drop(Array("a".utf8)) == [])
    // Another directory in its place.
    set(4, "c")
    #expect(folder(1) == nil && folder(4) == "c")
    #expect(watches.drop(Array("c".utf8)) == [2, 4] && folder(3) == "ab")
    set(nil, "d")
    #expect(watches.isIncomplete)
    set(5, "d")
    #expect(!watches.isIncomplete)
    set(nil, "e")
    #expect(watches.keep([Array("d".utf8)]) == [3] && folder(5) == "d" && !watches.isIncomplete)
    watches.forget(5)
    #expect(folder(5) == nil && watches.drop(Array("d".utf8)) == [])
  }
}
