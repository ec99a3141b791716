import Bytes
import Disk
import TestSupport
import Testing

@testable import Spool

/// All that holds of the records holds of every outlet.
@Suite struct OutletTests {
  private static let outlets = [Outlet.records, .duplicates, .discarded, .route("sport")]

  private func spool(seed: UInt64, inOrder: Bool = true) throws -> JudgedSpool {
    var test = TestSpool(seed: seed, inOrder: inOrder)
    test.settings.lanes[0].outlets = Self.outlets
    test.settings.lanes[0].rollAge = 500
    return try JudgedSpool(test) { _ in { settlements, _ in Self.routed(settlements) } }
  }

  /// `x-7` goes to the outlet 7 % 4.
  private static func routed(_ settlements: [Settlement]) -> [Settlement] {
    settlements.map { settlement in
      guard case .record(let line) = settlement.verdict else { return settlement }
      var routed = settlement
      routed.outlet = outlets[(Int(String(decoding: line.dropFirst(2).dropLast(), as: UTF8.self)) ?? 0) % 4]
      return routed
    }
  }

  private func check(_ house: JudgedSpool, _ place: String) throws {
    let (test, dropped) = (house.test, house.dropped)
    for (number, outlet) in Self.outlets.enumerated() {
      let wanted = (0..<dropped).filter { $0 % 4 == number }.map { "x-\($0)" }
      #expect(try test.lines(of: outlet).sorted() == wanted.sorted(), "\(place): \(outlet.takes)")
    }
    #expect(try test.contents(under: TestSpool.root / "claimed").isEmpty && test.waiting().isEmpty, "\(place)")
    var check = SpoolCheck(try SpoolView(root: TestSpool.root, test.disk), isRunning: false) { _ in
      .record(sequence: nil)
    }
    let report = try check.run()
    #expect(report.problems == [] && report.records == dropped, "\(place): \(report)")
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>) func killedAtEveryOperation(seed: UInt64) throws {
    try JudgedSpool.stopEverywhere(seed: seed, pause: 300, .afterKill) {
      try spool(seed: $0)
    } check: {
      try check($0, $1)
    }
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>, [true, false])
  func powerCutAtEveryOperation(seed: UInt64, inOrder: Bool) throws {
    try JudgedSpool.stopEverywhere(seed: seed, pause: 300, .afterPowerCut) {
      try spool(seed: $0, inOrder: inOrder)
    } check: {
      try check($0, $1)
    }
  }

  /// A reader of `outbox/*.jsonl` finds records only.
  @Test func eachHasAFolderOfItsOwn() throws {
    let house = try spool(seed: 1)
    let test = house.test
    for number in 0..<4 { try test.drop("f\(number).txt", "x-\(number)") }
    try house.settleEverything()
    #expect(try test.names(test.outbox) == ["discarded", "duplicates", "news.jsonl", "sport"])
    let view = try SpoolView(root: TestSpool.root, test.disk)
    let live = try view.outlets(of: view.lanes.map(\.places)).map(\.live)
    #expect(
      live == ["", "discarded/", "duplicates/", "sport/"].map { test.outbox / "\($0)news.jsonl" })
  }

  /// What was written stays, is sealed when its time comes, and is removed when it was kept long enough.
  @Test func anOutletThatAPipelineHasNoMoreIsLookedAfter() throws {
    let house = try spool(seed: 1)
    var test = house.test
    for number in 0..<4 { try test.drop("f\(number).txt", "x-\(number)") }
    try house.settleEverything()
    test.settings.lanes[0].outlets = [.records]
    test.settings.lanes[0].keepOutbox = 1000
    let spool = try test.open()
    #expect(spool.nextSeal == 1800)
    try spool.sealDue(now: 1800)
    #expect(try test.lines(of: .discarded) == ["x-2"])
    let published = try spool.published(lane: 0)
    #expect(try published.flatMap { lines in try [lines.next()].compactMap(\.self) }.count == 4)
    #expect(try spool.published(lane: 0, besides: [.discarded]).count == 3)
    #expect(try spool.retention.run(now: 2800) == 0)
    #expect(try spool.retention.run(now: 2801) == 4)
    #expect(try test.lines(of: .discarded) == [])
    try spool.close()
  }

  @Test func aFolderThatSomebodyRemovedIsMadeAgain() throws {
    let test = try spool(seed: 1).test
    let spool = try test.open()
    try test.disk.remove(test.outbox / "discarded")
    for number in 0..<4 { try test.drop("f\(number).txt", "x-\(number)") }
    try spool.commit(Self.routed(try test.take(spool)), now: 1000)
    #expect(try test.lines(of: .discarded) == ["x-2"])
    try spool.close()
    try test.disk.remove(test.outbox / "discarded/news.jsonl")
    try test.disk.remove(test.outbox / "discarded")
    try test.open().close()
    #expect(try test.names(test.outbox).contains("discarded"))
  }
}
