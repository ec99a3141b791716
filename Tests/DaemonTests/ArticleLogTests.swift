import Logging
import Spool
import Testing

@testable import Daemon

@Suite struct ArticleLogTests {
  private let said = Said()
  private let start = ContinuousClock.now

  private func log(_ level: Logger.Level) -> ArticleLog {
    let said = said
    var logger = Logger(label: "test") { _ in Listener(said: said) }
    logger.logLevel = level
    return ArticleLog(logger, pipelines: ["news"], now: start)
  }

  private func file(_ number: Int, _ verdict: Settlement.Verdict = .record([0x0A])) -> Settled {
    let input = InputIdentity(claim: UInt64(number), name: Array("\(number).txt".utf8), inode: 1, size: 1)
    return Settled(settlement: Settlement(lane: 0, input: input, part: .file, verdict: verdict))
  }

  @Test func filesThatComeFasterThanAnybodyReadsAreSummedUp() {
    var log = log(.info)
    let failure = Settlement.Verdict.failure(Failure(stage: nil, class: "bad", message: "it is bad"))
    let counted = log.note((1...200).map { file($0, $0 == 150 ? failure : .record([0x0A])) }, at: start)
    #expect(counted == (199, 1))
    #expect(said.all.count { $0.contains(": taken, 1 record") } == 100)
    #expect(said.all.contains("150.txt failed: it is bad"))
    #expect(log.nextDue == start + .seconds(10))
    log.tellSum(at: start + .seconds(9))
    #expect(!said.all.contains { $0.contains("more files") })
    log.tellSum(at: start + .seconds(10))
    #expect(said.all.last?.hasPrefix("100 more files: taken, 99 records, 1 failure;") == true, "\(said.all.last ?? "")")
    #expect(log.nextDue == nil)
    // By then ten times ten may be told one by one again.
    _ = log.note((201...210).map { file($0) }, at: start + .seconds(10))
    #expect(said.all.last == "210.txt: taken, 1 record")
  }

  @Test func whatIsDiscardedIsNoRecord() {
    var log = log(.debug)
    var (discarded, routed) = (file(1), file(2))
    discarded.discarded = "too short"
    discarded.settlement.outlet = .discarded
    routed.settlement.outlet = .route("sport")
    #expect(log.note([discarded, routed], at: start) == (1, 0))
    #expect(said.all.contains("1.txt: taken, 0 records, 1 discarded") && said.all.contains("2.txt: taken, 1 record"))
    #expect(said.all.contains { $0.hasPrefix("1.txt: seq 0") && $0.contains("discarded: too short") })
    #expect(said.all.contains { $0.hasPrefix("2.txt: seq 0") && $0.contains("record in sport") })
  }

  @Test func atDebugEachIsTold() {
    var log = log(.debug)
    _ = log.note((1...300).map { file($0) }, at: start)
    #expect(said.all.count { $0.contains(": taken, 1 record") } == 300)
    #expect(said.all.count { $0.contains("record, 0 ms") } == 300)
    #expect(log.nextDue == nil)
  }

  @Test func aFileWithManyArticlesIsToldOnce() {
    var log = log(.info)
    let input = InputIdentity(claim: 3, name: Array("m.jsonl".utf8), inode: 1, size: 1)
    func line(_ number: Int, _ verdict: Settlement.Verdict) -> Settled {
      Settled(settlement: Settlement(lane: 0, input: input, part: .line(number), verdict: verdict))
    }
    _ = log.note([line(1, .record([0x0A])), line(2, .record([0x0A]))], at: start)
    #expect(said.all == [])
    let damage = Settlement.Verdict.failure(Failure(stage: nil, class: "bad_gzip", message: "it is damaged"))
    _ = log.note([Settled(settlement: Settlement(lane: 0, input: input, part: .end, verdict: damage))], at: start)
    #expect(said.all == ["m.jsonl failed: it is damaged", "m.jsonl: taken, 2 records, 1 failure"])
  }
}
