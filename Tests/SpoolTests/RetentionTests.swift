import Disk
import TestSupport
import Testing

@testable import Spool

@Suite struct RetentionTests {
  private let day: Int64 = 86_400

  private func write(_ path: Path, _ disk: SimulatedDisk) throws {
    try disk.makeDirectories(path.directory)
    let file = try disk.open(path, for: .creating)
    try disk.write([0x78], to: file, at: 0)
    disk.close(file)
  }

  @Test func daysGoWhenTheirLastInputIsOldEnough() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].keepDone = 2 * day
    for (name, time) in [("a", 10), ("b", 11), ("c", 12)] as [(String, Int64)] {
      try test.drop("\(name).txt", name)
      try test.settleEverything(now: time * day + 5)
    }
    let retention = try test.open().retention
    func days() throws -> [String] { try test.names("/spool/done/news") }
    #expect(try retention.run(now: 13 * day - 1) == 0)
    #expect(try retention.run(now: 13 * day) == 1)
    #expect(try days() == ["1970-01-12", "1970-01-13"])
    #expect(try retention.run(now: 20 * day) == 2)
    #expect(try days().isEmpty)
  }

  @Test func onlyWhatIsOursIsRemoved() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].keepDone = 1
    test.settings.lanes[0].keepFailed = 1
    test.settings.lanes[0].keepOutbox = 1
    try test.drop("a.txt", "good")
    try test.settleEverything(now: day)
    let spool = try test.open()
    try spool.seal(lane: 0, now: day)
    try test.drop("b.txt", "live")
    try spool.commit(try test.take(spool), now: day)
    let foreign: [Path] = [
      "/spool/done/news/notes.txt", "/spool/done/news/2020-01-01x/a", "/spool/done/other/1970-01-02/a",
      "/spool/done/news/1970-01-02/kept/a", "/spool/failed/notes.txt",
      "/spool/outbox/other-19700102T000000Z-000001.jsonl",
      "/spool/outbox/news-backup.jsonl",
    ]
    for path in foreign { try write(path, test.disk) }
    #expect(try spool.retention.run(now: 100 * day) == 3)
    for path in foreign { #expect(try test.disk.status(at: path) != nil, "\(path)") }
    #expect(try test.text(test.outbox / "news.jsonl") == "live\n")
  }

  @Test func theOldestSealedFilesGoWhereThereIsTooMuch() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].outboxSize = 12
    let spool = try test.open()
    for text in ["first", "second", "third"] {
      try test.drop("\(text).txt", text)
      try spool.commit(try test.take(spool), now: day)
      try spool.seal(lane: 0, now: day)
    }
    try test.drop("live.txt", "live")
    try spool.commit(try test.take(spool), now: day)
    func sealed() throws -> [String] {
      try test.disk.list(test.outbox).map { String(decoding: $0, as: UTF8.self) }.filter { $0 != "news.jsonl" }
    }
    #expect(try sealed().count == 3)
    // “third” and its line end, and the seven bytes of “second”, are more than twelve.
    #expect(try spool.retention.run(now: day) == 2)
    #expect(try sealed().count == 1)
    #expect(try test.text(test.outbox / sealed()[0]) == "third\n")
    #expect(try test.text(test.outbox / "news.jsonl") == "live\n")
    #expect(try spool.retention.run(now: day) == 0)
  }

  @Test func failuresGoWithTheirReasonsAndOnlyThoseOfThePipeline() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].keepFailed = 50
    try test.drop("a.txt", "bad")
    try test.settleEverything()
    try write("/spool/failed/other.txt", test.disk)
    let other = try test.disk.open("/spool/failed/other.txt.reason.json", for: .creating)
    try test.disk.write(Array("{\n  \"pipeline\": \"other\",\n}".utf8), to: other, at: 0)
    let retention = try test.open().retention
    // The simulated clock stands still in 1970.
    #expect(try retention.run(now: 50) == 0)
    #expect(try retention.run(now: 52) == 1)
    #expect(try test.names("/spool/failed") == ["other.txt", "other.txt.reason.json"])
  }

  @Test func aPassIsBounded() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].keepDone = 1
    for number in 0..<7 { try test.drop("\(number).txt", "x\(number)") }
    try test.settleEverything(now: day)
    let retention = try test.open().retention
    #expect(try retention.run(now: 9 * day, limit: 3) == 3)
    #expect(try retention.run(now: 9 * day, limit: 3) == 3)
    #expect(try retention.run(now: 9 * day, limit: 3) == 1)
    #expect(try retention.run(now: 9 * day, limit: 3) == 0)
  }

  @Test func removedInputsAreNotKept() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].removesDone = true
    try test.drop("a.txt", "one")
    try test.drop("m.jsonl", "two\nbad line")
    try test.settleEverything()
    #expect(try test.contents(under: "/spool/done").isEmpty)
    #expect(try test.contents(under: "/spool/claimed").isEmpty)
    #expect(try test.outboxLines().sorted() == ["one", "two"])
    #expect(try test.names("/spool/failed").count == 2)
  }
}
