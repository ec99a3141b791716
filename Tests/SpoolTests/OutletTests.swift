import Bytes
import Disk
import TestSupport
import Testing

@testable import Spool

/// What it takes to give pipelines one more outlet: this value.
extension Outlet {
  fileprivate static let discarded = Outlet(folder: "discarded", takes: "articles that it discards")
}

/// All that holds of the records holds of every outlet.
@Suite struct OutletTests {
  private static let outlets = [Outlet.records, .duplicates, .discarded]

  private func spool(seed: UInt64, inOrder: Bool = true) -> TestSpool {
    var test = TestSpool(seed: seed, inOrder: inOrder)
    test.settings.lanes[0].outlets = Self.outlets
    test.settings.lanes[0].rollAge = 500
    return test
  }

  /// `x-7` goes to the outlet 7 % 3.
  private func routed(_ settlements: [Settlement]) -> [Settlement] {
    settlements.map { settlement in
      guard case .record(let line) = settlement.verdict else { return settlement }
      var routed = settlement
      routed.outlet = Self.outlets[(Int(String(decoding: line.dropFirst(2).dropLast(), as: UTF8.self)) ?? 0) % 3]
      return routed
    }
  }

  private func live(_ test: TestSpool, seed: UInt64, dropped: inout Int) throws {
    var random = SeededGenerator(state: seed)
    let spool = try test.open()
    try spool.commit(routed(try test.takeLeftovers(spool)), now: 1000)
    for round in 0..<5 {
      for _ in 0..<random.below(5) {
        try test.drop("f\(1000 + dropped).txt", "x-\(dropped)")
        dropped += 1
      }
      let now = 1000 + Int64(round) * 300
      var settled = routed(try test.take(spool, limit: 1 + random.below(4)))
      while !settled.isEmpty {
        let count = 1 + random.below(settled.count)
        try spool.commit(Array(settled.prefix(count)), now: now)
        settled.removeFirst(count)
      }
      if random.below(3) == 0 { try spool.checkpoint() }
      if random.below(5) == 0 { try spool.seal(lane: 0, now: now) }
    }
    try spool.close()
  }

  private func settleEverything(_ test: TestSpool) throws {
    let spool = try test.open()
    try spool.commit(routed(try test.takeLeftovers(spool)), now: 1300)
    try spool.commit(routed(try test.take(spool)), now: 1300)
    try spool.close()
  }

  private func check(_ test: TestSpool, dropped: Int, _ place: String) throws {
    for (number, outlet) in Self.outlets.enumerated() {
      let wanted = (0..<dropped).filter { $0 % 3 == number }.map { "x-\($0)" }
      #expect(try test.lines(of: outlet).sorted() == wanted.sorted(), "\(place): \(outlet.takes)")
    }
    #expect(try test.contents(under: TestSpool.root / "claimed").isEmpty && test.waiting().isEmpty, "\(place)")
    var check = SpoolCheck(try SpoolView(root: TestSpool.root, test.disk), isRunning: false) { _ in
      .record(sequence: nil)
    }
    let report = try check.run()
    #expect(report.problems == [] && report.records == dropped, "\(place): \(report)")
  }

  private func crashEverywhere(seed: UInt64, _ restart: SimulatedDisk.Restart, inOrder: Bool = true) throws {
    var operation = 1
    while true {
      let test = spool(seed: seed &* 1000 &+ UInt64(operation), inOrder: inOrder)
      try test.disk.makeDirectories(test.inbox)
      test.disk.syncAll()
      test.disk.crash(at: test.disk.operations + operation)
      var (dropped, crashed) = (0, false)
      do {
        try live(test, seed: seed, dropped: &dropped)
        try live(test, seed: seed + 100, dropped: &dropped)
      } catch {
        guard TestSpool.isCrash(error) else { throw error }
        crashed = true
      }
      if crashed {
        test.disk.restart(restart)
        test.disk.crash(at: test.disk.operations + operation % 29 + 1)
        do { try settleEverything(test) } catch { test.disk.restart(restart) }
      }
      test.disk.restart(.afterKill)
      try settleEverything(test)
      try check(test, dropped: dropped, "seed \(seed), crash at operation \(operation), \(restart)")
      if !crashed { return }
      operation += 1
    }
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>) func killedAtEveryOperation(seed: UInt64) throws {
    try crashEverywhere(seed: seed, .afterKill)
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>, [true, false])
  func powerCutAtEveryOperation(seed: UInt64, inOrder: Bool) throws {
    try crashEverywhere(seed: seed, .afterPowerCut, inOrder: inOrder)
  }

  /// A reader of `outbox/*.jsonl` finds records only.
  @Test func eachHasAFolderOfItsOwn() throws {
    let test = spool(seed: 1)
    for number in 0..<3 { try test.drop("f\(number).txt", "x-\(number)") }
    try settleEverything(test)
    #expect(try test.names(test.outbox) == ["discarded", "duplicates", "news.jsonl"])
    let view = try SpoolView(root: TestSpool.root, test.disk)
    let live = try view.outlets(of: view.lanes.map(\.places)).map(\.live)
    #expect(
      live == [test.outbox / "news.jsonl", test.outbox / "discarded/news.jsonl", test.outbox / "duplicates/news.jsonl"])
  }

  /// What was written stays, is sealed when its time comes, and is removed when it was kept long enough.
  @Test func anOutletThatAPipelineHasNoMoreIsLookedAfter() throws {
    var test = spool(seed: 1)
    for number in 0..<3 { try test.drop("f\(number).txt", "x-\(number)") }
    try settleEverything(test)
    test.settings.lanes[0].outlets = [.records]
    test.settings.lanes[0].keepOutbox = 1000
    let spool = try test.open()
    #expect(spool.nextSeal == 1800)
    try spool.sealDue(now: 1800)
    #expect(try test.lines(of: .discarded) == ["x-2"])
    let published = try spool.published(lane: 0)
    #expect(try published.flatMap { lines in try [lines.next()].compactMap(\.self) }.count == 3)
    #expect(try spool.retention.run(now: 2800) == 0)
    #expect(try spool.retention.run(now: 2801) == 3)
    #expect(try test.lines(of: .discarded) == [])
    try spool.close()
  }

  @Test func aFolderThatSomebodyRemovedIsMadeAgain() throws {
    let test = spool(seed: 1)
    let spool = try test.open()
    try test.disk.remove(test.outbox / "discarded")
    for number in 0..<3 { try test.drop("f\(number).txt", "x-\(number)") }
    try spool.commit(routed(try test.take(spool)), now: 1000)
    #expect(try test.lines(of: .discarded) == ["x-2"])
    try spool.close()
    try test.disk.remove(test.outbox / "discarded/news.jsonl")
    try test.disk.remove(test.outbox / "discarded")
    try test.open().close()
    #expect(try test.names(test.outbox).contains("discarded"))
  }
}
