import Disk
import Glibc
import Synchronization
import Testing

@testable import Spool

@Suite struct SpoolTests {
  @Test func hasOneHolder() throws {
    let test = TestSpool(seed: 1)
    let first = try test.open()
    #expect(throws: SpoolError.self) { try test.open() }
    try first.close()
    try test.open().close()
  }

  /// Somebody deletes the lock file by hand, and a second process starts: the first must not write beside it.
  @Test func withoutItsLockASpoolWritesNothing() throws {
    let test = TestSpool(seed: 1)
    let first = try test.open()
    try test.drop("a.txt", "one")
    let settled = try test.take(first)
    try test.disk.remove("/spool/state/lock")
    let second = try test.open()
    #expect(first.holdsLock == false && second.holdsLock)
    let before = try test.text("/spool/outbox/news.jsonl")
    #expect(throws: SpoolError.lockLost("/spool")) { try first.commit(settled, now: 1) }
    #expect(throws: SpoolError.lockLost("/spool")) { try first.seal(lane: 0, now: 1) }
    #expect(throws: SpoolError.lockLost("/spool")) { try first.close() }
    #expect(try test.text("/spool/outbox/news.jsonl") == before)
    try test.drop("b.txt", "two")
    guard case .gone = try first.lanes[0].claimer.claim(Array("b.txt".utf8)) else {
      Issue.record("the first one took it")
      return
    }
    try second.commit(try test.takeLeftovers(second) + test.take(second), now: 2)
    try second.close()
    #expect(try test.outboxLines() == ["one", "two"])
  }

  /// Nothing is lost by it, and the next try is no second holder.
  @Test func aStartThatComesToNothingGivesTheLockBack() throws {
    let test = TestSpool(seed: 1)
    try test.drop("a.txt", "one")
    try test.open().abandon()
    try test.settleEverything()
    #expect(try test.outboxLines() == ["one"])
  }

  /// A start that is killed while it tries whether renames work. The next one is another process, which knows the file
  /// only where its name does not tell who made it.
  @Test func whatAKilledStartLeavesGoesWithTheNext() throws {
    let test = TestSpool(seed: 1)
    func left() throws -> [String] {
      let places = [test.inbox, TestSpool.root / "claimed"]
      return try places.flatMap { try test.disk.status(at: $0) == nil ? [] : test.disk.list($0) }
        .map { String(decoding: $0, as: UTF8.self) }.filter { $0.hasPrefix(".") }
    }
    var met: Set<String> = []
    for stop in 1...40 {
      test.disk.crash(at: test.disk.operations + stop)
      _ = try? test.open()
      test.disk.restart(.afterKill)
      met.formUnion(try left())
    }
    #expect(met.count == 1 && met.allSatisfy { !$0.contains("\(getpid())") }, "\(met)")
    try test.open().close()
    #expect(try left() == [] && test.disk.list(test.inbox) == [])
  }

  @Test func numbersAreNeverRepeated() throws {
    let test = TestSpool(seed: 1)
    var last: UInt64 = 0
    for run in 1...3 {
      try test.drop("a.txt", "run \(run)")
      let spool = try test.open()
      let settled = try test.take(spool)
      try spool.commit(settled, now: 1)
      let sequence = try #require(settled.first?.sequence)
      #expect(sequence > last)
      last = sequence
      if run == 2 { test.disk.restart(.afterKill) } else { try spool.close() }
    }
  }

