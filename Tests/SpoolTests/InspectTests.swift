import Disk
import Testing

@testable import Spool

@Suite struct InspectTests {
  private static func classify(_ line: [UInt8]) -> OutboxLine {
    // The lines of the test spool are the texts of their articles.
    .record(sequence: nil)
  }

  private func check(_ spool: TestSpool) throws -> [SpoolProblem] {
    var check = SpoolCheck(
      try SpoolView(root: TestSpool.root, spool.disk), isRunning: false, classify: Self.classify)
    return try check.run().problems
  }

  private func repair(_ spool: TestSpool) throws -> SpoolRepair.Outcome {
    try SpoolRepair(
      root: TestSpool.root, spool.disk, contentHash: { $0 }, classify: Self.classify, report: { _ in }
    ).run()
  }

  private func workload(_ spool: TestSpool) throws {
    for number in 1...3 { try spool.drop("\(number).txt", "article \(number)") }
    try spool.drop("bad.txt", "bad article")
    try spool.drop("feed.jsonl", "one\nbad two\nthree\n")
    let opened = try spool.open()
    let settlements = try spool.take(opened)
    try opened.commit(Array(settlements.prefix(3)), now: 1_000_000)
    try opened.seal(lane: 0, now: 1_000_001)
    try opened.commit(Array(settlements.dropFirst(3)), now: 1_000_002)
    try opened.checkpoint()
    try opened.close()
  }

  @Test func everyCrashIsMendedAndNothingIsLost() throws {
    var operation = 0
    var (crashes, mended) = (0, 0)
    while true {
      let spool = TestSpool(seed: UInt64(operation))
      spool.disk.crash(at: operation)
      let ended = (try? workload(spool)) != nil
      spool.disk.crash(at: nil)
      if ended { break }
      crashes += 1
      spool.disk.restart(operation.isMultiple(of: 2) ? .afterPowerCut : .afterKill)
      let hadState = try spool.disk.status(at: TestSpool.root / "state") != nil
      if hadState {
        let outcome = try repair(spool)
        mended += outcome.repaired.count
        #expect(outcome.left.isEmpty, "operation \(operation): \(outcome.left)")
        #expect(try check(spool).isEmpty, "operation \(operation)")
      }
      // What came in before the crash is settled exactly once, whoever mended first.
      let dropped = Set(try spool.contents(under: TestSpool.root))
      try spool.settleEverything()
      let lines = try spool.outboxLines()
      #expect(Set(lines).count == lines.count, "operation \(operation): \(lines)")
      for number in 1...3 where dropped.contains("article \(number)") {
        #expect(lines.contains("article \(number)"), "operation \(operation): \(lines)")
      }
      #expect(try check(spool).isEmpty, "operation \(operation)")
      operation += 1
    }
    #expect(crashes > 50)
    #expect(mended > 20, "\(crashes) crashes left \(mended) problems")
  }

  @Test func lookingChangesNothing() throws {
    let spool = TestSpool(seed: 1)
    try workload(spool)
    // Another process has the lock: none is needed to look.
    let opened = try spool.open()
    let during = try spool.contents(under: TestSpool.root).sorted()
    #expect(try check(spool).isEmpty)
    #expect(try SpoolView(root: TestSpool.root, spool.disk).lanes.map(\.places) == opened.lanes.map(\.places))
    #expect(try spool.contents(under: TestSpool.root).sorted() == during)
    try opened.close()
  }

  @Test func numbersOfTheOutboxStayTaken() throws {
    let spool = TestSpool(seed: 1)
    try workload(spool)
    let repair = SpoolRepair(
      root: TestSpool.root, spool.disk, contentHash: { $0 }, classify: { _ in .record(sequence: 4711) },
      report: { _ in })
    _ = try repair.run()
    let opened = try spool.open()
    #expect(opened.counters.takeSequence() == 4712)
    try opened.close()
  }

  @Test func aJournalWithALargeCheckpointIsReadWhole() throws {
    let spool = TestSpool(seed: 1)
    let state = TestSpool.root / "state"
    try spool.disk.makeDirectories(state)
    let places = LanePlaces(
      pipeline: Array("news".utf8), inbox: "inbox", outbox: "outbox", claimed: "claimed/news", done: "done/news",
      failed: "failed")
    for count in [0, 100_000] {
      var lane = LaneState(places: places)
      for claim in 0..<UInt64(count) { lane.progress[claim] = 1 }
      let journal = try JournalFile.create(
        spool.disk, JournalFile.path(in: state, segment: 1), salt: 7,
        first: .checkpoint(.init(nextClaim: 1, nextSequence: 1, lanes: [lane])))
      spool.disk.close(journal.file)
      let view = try SpoolView(root: TestSpool.root, placesOnly: true, spool.disk)
      #expect(view.lanes.map(\.places.inbox) == [TestSpool.root / "inbox"])
      #expect(view.lanes.first?.settledLines.count == count)
    }
  }

  @Test func aHeldSpoolIsNotMended() throws {
    let spool = TestSpool(seed: 1)
    let opened = try spool.open()
    #expect(throws: SpoolError.self) { try repair(spool) }
    try opened.close()
  }

  @Test(arguments: [
    ("a~17.txt", "a.txt"), ("a~17.2.txt", "a.txt"), ("a~17", "a"), ("a.tar~3.gz", "a.tar.gz"), ("a.txt", nil),
    ("a~.txt", nil), ("a~b.txt", nil), ("~", nil),
  ])
  func marksAreTakenOffNames(entry: String, name: String?) {
    #expect(unmarked(Array(entry.utf8)).map { String(decoding: $0, as: UTF8.self) } == name)
  }

  @Test func anInputIsFoundWhereverItIs() throws {
    let spool = TestSpool(seed: 1)
    for name in ["a.txt", "b.txt"] { try spool.drop(name, name) }
    let opened = try spool.open()
    let settlements = try spool.take(opened)
    try opened.commit(settlements.filter { $0.input.name == Array("b.txt".utf8) }, now: 1_000_000)
    try spool.drop("a.txt", "another")
    let view = try SpoolView(root: TestSpool.root, spool.disk)
    func places(_ name: String) throws -> [FoundInput.Place] { try view.inputs(named: Array(name.utf8)).map(\.place) }
    let claim = try #require(settlements.first { $0.input.name == Array("a.txt".utf8) }?.input.claim)
    #expect(try places("a.txt") == [.inbox, .claimed(claim)])
    #expect(try places("b.txt") == [.done])
    #expect(try places("c.txt").isEmpty)
    try opened.commit(settlements.filter { $0.input.name == Array("a.txt".utf8) }, now: 1_000_000)
    try opened.close()
  }

  /// Those that one commit moves have one time.
  @Test func numbersTellTheOrderOfInputsOfOneName() throws {
    let spool = TestSpool(seed: 1)
    let opened = try spool.open()
    var settlements: [Settlement] = []
    for content in ["one", "two", "three"] {
      try spool.drop("a.txt", content)
      settlements += try spool.take(opened)
    }
    try opened.commit(settlements, now: 1_000_000)
    try opened.close()
    let found = try SpoolView(root: TestSpool.root, spool.disk).inputs(named: Array("a.txt".utf8))
    let texts = try found.sorted { $0.number ?? 0 < $1.number ?? 0 }.map { try spool.text($0.path) }
    #expect(texts == ["one", "two", "three"])
    #expect(found.compactMap(\.number).sorted() == settlements.dropFirst().map(\.input.claim))
  }
}
