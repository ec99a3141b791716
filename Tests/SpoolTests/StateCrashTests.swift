import Bytes
import Dedupe
import Disk
import StageKit
import TestSupport
import Testing

@testable import Spool

/// The index of `dedupe` goes with the journal: wherever the process stops, each article that has a line is in it once,
/// and none is found to be a copy of itself.
@Suite struct StateCrashTests {
  private static let directory = TestSpool.root / "state" / "dedupe/news"

  private func spool(seed: UInt64, inOrder: Bool = true) throws -> JudgedSpool {
    var test = TestSpool(seed: seed, inOrder: inOrder)
    let disk = test.disk
    test.settings.states = [
      SpoolSettings.State(name: Array("dedupe/news".utf8)) { () throws(DiskError) in
        try DuplicateIndex.open(StateDirectory(disk, Self.directory), windowSeconds: 1600)
      }
    ]
    test.settings.lanes[0].state = 0
    test.settings.lanes[0].outlets = [.records, .duplicates]
    return try JudgedSpool(test) { spool in
      let decider = try Self.decider(spool)
      return { try Self.decided($0, decider, clock: $1) }
    }
  }

  private static func decider(_ spool: Spool) throws -> DuplicateDecider {
    var options = DedupeOptions()
    options.action = .setAside
    options.windowMilliseconds = 1_600_000
    return DedupeStage.makeDecider(with: options, over: try #require(spool.states[0] as? DuplicateIndex))
  }

  /// Two numbers have one text: `x-6` and `x-7`. A line says what was found: `x-7 exact x-6`.
  private static func decided(_ settlements: [Settlement], _ decider: DuplicateDecider, clock: Int64) throws
    -> [Settlement]
  {
    let stage = try DedupeStage(options: DedupeOptions(), context: StageContext())
    return try settlements.map { settlement in
      guard case .record(let line) = settlement.verdict else { return settlement }
      let id = Array(line.dropLast())
      let number = Int(String(decoding: id.dropFirst(2), as: UTF8.self)) ?? 0
      let text = (0..<60).map { "word\($0)of\(number / 2)" }.joined(separator: " ")
      let article = Article(
        source: Article.Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: []),
        id: id,
        text: Array(text.utf8))
      let arrival = Arrival(id: id, sequence: settlement.sequence, time: clock, published: nil)
      let decision = decider.decide(arrival, try stage.handOver(article, deadline: .none))
      let found = try Duplicates(RecordNode(JSONValue(parsing: decision.layer), path: ""))
      let of = found.matches.map { String(decoding: $0.id, as: UTF8.self) }.joined(separator: ",")
      var decided = settlement
      decided.verdict = .record(id + Array(" \(found.status.rawValue) \(of)\n".utf8))
      decided.change = decision.change
      decided.outlet = decision.isSetAside ? .duplicates : .records
      return decided
    }
  }

  private func check(_ house: JudgedSpool, _ place: String) throws {
    let (test, dropped) = (house.test, house.dropped)
    let words = try test.outboxLines().map { $0.split(separator: " ").map(String.init) }
    #expect(words.map { $0[0] }.sorted() == (0..<dropped).map { "x-\($0)" }.sorted(), "\(place)")
    for first in stride(from: 0, to: dropped, by: 2) {
      let pair = words.filter { $0[0] == "x-\(first)" || $0[0] == "x-\(first + 1)" }
      let (unique, exact) = (pair.filter { $0[1] == "unique" }, pair.filter { $0[1] == "exact" })
      #expect(unique.count == 1 && unique.count + exact.count == pair.count, "\(place): \(pair)")
      for line in exact { #expect(line.count == 3 && line[2] == unique.first?[0], "\(place): \(pair)") }
    }
    #expect(try test.lines(of: .duplicates).allSatisfy { $0.contains(" exact ") }, "\(place)")
    #expect(try test.lines(of: .records).allSatisfy { !$0.contains(" exact ") }, "\(place)")
    var known: [String] = []
    let view = IndexView(test.disk, Self.directory, isRunning: false)
    try view.visit { known.append(String(decoding: $0.id, as: UTF8.self)) }
    #expect(known.sorted() == words.map { $0[0] }.sorted(), "\(place): in the index")
    #expect(try view.problems().map(\.message).filter { !$0.contains("set aside") } == [], "\(place)")
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>) func killedAtEveryOperation(seed: UInt64) throws {
    try JudgedSpool.stopEverywhere(seed: seed, pause: 60, .afterKill) {
      try spool(seed: $0)
    } check: {
      try check($0, $1)
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>, [true, false])
  func powerCutAtEveryOperation(seed: UInt64, inOrder: Bool) throws {
    try JudgedSpool.stopEverywhere(seed: seed, pause: 60, .afterPowerCut) {
      try spool(seed: $0, inOrder: inOrder)
    } check: {
      try check($0, $1)
    }
  }

  /// `spool repair`, or a run with other pipelines, has no use for the changes and must not lose them.
  @Test func aRunWithoutTheStateCarriesItsChanges() throws {
    var house = try spool(seed: 1)
    let test = house.test
    for number in 0..<3 { try test.drop("f\(number).txt", "x-\(number)") }
    do {
      let spool = try test.open()
      try spool.commit(try Self.decided(try test.take(spool), try Self.decider(spool), clock: 1000), now: 1000)
    }
    test.disk.restart(.afterKill)
    var other = test
    other.settings.states = []
    other.settings.lanes[0].state = nil
    for _ in 0..<2 {
      let spool = try other.open()
      try spool.checkpoint()
      try spool.close()
    }
    try test.drop("f3.txt", "x-3")
    try house.settleEverything()
    house.dropped = 4
    try check(house, "after a run without the state")
  }
}
