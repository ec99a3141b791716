import Bytes
import Disk
import Glibc
import StageKit
import Synchronization
import TestSupport
import Testing

@testable import Dedupe

/// An index on a simulated disk, beside a journal that is never lost: a list of changes since the last time that
/// everything was made durable.
private final class House {
  let disk: SimulatedDisk
  let directory: Path = "/spool/state/dedupe/news"
  let losses = Messages(), notes = Messages()
  var journal: [[UInt8]] = []
  var index: DuplicateIndex!
  var line: Line!
  var window: Int64 = 160

  init(seed: UInt64, inOrder: Bool = true) throws {
    disk = SimulatedDisk(seed: seed, inOrder: inOrder)
    try disk.makeDirectories("/spool/state")
    disk.syncAll()
  }

  func open() throws {
    let place = StateDirectory(disk, directory) { [losses, notes] isLoss, message in
      (isLoss ? losses : notes).add(message)
    }
    index = try DuplicateIndex.open(place, windowSeconds: window)
    for change in journal { index.replay(change) }
    try checkpoint()
    let window = self.window
    line = try Line(over: index) { $0.windowMilliseconds = Int(window) * 1000 }
  }

  func checkpoint() throws {
    try index.makeDurable()
    journal = []
  }

  /// Decides, and commits as the journal's writer would.
  func send(_ id: String, _ seed: UInt64, at clock: Int64) throws -> Duplicates {
    line.clock = clock
    let duplicates = try line.send(id, Story.text(seed: seed, sentences: 4))
    journal.append(line.decision.change)
    index.committed(line.decision.change)
    return duplicates
  }

  var files: [String] {
    (try? disk.list(directory))?.map { String(decoding: $0, as: UTF8.self) } ?? []
  }

  /// Changes bytes of a file where it lies.
  func damage(_ name: String, at offset: Int) throws {
    let file = try disk.open(directory / name, for: .updating)
    defer { disk.close(file) }
    let byte = try disk.read(file, at: offset, count: 1)
    try disk.write(byte.map { ~$0 }, to: file, at: offset)
  }
}

private final class Messages: Sendable {
  private let messages = Mutex<[String]>([])
  func add(_ message: String) { messages.withLock { $0.append(message) } }
  var all: [String] { messages.withLock { $0 } }
}

@Suite("The index on a disk")
struct DurabilityTests {
  private struct Run: CrashableHouse {
    var house: House
    var random: SeededGenerator
    var sent: [UInt64] = []
    var disk: SimulatedDisk { house.disk }
  }

  /// One run: articles come, now and then all is made durable; ends by itself or in the crash.
  private func live(_ house: House, _ random: inout SeededGenerator, sent: inout [UInt64]) throws {
    try house.open()
    for _ in 0..<12 {
      let seed = UInt64(sent.count + 1)
      let answer = try house.send("id\(seed)", seed, at: 1000 + Int64(seed) * 4)
      sent.append(seed)
      #expect(answer.status == .unique, "\(seed) is its own duplicate")
      if random.below(3) == 0 { try house.checkpoint() }
    }
  }

  /// Stops at every operation, comes up again (and is stopped on the way, too), and must then know every article of the
  /// window once.
  private func crashEverywhere(_ restart: SimulatedDisk.Restart, seed: UInt64, inOrder: Bool) throws -> Int {
    try CrashSweep(restart, span: 7).run { operation -> Run in
      Run(
        house: try House(seed: seed &* 1000 &+ UInt64(operation), inOrder: inOrder),
        random: SeededGenerator(state: seed))
    } work: { run in
      for _ in 0..<3 { try live(run.house, &run.random, sent: &run.sent) }
    } recover: {
      try $0.house.open()
    } check: { run, _, place in
      let (house, sent, place) = (run.house, run.sent, "seed \(seed), \(place)")
      #expect(house.losses.all == [], "\(place)")
      // Each is known once, and with its number.
      let clock = 1000 + Int64(sent.count) * 4
      for seed in sent where 1000 + Int64(seed) * 4 >= clock - house.window {
        let answer = try house.send("again\(seed)", seed, at: clock)
        #expect(answer.status == .exact && answer.ids == ["id\(seed)"], "\(place): \(seed) gives \(answer.ids)")
        #expect(answer.matches.first?.sequence != nil)
      }
    }
  }

