import Disk
import TestSupport
import Testing

@testable import Spool

/// Inputs that were settled when half of them was there, and are taken again, wherever the process stops.
@Suite struct RevisionTests {
  private static let day = TestSpool.root / "done/news/1970-01-12"
  private static let half = ["a.txt": "x-half", "b.txt": "bad-half", "m.jsonl": "one\nbad-half"]
  private static let whole = ["a.txt": "x-whole", "b.txt": "y-whole", "m.jsonl": "one\ntwo-whole\nthree"]
  private static let failed = TestSpool.root / "failed"

  private struct House: CrashableHouse {
    var test: TestSpool
    /// Of the process that is stopped.
    var spool: Spool?
    var disk: SimulatedDisk { test.disk }
  }

  private func places(_ name: String) -> Path { name == "b.txt" ? Self.failed / name : Self.day / name }

  private func note(_ name: String, _ test: TestSpool) throws -> RevisionNote {
    let place = places(name)
    let inode = try test.disk.undisturbed { () throws(DiskError) in try test.disk.status(at: place)?.inode }
    let badLine = Self.failed / "m.line-2.jsonl"
    let outdated: [String: [Path]] = [
      "b.txt": [FailedDirectory.reason(of: place)], "m.jsonl": [badLine, FailedDirectory.reason(of: badLine)],
    ]
    return RevisionNote(
      pipeline: Array("news".utf8), name: Array(name.utf8), inode: try #require(inode), place: place,
      outdated: outdated[name] ?? [], superseded: name == "a.txt" ? [0: 1] : [:],
      settledLines: name == "m.jsonl" ? 1 : 0)
  }

  /// Somebody else puts the whole where the half lies.
  private func writeWholes(_ test: TestSpool) throws {
    try test.disk.undisturbed { () throws(DiskError) in
      for (name, text) in Self.whole {
        let file = try test.disk.open(places(name), for: .creating)
        try test.disk.truncate(file, to: 0)
        try test.disk.write(Array(text.utf8), to: file, at: 0)
        try test.disk.sync(file)
        test.disk.close(file)
      }
    }
  }

  private func revise(_ spool: Spool, _ test: TestSpool) throws {
    for name in Self.whole.keys.sorted() {
      guard let claim = try spool.takeAgain([try note(name, test)], lane: 0)[0] else { continue }
      let (file, status) = try spool.lanes[0].claimer.reopen(claim)
      defer { test.disk.close(file) }
      #expect(claim.revision?.superseded[0] == (name == "a.txt" ? 1 : nil))
      for settlement in test.settlements(spool, claim, try test.disk.readAll(file), inode: status.inode) {
        try spool.commit([settlement], now: 1_000_001)
      }
    }
    try spool.close()
  }

  private func check(_ test: TestSpool, isComplete: Bool, _ comment: Comment) throws {
    let lines = try test.outboxLines()
    let done = try test.contents(under: Self.day)
    let failed = try test.contents(under: Self.failed)
    func count(_ line: String) -> Int { lines.count { $0 == line } }
    #expect(count("x-half") == 1 && count("one") == 1, comment)
    // Taken again once, or not seen and still whole where it was.
    for (name, late) in [("a.txt", "x-whole"), ("b.txt", "y-whole"), ("m.jsonl", "two-whole")] {
      let isTaken = count(late) == 1
      #expect(isTaken || !isComplete && count(late) == 0, comment)
      let whole = try #require(Self.whole[name])
      #expect(done.count { $0 == whole } == (isTaken || name != "b.txt" ? 1 : 0), comment)
      if name == "b.txt" { #expect(failed.contains(whole) != isTaken, comment) }
      if name == "m.jsonl" { #expect(failed.contains("bad-half\n") != isTaken, comment) }
    }
    #expect(count("three") == count("two-whole"), comment)
    #expect(try test.contents(under: TestSpool.root / "claimed").isEmpty, comment)
    #expect(try test.names(TestSpool.root / "state/revisions").isEmpty, comment)
  }

  @Test func aNoteOfManyLinesIsReadAgain() throws {
    let test = TestSpool(seed: 1)
    try test.drop("m.jsonl", "one\ntwo\nthree")
    let spool = try test.open()
    try spool.commit(try test.take(spool), now: 1_000_000)
    var wanted = try note("m.jsonl", test)
    (wanted.outdated, wanted.settledLines, wanted.superseded) = ([], 0, [1: 1, 2: 2, 3: 3])
    let claim = try #require(try spool.takeAgain([wanted], lane: 0)[0])
    #expect(spool.revisionsUnderWay == 1)
    #expect(try RevisionNotes(test.disk, root: TestSpool.root).all()[claim.number] == wanted)
    try spool.close()
    let next = try test.open()
    #expect(next.lanes[0].leftovers.map { $0.revision?.superseded } == [wanted.superseded])
    try next.close()
  }

  @Test(arguments: [SimulatedDisk.Restart.afterKill, .afterPowerCut])
  func aStopAtEveryOperation(restart: SimulatedDisk.Restart) throws {
    let operations = try CrashSweep(restart).run { operation -> House in
      let test = TestSpool(seed: UInt64(operation))
      for (name, text) in Self.half.sorted(by: { $0.key < $1.key }) { try test.drop(name, text) }
      let spool = try test.open()
      try spool.commit(try test.take(spool), now: 1_000_000)
      try writeWholes(test)
      return House(test: test, spool: spool)
    } work: { house in
      if let spool = house.spool { try revise(spool, house.test) }
    } recover: { house in
      house.spool = nil
      try house.test.settleEverything()
    } check: { house, wasStopped, place in
      try check(house.test, isComplete: !wasStopped, "\(place)")
    }
    #expect(operations >= 60)
  }

  @Test func whatWentAwayMeanwhileIsNotTaken() throws {
    let test = TestSpool(seed: 1)
    for (name, text) in Self.half { try test.drop(name, text) }
    let spool = try test.open()
    try spool.commit(try test.take(spool), now: 1_000_000)
    let note = try note("a.txt", test)
    try test.disk.remove(note.place)
    #expect(try spool.takeAgain([note], lane: 0).map { $0 == nil } == [true])
    #expect(spool.revisionsUnderWay == 0)
    #expect(try test.names(TestSpool.root / "state/revisions").isEmpty)
    try spool.close()
  }
}
