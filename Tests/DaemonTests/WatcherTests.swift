import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import Synchronization
import TestSupport
import Testing
import Threads

@testable import Daemon

/// Inboxes whose directory changes under the daemon, and kernels that have no events to give.
@Suite struct WatcherTests: ~Copyable {
  private let directory = TemporaryDirectory()
  private let fs = PosixFileSystem()
  private let queue = ReadyQueue()
  private let said = Said()

  private var log: Logger {
    let said = said
    return Logger(label: "test") { _ in Listener(said: said) }
  }

  private var link: Path { directory.path / "inbox" }

  /// Runs a watcher over what the link `inbox` leads to while `body` runs.
  private func watching(_ watcher: Watcher, _ body: () throws -> Void) throws {
    var settings = SpoolSettings(root: directory.path / "spool", lanes: [.init(pipeline: "news")], contentHash: { $0 })
    settings.lanes[0].inbox = link.bytes
    let spool = try Spool.open(settings, fs)
    let inbox = Inbox(
      spool.lanes[0], fs, Inbox.Rules(names: NameRules(accept: []), settle: .zero), queue: queue, isPolled: false,
      log: log)
    let thread = try Thread { watcher.run([inbox], once: false) }
    defer {
      watcher.stop()
      thread.join()
    }
    try body()
  }

  private func put(_ name: String, in folder: Path) throws {
    let file = try fs.open(directory.path / "draft", for: .creating)
    fs.close(file)
    try fs.rename(directory.path / "draft", to: folder / name, replacing: true)
  }

  private func lead(to folder: Path) throws {
    try fs.makeDirectories(folder)
    #expect(symlink(folder.description, (directory.path / "new").description) == 0)
    try fs.rename(directory.path / "new", to: link, replacing: true)
  }

  private func next() -> String? {
    guard case .name(let name, _)? = queue.next(until: nil) else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  private func waitForMessage(_ words: String) {
    while !said.all.contains(where: { $0.contains(words) }) { sched_yield() }
  }

  @Test(.timeLimit(.minutes(5))) func aLinkThatIsSwappedIsFollowed() throws {
    let (first, second) = (directory.path / "first", directory.path / "second")
    try lead(to: first)
    try watching(try Watcher(log: log, lookInterval: .milliseconds(20)) { Issue.record("it did not move") }) {
      try put("a.txt", in: first)
      #expect(next() == "a.txt")
      try lead(to: second)
      waitForMessage("is another directory now")
      try put("b.txt", in: second)
      // Before the next regular look at the inbox: the watch is set there.
      #expect(next() == "b.txt")
    }
    #expect(said.all.count == 1, "\(said.all)")
  }

  /// A rename from the new place to `claimed/` does not work.
  @Test(.timeLimit(.minutes(5))) func anotherFileSystemMovesTheInbox() throws {
    let memory = Path("/dev/shm/linecaster-\(getpid())-\(UInt32.random(in: 0 ... .max))")
    guard (try? fs.makeDirectory(memory)) != nil else { try Test.cancel("nothing can be written in /dev/shm") }
    defer { try? fs.remove(memory) }
    guard try fs.status(at: memory)?.device != fs.status(at: directory.path)?.device else {
      try Test.cancel("/dev/shm and /tmp are one file system")
    }
    try lead(to: directory.path / "first")
    let moves = Atomic(0)
    try watching(try Watcher(log: log, lookInterval: .milliseconds(20)) { moves.add(1, ordering: .relaxed) }) {
      try put("a.txt", in: directory.path / "first")
      #expect(next() == "a.txt")
      try lead(to: memory)
      while moves.load(ordering: .relaxed) == 0 { sched_yield() }
    }
    #expect(moves.load(ordering: .relaxed) == 1)
    #expect(said.all.contains { $0.contains("lies on another file system now") })
  }

  /// It is tried again later, and said once.
  @Test(.timeLimit(.minutes(5))) func withoutEventsTheInboxIsPolled() throws {
    let folder = directory.path / "first"
    try lead(to: folder)
    let tries = Atomic(0)
    let refusal = Inotify.Refusal(reason: "uid 7 has no inotify instance left")
    let watcher = try Watcher(
      log: log, lookInterval: .milliseconds(20),
      events: { () throws(Inotify.Refusal) in
        if tries.add(1, ordering: .relaxed).oldValue < 100 { throw refusal }
        return try Inotify()
      }, onMove: {})
    try watching(watcher) {
      waitForMessage("no inotify instance left")
      try put("a.txt", in: folder)
      #expect(next() == "a.txt")
      try fs.remove(folder / "a.txt")
      waitForMessage("events again")
      try put("b.txt", in: folder)
      #expect(next() == "b.txt")
    }
    #expect(said.all.count == 2, "\(said.all)")
  }

  @Test func theLimitOfAUserIsToldFromThatOfAProcess() async {
    await #expect(processExitsWith: .success) {
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { exit(1) }
      do throws(Inotify.Refusal) {
        _ = try Inotify()
        exit(2)
      } catch {
        guard error.reason.contains("LimitNOFILE"), !error.reason.contains("sysctl") else { exit(3) }
      }
    }
  }
}
