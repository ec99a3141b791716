import Disk
import TestSupport
import Testing

@testable import Spool

/// A spool that a former version was killed in is taken over: copies that were set aside move from
/// `outbox/news.duplicates.jsonl` to their folder, and what was committed is completed there.
@Suite struct FormerSpoolTests {
  private static let sealedBefore = "news.duplicates-19700101T000009Z-000001.jsonl"
  private static let sealed = "news.duplicates-19700101T001640Z-000002.jsonl"
  private static let records = "r1\nr2\n"

  /// How far the last run came with the copies behind `c1`, which the checkpoint knows.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var journal: [FormerJournal.Record]
    /// By name.
    var files: [String: String]
    /// In all files, in order.
    var copies = ["s1", "c1", "c2", "c3"]
    /// The number of the next sealed file.
    var next = 2

    static let batch = FormerJournal.Record.batch(
      [(0, "r2\n"), (2, "c2\n"), (1, "o1\n"), (2, "c3\n")], starts: [(0, 3), (1, 0), (2, 3)])
    static let seal = FormerJournal.Record.sealing(lane: 2, name: sealed)

    static let all: [Case] = [
      Case(testDescription: "at rest", journal: [], files: ["live": "c1\n"], copies: ["s1", "c1"]),
      Case(testDescription: "nothing written", journal: [batch], files: ["live": "c1\n"]),
      Case(testDescription: "half a line written", journal: [batch], files: ["live": "c1\nc2\nc"]),
      Case(testDescription: "all written", journal: [batch], files: ["live": "c1\nc2\nc3\n"]),
      Case(testDescription: "not renamed", journal: [batch, seal], files: ["live": "c1\nc2\nc3\n"], next: 3),
      Case(testDescription: "renamed", journal: [batch, seal], files: [sealed: "c1\nc2\nc3\n"], next: 3),
      Case(
        testDescription: "taken by a consumer", journal: [batch, seal], files: [:], copies: ["s1"], next: 3),
      Case(
        testDescription: "begun anew",
        journal: [batch, seal, .sealed(lane: 2), .batch([(2, "c4\n")], starts: [(2, 0)])],
        files: [sealed: "c1\nc2\nc3\n", "live": "c"], copies: ["s1", "c1", "c2", "c3", "c4"], next: 3),
    ]
  }

  private func spool(_ state: Case, seed: UInt64, inOrder: Bool) throws -> TestSpool {
    var test = TestSpool(seed: seed, inOrder: inOrder)
    test.settings.lanes[0].outlets = [.records, .duplicates]
    var journal = FormerJournal([
      .init(pipeline: "news", liveLength: 3), .init(pipeline: "other"),
      .init(pipeline: "news.duplicates", hasInbox: false, liveLength: 3, sealed: 1),
    ])
    for record in state.journal { journal.add(record) }
    try journal.write(to: test.disk, TestSpool.root / "state")
    var files = [Self.sealedBefore: "s1\n", "news.jsonl": state.journal.isEmpty ? "r1\n" : Self.records]
    for (name, text) in state.files { files[name == "live" ? "news.duplicates.jsonl" : name] = text }
    try test.disk.makeDirectories(test.inbox)
    for directory in ["claimed", "done"] {
      try test.disk.makeDirectories(TestSpool.root / directory / "news.duplicates")
    }
    try test.disk.makeDirectories(test.outbox)
    for (name, text) in files {
      let file = try test.disk.open(test.outbox / name, for: .creating)
      try test.disk.write(Array(text.utf8), to: file, at: 0)
      test.disk.close(file)
    }
    test.disk.syncAll()
    return test
  }

  /// Starts, writes a copy more, and seals.
  private func goOn(_ test: TestSpool) throws {
    let spool = try test.open()
    let number = spool.counters.takeSequence()
    #expect(number >= 100)
    let input = InputIdentity(claim: 1, name: Array("n.txt".utf8), inode: 1, size: 1, contentHash: [7])
    var settlement = Settlement(
      lane: 0, input: input, part: .file, sequence: number, verdict: .record(Array("new\n".utf8)))
    settlement.outlet = .duplicates
    try spool.commit([settlement], now: 2000)
    try spool.seal(lane: 0, now: 2000)
    try spool.close()
  }

  private func check(_ test: TestSpool, _ state: Case, _ place: String) throws {
    let folder = test.outbox / "duplicates"
    let names = try test.names(folder)
    let lines = try (names.filter { $0 != "news.jsonl" } + ["news.jsonl"]).flatMap {
      (try test.text(folder / $0) ?? "").split(separator: "\n").map(String.init)
    }
    #expect(lines == state.copies + ["new"], "\(place)")
    #expect(names.contains("news-19700101T003320Z-00000\(state.next).jsonl"), "\(place): \(names)")
    #expect(try test.names(test.outbox).filter { $0.contains("duplicates") } == ["duplicates"], "\(place)")
    #expect(try test.names(TestSpool.root / "claimed") == ["news"], "\(place)")
    let records = try test.names(test.outbox).filter { $0.hasPrefix("news") }.map {
      try test.text(test.outbox / $0) ?? ""
    }
    #expect(records.joined() == (state.journal.isEmpty ? "r1\n" : Self.records), "\(place)")
    #expect(try test.text(test.outbox / "other.jsonl") == (state.journal.isEmpty ? nil : "o1\n"), "\(place)")
  }

  @Test(arguments: Case.all, [SimulatedDisk.Restart.afterKill, .afterPowerCut])
  func itIsTakenOverWhereverTheStartStops(state: Case, restart: SimulatedDisk.Restart) throws {
    for inOrder in [true, false] {
      var operation = 1
      while true {
        let test = try spool(state, seed: UInt64(operation), inOrder: inOrder)
        test.disk.crash(at: test.disk.operations + operation)
        var crashed = false
        do { try test.open().abandon() } catch {
          guard TestSpool.isCrash(error) else { throw error }
          crashed = true
        }
        test.disk.restart(restart)
        // The next one stops, too.
        test.disk.crash(at: test.disk.operations + operation % 17 + 1)
        do { try test.open().abandon() } catch { test.disk.restart(restart) }
        test.disk.restart(.afterKill)
        try goOn(test)
        try check(test, state, "crash at operation \(operation), \(restart)")
        if !crashed { break }
        operation += 1
      }
    }
  }

  @Test func aFormerSpoolIsLookedAtAsItLies() throws {
    for state in Case.all {
      let test = try spool(state, seed: 1, inOrder: true)
      let view = try SpoolView(root: TestSpool.root, test.disk)
      #expect(view.lanes.map { String(decoding: $0.places.pipeline, as: UTF8.self) } == ["news", "other"])
      let outlets = try view.outlets(of: view.lanes.map(\.places))
      #expect(outlets.map(\.live.name.count).contains("news.duplicates.jsonl".utf8.count))
      var check = SpoolCheck(view, isRunning: false) { _ in .record(sequence: nil) }
      let kinds = Set(try check.run().problems.map(\.kind.rawValue)).subtracting(["half_line", "lines_missing"])
      #expect(kinds == (state.next == 3 && state.copies.last != "c4" ? ["seal_unfinished"] : []), "\(state)")
    }
  }

  /// A pipeline may have that name now.
  @Test func aPipelineOfThatNameKeepsItsFile() throws {
    var test = TestSpool(seed: 1, pipelines: ["news", "news.duplicates"])
    test.settings.lanes[0].outlets = [.records, .duplicates]
    let file = { (name: String) throws in
      try test.disk.makeDirectories(test.outbox)
      let file = try test.disk.open(test.outbox / name, for: .creating)
      try test.disk.write(Array("own\n".utf8), to: file, at: 0)
      test.disk.close(file)
    }
    try file("news.duplicates.jsonl")
    try test.open().close()
    #expect(try test.text(test.outbox / "news.duplicates.jsonl") == "own\n")
    // Without a journal and without one of that name, the file is what it was.
    test.settings.lanes.removeLast()
    try test.disk.remove(JournalFile.path(in: TestSpool.root / "state", segment: 1))
    try test.open().close()
    #expect(try test.text(test.outbox / "duplicates/news.jsonl") == "own\n")
  }
}