  @Test("A kill at any operation", arguments: [1, 2, 3])
  func killed(seed: UInt64) throws {
    #expect(try crashEverywhere(.afterKill, seed: seed, inOrder: true) > 50)
  }

  @Test("A power cut at any operation", arguments: [1, 2, 3, 4], [true, false])
  func powerCut(seed: UInt64, inOrder: Bool) throws {
    #expect(try crashEverywhere(.afterPowerCut, seed: seed, inOrder: inOrder) > 50)
  }

  @Test("A sync that fails loses nothing, although the disk takes what it did not write for written")
  func failedSync() throws {
    var failures = 0
    for operation in 1...200 {
      let house = try House(seed: UInt64(operation))
      var random = SeededGenerator(state: 5)
      var sent: [UInt64] = []
      house.disk.fail(at: house.disk.operations + operation, code: EIO)
      do {
        for _ in 0..<3 { try live(house, &random, sent: &sent) }
        continue
      } catch { failures += 1 }
      house.disk.restart(.afterKill)
      try house.open()
      house.disk.restart(.afterPowerCut)
      try house.open()
      for seed in sent.suffix(30) {
        #expect(try house.send("again", seed, at: 1000 + Int64(sent.count) * 4).ids.first == "id\(seed)")
      }
    }
    #expect(failures > 50)
  }

  @Test("It opens where it was closed, decides as if it had never been, and gives the space back")
  func reopening() throws {
    let house = try House(seed: 1), whole = try House(seed: 1)
    try house.open()
    try whole.open()
    for n in 0..<400 as Range<UInt64> {
      let seed = n % 97 + 1
      let (a, b) = (
        try house.send("id\(n)", seed, at: 1000 + Int64(n)), try whole.send("id\(n)", seed, at: 1000 + Int64(n))
      )
      #expect(a.status == b.status && a.ids == b.ids && a.cluster == b.cluster)
      if n % 50 == 49 {
        try house.checkpoint()
        try house.open()
      }
    }
    try house.checkpoint()
    #expect(house.files.filter { $0.hasSuffix(".entries") }.count == 17)
    #expect(house.files.filter { $0.hasSuffix(".table") }.count == 16)
  }

  @Test("A table that is damaged or missing is made anew")
  func damagedTable() throws {
    for way in 0..<2 {
      let house = try House(seed: 1)
      try house.open()
      for n in 1...100 as ClosedRange<UInt64> { _ = try house.send("id\(n)", n, at: 1000 + Int64(n)) }
      try house.checkpoint()
      let table = try #require(house.files.first { $0.hasSuffix(".table") })
      if way == 0 { try house.damage(table, at: 40) } else { try house.disk.remove(house.directory / table) }
      try house.open()
      for n in 1...100 as ClosedRange<UInt64> {
        #expect(try house.send("again", n, at: 1101).ids == ["id\(n)"])
      }
      #expect(house.files.contains(table))
      #expect(house.losses.all == [])
    }
  }

  @Test("A table of another version is made anew, and told")
  func otherVersion() throws {
    let house = try House(seed: 1)
    try house.open()
    for n in 1...40 as ClosedRange<UInt64> { _ = try house.send("id\(n)", n, at: 1000 + Int64(n)) }
    try house.checkpoint()
    let table = try #require(house.files.first { $0.hasSuffix(".table") })
    try house.damage(table, at: SealedTable.magic.count - 1)
    let view = IndexView(house.disk, house.directory, isRunning: false)
    #expect(try view.problems().map(\.message) == ["is of another version; the next start makes it anew"])
    try house.open()
    #expect(house.losses.all == [] && house.notes.all.count == 1)
    #expect(house.notes.all.first?.hasSuffix("is of another version of the program and is made anew") == true)
    #expect(try view.problems().isEmpty)
    #expect(try house.send("again", 1, at: 1041).ids == ["id1"])
  }