  @Test func sealsBySizeUnderAGrowingNumber() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].rollSize = 10
    for run in 1...3 {
      try test.drop("a.txt", "article \(run)")
      try test.settleEverything()
    }
    let names = try test.names(test.outbox)
    #expect(
      names == [
        "news-19700112T134640Z-000001.jsonl", "news-19700112T134640Z-000002.jsonl",
        "news-19700112T134640Z-000003.jsonl",
        "news.jsonl",
      ])
    #expect(try test.outboxLines() == ["article 1", "article 2", "article 3"])
  }

  @Test func sealsByAge() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].rollAge = 60
    try test.drop("a.txt", "old")
    let spool = try test.open()
    try spool.commit(try test.take(spool), now: 1000)
    #expect(spool.nextSeal == 1060)
    try spool.sealDue(now: 1059)
    #expect(try test.names(test.outbox) == ["news.jsonl"])
    try spool.sealDue(now: 1060)
    #expect(try test.names(test.outbox) == ["news-19700101T001740Z-000001.jsonl", "news.jsonl"])
    #expect(spool.nextSeal == nil)
  }

  /// A consumer takes the sealed file as soon as it is there, while the process is down between the rename and its note
  /// in the journal, and again while a restart is.
  @Test func aSealedFileThatWasTakenStaysTaken() throws {
    for operation in 1...12 {
      for again in 1...20 {
        let test = TestSpool(seed: 1)
        var taken: [String] = []
        func consume() throws {
          test.disk.restart(.afterKill)
          for name in try test.names(test.outbox) where name != "news.jsonl" {
            taken += [try test.text(test.outbox / name) ?? ""]
            try test.disk.remove(test.outbox / name)
          }
        }
        try test.drop("a.txt", "article")
        let spool = try test.open()
        try spool.commit(try test.take(spool), now: 1)
        test.disk.crash(at: test.disk.operations + operation)
        do { try spool.seal(lane: 0, now: 2) } catch {}
        try consume()
        test.disk.crash(at: test.disk.operations + again)
        do { try test.settleEverything() } catch {}
        try consume()
        try test.settleEverything()
        let left = try test.outboxLines().map { $0 + "\n" }
        #expect(taken + left == ["article\n"], "operations \(operation) and \(again)")
      }
    }
  }

  @Test func linesOfFormerTimesStay() throws {
    let test = TestSpool(seed: 1)
    try test.drop("a.txt", "one")
    try test.settleEverything()
    // The state is lost; the outbox is not.
    for name in try test.disk.list("/spool/state") { try test.disk.remove("/spool/state" / name) }
    try test.drop("b.txt", "two")
    try test.settleEverything()
    #expect(try test.outboxLines() == ["one", "two"])
  }

  @Test func aLiveFileThatIsTakenAwayIsBegunAnew() throws {
    let test = TestSpool(seed: 1)
    let spool = try test.open()
    try test.drop("a.txt", "one")
    try spool.commit(try test.take(spool), now: 1)
    try test.disk.rename(test.outbox / "news.jsonl", to: "/rotated", replacing: false)
    try test.drop("b.txt", "two")
    try spool.commit(try test.take(spool), now: 2)
    #expect(try test.text("/rotated") == "one\n")
    #expect(try test.text(test.outbox / "news.jsonl") == "two\n")
    test.disk.restart(.afterKill)
    try test.settleEverything()
    #expect(try test.text(test.outbox / "news.jsonl") == "two\n")
  }

  @Test func aFullDiskIsWaitedFor() throws {
    var test = TestSpool(seed: 1)
    test.settings.wait = { _ in true }
    for operation in 1...8 {
      try test.drop("a\(operation).txt", "article \(operation)")
      let spool = try test.open()
      let settled = try test.take(spool)
      test.disk.fail(at: test.disk.operations + operation, code: 28)
      do {
        try spool.commit(settled, now: 1)
        try spool.close()
      } catch {
        // Only a failed sync ends the run; the next start settles what it left.
        guard case .disk(let disk) = error, disk.operation == .sync else { throw error }
        test.disk.restart(.afterKill)
        try test.settleEverything()
      }
    }
    #expect(try test.outboxLines().sorted() == (1...8).map { "article \($0)" })
  }

  @Test func aBatchWithoutRoomIsCommittedInHalves() throws {
    let test = TestSpool(seed: 1)
    for number in 1...5 { try test.drop("a\(number).txt", "article \(number)") }
    let spool = try test.open()
    let settled = try test.take(spool)
    // Opens the live file, so that the next operations are writes to the journal.
    try spool.commit([settled[0]], now: 1)
    try spool.checkpoint()
    for fault in 1...2 { test.disk.fail(at: test.disk.operations + fault, code: 28) }
    // Nobody waits here: without halves this would throw.
    try spool.commit(Array(settled[1...]), now: 1)
    #expect(try test.outboxLines() == (1...5).map { "article \($0)" })
    #expect(try test.names("/spool/claimed/news").isEmpty)
  }

  @Test func theJournalMakesRoomForItself() throws {
    var madeRoom = 0
    for operation in 1...8 {
      var test = TestSpool(seed: 1)
      let waits = Mutex(0)
      test.settings.wait = { _ in
        waits.withLock { $0 += 1 }
        return true
      }
      let spool = try test.open()
      for name in ["a", "b"] {
        try test.drop("\(name).txt", "article \(name)")
        let settled = try test.take(spool)
        if name == "b" { test.disk.fail(at: test.disk.operations + operation, code: 28) }
        guard (try? spool.commit(settled, now: 1)) != nil else { break }
      }
      let segments = try test.disk.list("/spool/state").filter { $0.starts(with: Array("journal".utf8)) }
      let isSecond = segments.contains { $0.last == UInt8(ascii: "2") }
      if isSecond, waits.withLock({ $0 }) == 0 { madeRoom += 1 }
    }
    #expect(madeRoom > 0)
  }

  @Test func aFailedSyncIsNeverTriedAgain() {
    #expect(!DiskError(.sync, "/x", code: 28).isTransient)
    #expect(DiskError(.write, "/x", code: 28).isTransient)
  }

  /// Whatever sync fails: the next start must bring the lines to the disk, not only to what processes see.
  @Test func aFailedSyncLosesNothingThatWasCommitted() throws {
    var operation = 0
    while true {
      operation += 1
      let test = TestSpool(seed: 1)
      try test.drop("a.txt", "article")
      let spool = try test.open()
      let settled = try test.take(spool)
      test.disk.fail(at: test.disk.operations + operation, code: 5)
      do {
        try spool.commit(settled, now: 1)
        try spool.close()
        // The error came at none of the operations.
        break
      } catch {}
      test.disk.restart(.afterKill)
      try test.settleEverything()
      test.disk.restart(.afterPowerCut)
      try test.settleEverything()
      #expect(try test.outboxLines() == ["article"], "error at operation \(operation)")
    }
    #expect(operation > 5)
  }

  /// On the simulated disk, because root reads everything on a real one.
  @Test func anUnreadableFileWaitsUntilItMayBeRead() throws {
    let test = TestSpool(seed: 1)
    try test.drop("a.txt", "secret")
    try test.disk.setMode(0o000, of: test.inbox / "a.txt")
    let spool = try test.open()
    guard case .unreadable(let status, let error) = try spool.lanes[0].claimer.claim(Array("a.txt".utf8)) else {
      Issue.record("an unreadable file was not told apart")
      return
    }
    #expect(status.mode == 0)
    #expect(error.description.contains("permission denied; give the user that runs linecaster access"))
    #expect(try test.names(test.inbox) == ["a.txt"])
    try test.disk.setMode(0o644, of: test.inbox / "a.txt")
    try spool.commit(try test.take(spool), now: 1)
    #expect(try test.outboxLines() == ["secret"])
  }

  @Test func damageInTheMiddleIsSteppedOver() throws {
    let test = TestSpool(seed: 1)
    let spool = try test.open()
    for number in 1...3 {
      try test.drop("a\(number).txt", "article \(number)")
      try spool.commit(try test.take(spool), now: 1)
    }
    test.disk.restart(.afterKill)
    let journal = try #require(try test.disk.list("/spool/state").first { $0.starts(with: Array("journal".utf8)) })
    let file = try test.disk.open("/spool/state" / journal, for: .updating)
    let bytes = try test.disk.readAll(file)
    let middle = try #require(bytes.firstRange(of: Array("article 2".utf8))?.lowerBound)
    try test.disk.write([0], to: file, at: middle)
    try test.settleEverything()
    #expect(try test.outboxLines() == ["article 1", "article 2", "article 3"])
    #expect(try test.names("/spool/state").contains { $0.hasPrefix("damaged-") })
  }

  @Test func aSpoolCanBeMoved() throws {
    let test = TestSpool(seed: 1)
    try test.drop("a.txt", "one")
    let spool = try test.open()
    try spool.commit(try test.take(spool), now: 1)
    test.disk.restart(.afterKill)
    try test.disk.rename("/spool", to: "/elsewhere", replacing: false)
    var moved = test.settings
    moved.root = "/elsewhere"
    try Spool.open(moved, test.disk).close()
    #expect(try test.disk.status(at: "/spool") == nil)
    #expect(try test.text("/elsewhere/outbox/news.jsonl") == "one\n")
  }
}