  @Test("Damaged entries are set aside and told, and never named")
  func damagedEntries() throws {
    for (at, lostArticles) in [(3, 0), (100, 1), (1000, 1)] {
      let house = try House(seed: 1)
      try house.open()
      for n in 1...100 as ClosedRange<UInt64> { _ = try house.send("id\(n)", n, at: 1000 + Int64(n)) }
      try house.checkpoint()
      let entries = try #require(house.files.filter { $0.hasSuffix(".entries") }.sorted().dropFirst(2).first)
      let table = String(entries.dropLast(8)) + ".table"
      try house.damage(entries, at: at)
      // A table makes it open without a look at its entries.
      try house.disk.remove(house.directory / table)
      try house.open()
      let answers = try (1...100 as ClosedRange<UInt64>).map { try house.send("again", $0, at: 1101).ids }
      let lost = answers.enumerated().filter { $0.element != ["id\($0.offset + 1)"] }.map(\.offset)
      #expect(lost.count == lostArticles, "\(at): \(lost)")
      #expect(house.losses.all.count == 1)
      #expect(house.files.contains("damaged-\(entries)"))
    }
  }

  @Test("Damage that shows only in a look-up costs that article, and is told")
  func damageInUse() throws {
    let house = try House(seed: 1)
    try house.open()
    for n in 1...100 as ClosedRange<UInt64> { _ = try house.send("id\(n)", n, at: 1000 + Int64(n)) }
    try house.checkpoint()
    let entries = try #require(house.files.filter { $0.hasSuffix(".entries") }.sorted().first)
    try house.damage(entries, at: 100)
    try house.open()
    #expect(try house.send("again", 1, at: 1101).status == .unique)
    #expect(try house.send("again", 2, at: 1101).ids == ["id2"])
    try house.checkpoint()
    #expect(house.losses.all.count == 1)
  }

  @Test("An index whose files are gone asks to be filled, and a filling that was stopped begins anew")
  func filling() throws {
    let house = try House(seed: 1)
    try house.open()
    #expect(house.index.wantsFilling)
    for n in 1...10 as ClosedRange<UInt64> { _ = try house.send("id\(n)", n, at: 1000) }
    #expect(!house.index.wantsFilling)
    try house.checkpoint()
    for n in 11...12 as ClosedRange<UInt64> { _ = try house.send("id\(n)", n, at: 1000) }
    for name in house.files { try house.disk.remove(house.directory / name) }
    let journal = house.journal
    try house.open()
    #expect(house.index.wantsFilling)
    try house.index.beginFilling()
    let old = Arrival(id: Array("old".utf8), sequence: 1, time: 900, published: nil)
    let fingerprint = try Fingerprint(of: Array(Story.text(seed: 1).utf8))
    let decided = RecordNode(.null, path: "duplicates")
    try house.line.decider.restore(old, fingerprint, decided: decided)
    try house.index.makeDurable()
    house.journal = journal
    try house.open()
    #expect(house.index.wantsFilling)
    house.journal = []
    try house.index.beginFilling()
    try house.line.decider.restore(old, fingerprint, decided: decided)
    try house.index.endFilling()
    try house.open()
    #expect(!house.index.wantsFilling && house.index.count == 1)
  }

  @Test("A disk without room for a table takes the entries all the same")
  func fullDisk() throws {
    func filled() throws -> (House, operations: Int) {
      let house = try House(seed: 1)
      try house.open()
      for n in 1...30 as ClosedRange<UInt64> { _ = try house.send("id\(n)", n, at: 1000 + Int64(n)) }
      return (house, house.disk.operations)
    }
    let (house, before) = try filled()
    try house.checkpoint()
    let all = house.disk.operations - before
    var refused = 0
    for operation in 1...all {
      let (house, start) = try filled()
      house.disk.fail(at: start + operation, code: ENOSPC)
      do {
        try house.checkpoint()
      } catch {
        refused += 1
        try house.checkpoint()
      }
      try house.checkpoint()
      #expect(!house.files.contains("draft") && house.files.filter { $0.hasSuffix(".table") }.count == 2)
      try house.open()
      #expect(house.index.count == 30)
    }
    #expect(refused > 0 && refused < all)
  }

  @Test("The journal's own beginning is no loss")
  func firstJournal() throws {
    let house = try House(seed: 1)
    try house.open()
    _ = try house.send("a", 1, at: 1000)
    try house.open()
    #expect(!house.index.wantsFilling)
    #expect(try house.send("b", 1, at: 1000).ids == ["a"])
  }

  @Test("What is decided and not committed is not written")
  func uncommitted() throws {
    let house = try House(seed: 1)
    try house.open()
    _ = try house.send("a", 1, at: 1000)
    try house.line.send("b", Story.text(seed: 2, sentences: 4))
    try house.checkpoint()
    try house.open()
    #expect(house.index.count == 1)
    #expect(try house.send("b", 2, at: 1000).status == .unique)
  }
}
